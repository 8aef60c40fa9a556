package org.intelmq.message;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Set;
import org.intelmq.text.PythonText;

/** The hash by which IntelMQ tells whether two messages say the same. */
final class MessageHash {

    /** Cannot occur in UTF-8, so no two different contents run together into the same bytes. */
    private static final byte SEPARATOR = (byte) 0xc0;

    private byte[] bytes = new byte[1024];
    private int size;

    private MessageHash() { }

    static byte[] of(Message message, Set<Field> filter, boolean whitelist) {
        int[] order = new int[message.size()];
        int taken = 0;
        for (int i = 0; i < order.length; i++) {
            Field field = message.fieldAt(i);
            if (field != Fields.TIME_OBSERVATION && filter.contains(field) == whitelist) {
                insert(message, order, taken++, i);
            }
        }
        MessageHash content = new MessageHash();
        for (int i = 0; i < taken; i++) {
            content.add(message.fieldAt(order[i]).name());
            content.add(SEPARATOR);
            content.addRepr(message.valueAt(order[i]));
            content.add(SEPARATOR);
        }
        MessageDigest digest = sha256();
        digest.update(content.bytes, 0, content.size);
        return digest.digest();
    }

    /** Into the positions sorted so far by their fields' names. */
    private static void insert(Message message, int[] order, int sorted, int position) {
        Field field = message.fieldAt(position);
        int from = 0;
        int to = sorted;
        while (from < to) {
            int middle = (from + to) >>> 1;
            if (message.fieldAt(order[middle]).compareTo(field) < 0) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        System.arraycopy(order, from, order, from + 1, sorted - from);
        order[from] = position;
    }

    private void addRepr(Object value) {
        if (value instanceof String text && isPlain(text)) {
            add((byte) '\'');
            addPlain(text);
            add((byte) '\'');
        } else {
            StringBuilder repr = new StringBuilder();
            PythonText.repr(value, repr);
            add(repr.toString());
        }
    }

    /** Whether nothing in it is escaped or changes the quotes. */
    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c >= 0x7f || c == '\'' || c == '\\') {
                return false;
            }
        }
        return true;
    }

    /** For ASCII the deprecated method is right, and it makes no copy. */
    @SuppressWarnings("deprecation")
    private void addPlain(String text) {
        room(text.length());
        text.getBytes(0, text.length(), bytes, size);
        size += text.length();
    }

    private void add(String text) {
        byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
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
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + more));
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
