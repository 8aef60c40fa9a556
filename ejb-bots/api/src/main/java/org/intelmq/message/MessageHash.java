package org.intelmq.message;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Set;
import java.util.stream.IntStream;
import org.intelmq.text.GrowingArray;
import org.intelmq.text.python.PythonText;

/** The hash by which IntelMQ decides whether two messages have the same content. Not thread-safe. */
public final class MessageHash {

    /** Cannot occur in UTF-8, so different contents never yield the same bytes. */
    private static final byte SEPARATOR = (byte) 0xc0;

    private final Set<Field> filter;
    private final boolean whitelist;
    private final LayoutCache<Layout> layouts = new LayoutCache<>(this::layout);
    private final MessageDigest digest = Sha256.digest();
    private byte[] bytes = new byte[1024];
    private int size;

    /** The fields that count, sorted by name: the position of each in the message, and its name with a separator. */
    private record Layout(int[] order, byte[][] names) { }

    /**
     * @param filter the fields that are left out, or the only ones that count; {@code time.observation} never counts
     * @param whitelist whether only the given fields count
     */
    public MessageHash(Set<Field> filter, boolean whitelist) {
        this.filter = Set.copyOf(filter);
        this.whitelist = whitelist;
    }

    /**
     * As an expert's parameters say.
     *
     * @param filterType {@code whitelist} or {@code blacklist}
     * @throws InvalidArgument for anything else
     */
    public static MessageHash of(Set<Field> filterKeys, String filterType) {
        return switch (filterType) {
            case "whitelist" -> new MessageHash(filterKeys, true);
            case "blacklist" -> new MessageHash(filterKeys, false);
            default -> throw new InvalidArgument("parameter 'filter_type' cannot be \"" + filterType + "\": expected whitelist or blacklist");
        };
    }

    /** Whether {@link #of(Set, String)} knows it. */
    public static boolean isFilterType(String filterType) {
        return filterType.equals("whitelist") || filterType.equals("blacklist");
    }

    /** SHA-256, 32 bytes. */
    public byte[] of(Message message) {
        Layout layout = layouts.of(message);
        size = 0;
        for (int i = 0; i < layout.order.length; i++) {
            add(layout.names[i]);
            addRepr(message.valueAt(layout.order[i]));
            add(SEPARATOR);
        }
        digest.update(bytes, 0, size);
        return digest.digest();
    }

    /** In hexadecimal, over all fields except {@code time.observation}; equal to IntelMQ's {@code hash(message)}. */
    public static String ofAll(Message message) {
        return new MessageHash(Set.of(), false).hex(message);
    }

    /** In hexadecimal, as IntelMQ writes it. */
    public String hex(Message message) {
        return HexFormat.of().formatHex(of(message));
    }

    private Layout layout(Message message) {
        int[] order = IntStream.range(0, message.size()).filter(i -> counts(message.fieldAt(i))).boxed()
                .sorted(Comparator.comparing(message::fieldAt)).mapToInt(Integer::intValue).toArray();
        byte[][] names = new byte[order.length][];
        for (int i = 0; i < order.length; i++) {
            byte[] name = message.fieldAt(order[i]).name().getBytes(StandardCharsets.UTF_8);
            names[i] = Arrays.copyOf(name, name.length + 1);
            names[i][name.length] = SEPARATOR;
        }
        return new Layout(order, names);
    }

    private boolean counts(Field field) {
        return field != Fields.TIME_OBSERVATION && filter.contains(field) == whitelist;
    }

    private void addRepr(Object value) {
        if (value instanceof String text && isPlain(text)) {
            add((byte) '\'');
            addPlain(text);
            add((byte) '\'');
        } else if (value instanceof Long || value instanceof Integer) {
            addDigits(((Number) value).longValue());
        } else {
            add(PythonText.repr(value).getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Whether nothing in it has to be escaped or changes the quotes. */
    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c >= 0x7f || c == '\'' || c == '\\') {
                return false;
            }
        }
        return true;
    }

    /** For ASCII, the deprecated method is correct and makes no copy. */
    @SuppressWarnings("deprecation")
    private void addPlain(String text) {
        room(text.length());
        text.getBytes(0, text.length(), bytes, size);
        size += text.length();
    }

    /** Without an intermediate text. */
    private void addDigits(long number) {
        if (number < 0) {
            addPlain(Long.toString(number));
            return;
        }
        int digits = 1;
        for (long rest = number; rest >= 10; rest /= 10) {
            digits++;
        }
        room(digits);
        size += digits;
        long rest = number;
        for (int place = size - 1; place >= size - digits; place--) {
            bytes[place] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
    }

    private void add(byte[] encoded) {
        room(encoded.length);
        System.arraycopy(encoded, 0, bytes, size, encoded.length);
        size += encoded.length;
    }

    private void add(byte value) {
        room(1);
        bytes[size++] = value;
    }

    private void room(int more) {
        if (bytes.length - size < more) {
            bytes = GrowingArray.grown(bytes, (long) size + more);
        }
    }
}
