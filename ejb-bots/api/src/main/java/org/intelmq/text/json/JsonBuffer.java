package org.intelmq.text.json;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.intelmq.text.EightBytes;
import org.intelmq.text.GrowingArray;
import org.intelmq.text.encoding.LoneSurrogates;
import org.intelmq.text.python.PythonText;

/**
 * JSON as UTF-8 bytes in a growing, reusable buffer, spelled as Python's {@code json.dumps(sort_keys=True, ensure_ascii=False)} spells it,
 * except that {@code NaN} and {@code Infinity} become {@code null}, because JSON has no such numbers. Not thread-safe.
 */
public final class JsonBuffer {

    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private final LoneSurrogates loneSurrogates;
    private byte[] bytes = new byte[4096];
    private int length;
    private Double lastDouble;
    private byte[] lastDoubleText;

    public JsonBuffer() {
        this(LoneSurrogates.STRICT);
    }

    /** @param loneSurrogates what becomes of characters that UTF-8 does not have */
    public JsonBuffer(LoneSurrogates loneSurrogates) {
        this.loneSurrogates = loneSurrogates;
    }

    public int length() {
        return length;
    }

    /** Drops everything after the first {@code newLength} bytes. */
    public void truncate(int newLength) {
        length = newLength;
    }

    public ByteBuffer toByteBuffer() {
        return ByteBuffer.wrap(bytes, 0, length);
    }

    public byte[] toByteArray() {
        return Arrays.copyOf(bytes, length);
    }

    public void writeTo(OutputStream out) throws IOException {
        out.write(bytes, 0, length);
    }

    @Override
    public String toString() {
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }

    /** Appends bytes as they are. */
    public void raw(byte[] more) {
        reserve(more.length);
        System.arraycopy(more, 0, bytes, length, more.length);
        length += more.length;
    }

    public void raw(char ascii) {
        reserve(1);
        bytes[length++] = (byte) ascii;
    }

    /** Appends text without quotes or escapes. */
    public void text(String text) {
        raw(loneSurrogates.encode(text));
    }

    public void value(Object value) {
        if (value instanceof String text) {
            string(text);
        } else if (value instanceof Long number) {
            raw(Long.toString(number).getBytes(StandardCharsets.US_ASCII));
        } else if (value instanceof Double number) {
            number(number);
        } else if (value instanceof Map<?, ?> map) {
            map(map);
        } else if (value instanceof List<?> list) {
            list(list);
        } else {
            raw(String.valueOf(value).getBytes(StandardCharsets.US_ASCII));
        }
    }

    /** Appends text in quotes. */
    public void string(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        boolean oneByteEach = utf8.length == text.length();
        if (!oneByteEach && LoneSurrogates.isIn(text)) {
            utf8 = loneSurrogates.encode(text);
        }
        int start = length;
        if (!quoted(utf8, oneByteEach ? text : null)) {
            length = start;
            quoted(loneSurrogates.encode(text), null);
        }
    }

    /** @param text consulted at question marks, as which the JDK writes lone surrogates; then the result is false */
    private boolean quoted(byte[] utf8, String text) {
        raw('"');
        int end = utf8.length;
        int from = 0;
        int at = 0;
        while (at < end) {
            if (at + 8 <= end && isPlain(EightBytes.at(utf8, at))) {
                at += 8;
                continue;
            }
            byte b = utf8[at++];
            if (b == '?' && text != null && Character.isSurrogate(text.charAt(at - 1))) {
                return false;
            }
            if (b >= ' ' && b != '"' && b != '\\' || b < 0) {
                continue;
            }
            copy(utf8, from, at - 1);
            escape(b);
            from = at;
        }
        copy(utf8, from, end);
        raw('"');
        return true;
    }

    /** Whether none of eight bytes is a quote, a backslash, a question mark or a control character. */
    private static boolean isPlain(long eight) {
        return (EightBytes.control(eight) | EightBytes.equal(eight, '"') | EightBytes.equal(eight, '\\') | EightBytes.equal(eight, '?')) == 0;
    }

    private void copy(byte[] from, int start, int end) {
        reserve(end - start);
        System.arraycopy(from, start, bytes, length, end - start);
        length += end - start;
    }

    private void escape(byte b) {
        reserve(6);
        bytes[length++] = '\\';
        switch (b) {
            case '"', '\\' -> bytes[length++] = b;
            case '\n' -> bytes[length++] = 'n';
            case '\r' -> bytes[length++] = 'r';
            case '\t' -> bytes[length++] = 't';
            case '\b' -> bytes[length++] = 'b';
            case '\f' -> bytes[length++] = 'f';
            default -> {
                bytes[length++] = 'u';
                bytes[length++] = '0';
                bytes[length++] = '0';
                bytes[length++] = HEX[b >> 4];
                bytes[length++] = HEX[b & 15];
            }
        }
    }

    /** The same few numbers occur again and again, {@code feed.accuracy} above all. */
    private void number(Double number) {
        if (!number.equals(lastDouble)) {
            lastDouble = number;
            String text = Double.isFinite(number) ? PythonText.repr(number.doubleValue()) : "null";
            lastDoubleText = text.getBytes(StandardCharsets.US_ASCII);
        }
        raw(lastDoubleText);
    }

    private void map(Map<?, ?> map) {
        raw('{');
        boolean first = true;
        for (Map.Entry<?, ?> entry : new TreeMap<>(map).entrySet()) {
            separate(first);
            string(entry.getKey().toString());
            raw(':');
            raw(' ');
            value(entry.getValue());
            first = false;
        }
        raw('}');
    }

    private void list(List<?> list) {
        raw('[');
        boolean first = true;
        for (Object item : list) {
            separate(first);
            value(item);
            first = false;
        }
        raw(']');
    }

    private void separate(boolean first) {
        if (!first) {
            raw(',');
            raw(' ');
        }
    }

    private void reserve(int more) {
        if (bytes.length - length < more) {
            bytes = GrowingArray.grown(bytes, (long) length + more);
        }
    }
}
