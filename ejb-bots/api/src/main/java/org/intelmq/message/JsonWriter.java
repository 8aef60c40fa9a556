package org.intelmq.message;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.intelmq.text.GrowingArray;

/** JSON in ASCII, as bytes: the form on the queues. Not thread-safe; can be used again after {@link #clear}. */
final class JsonWriter {

    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    /** By character: 0 if it is written as it is, {@code u} for hexadecimal, otherwise the letter after the backslash. */
    private static final byte[] ESCAPES = new byte[128];

    static {
        Arrays.fill(ESCAPES, 0, ' ', (byte) 'u');
        ESCAPES[0x7f] = 'u';
        ESCAPES['"'] = '"';
        ESCAPES['\\'] = '\\';
        ESCAPES['\n'] = 'n';
        ESCAPES['\r'] = 'r';
        ESCAPES['\t'] = 't';
        ESCAPES['\b'] = 'b';
        ESCAPES['\f'] = 'f';
    }

    /** Characters from which on a text is looked at as a whole first. */
    private static final int LONG = 24;
    /** In bytes, for the fields behind a long one, so that they do not double the buffer. */
    private static final int ROOM_AFTER = 1024;

    private final boolean asPython;
    private byte[] bytes = new byte[1024];
    private int length;

    JsonWriter() {
        this(false);
    }

    /** @param asPython whether numbers that JSON does not have are written with Python's names for them instead of {@code null} */
    JsonWriter(boolean asPython) {
        this.asPython = asPython;
    }

    void clear() {
        length = 0;
        if (bytes.length > 1 << 20) {
            bytes = new byte[1024];
        }
    }

    byte[] buffer() {
        return bytes;
    }

    int length() {
        return length;
    }

    @Override
    public String toString() {
        return new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
    }

    void raw(byte[] ascii) {
        ensure(ascii.length);
        System.arraycopy(ascii, 0, bytes, length, ascii.length);
        length += ascii.length;
    }

    void value(Object value) {
        if (value instanceof String text) {
            text(text);
        } else if (value instanceof Long number) {
            number(number);
        } else if (value instanceof Map<?, ?> map) {
            object(map);
        } else if (value instanceof List<?> list) {
            array(list);
        } else {
            ascii(asPython ? JsonText.pythonScalar(value) : JsonText.scalar(value));
        }
    }

    private void object(Map<?, ?> map) {
        one('{');
        for (Iterator<? extends Map.Entry<?, ?>> entries = map.entrySet().iterator(); entries.hasNext(); ) {
            Map.Entry<?, ?> entry = entries.next();
            text((String) entry.getKey());
            two(':', ' ');
            value(entry.getValue());
            if (entries.hasNext()) {
                two(',', ' ');
            }
        }
        one('}');
    }

    private void array(List<?> list) {
        one('[');
        for (int i = 0; i < list.size(); i++) {
            if (i > 0) {
                two(',', ' ');
            }
            value(list.get(i));
        }
        one(']');
    }

    void one(char c) {
        ensure(1);
        bytes[length++] = (byte) c;
    }

    void two(char first, char second) {
        ensure(2);
        bytes[length++] = (byte) first;
        bytes[length++] = (byte) second;
    }

    private void ascii(String text) {
        int size = text.length();
        ensure(size);
        for (int i = 0; i < size; i++) {
            bytes[length + i] = (byte) text.charAt(i);
        }
        length += size;
    }

    private void number(long value) {
        if (value < 0) {
            ascii(Long.toString(value));
            return;
        }
        int digits = 1;
        for (long rest = value; rest >= 10; rest /= 10) {
            digits++;
        }
        ensure(digits);
        long rest = value;
        for (int i = length + digits - 1; i >= length; i--) {
            bytes[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        length += digits;
    }

    void text(String text) {
        int size = text.length();
        ensure(size + 2);
        if (size >= LONG && plain(text, size)) {
            return;
        }
        byte[] target = bytes;
        int at = length;
        target[at++] = '"';
        for (int i = 0; i < size; i++) {
            char c = text.charAt(i);
            if (c >= 128 || ESCAPES[c] != 0) {
                length = at;
                textFrom(text, i);
                return;
            }
            target[at++] = (byte) c;
        }
        target[at++] = '"';
        length = at;
    }

    /** Whether it was written as it is, without a look at each character: a copy, and eight bytes at a time. */
    private boolean plain(String text, int size) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        if (utf8.length != size || !PlainAscii.is(utf8)) {
            return false;
        }
        bytes[length] = '"';
        System.arraycopy(utf8, 0, bytes, length + 1, size);
        length += size + 2;
        bytes[length - 1] = '"';
        return true;
    }

    private void textFrom(String text, int start) {
        int size = text.length();
        int room = 6 * (size - start) + 1;
        if (room < 0) {
            throw new IllegalArgumentException("a text of " + size + " characters is too long for JSON");
        }
        ensure(room);
        byte[] target = bytes;
        int at = length;
        for (int i = start; i < size; i++) {
            char c = text.charAt(i);
            byte escape = c < 128 ? ESCAPES[c] : (byte) 'u';
            if (escape == 0) {
                target[at++] = (byte) c;
                continue;
            }
            target[at++] = '\\';
            target[at++] = escape;
            if (escape == 'u') {
                target[at++] = HEX[c >> 12];
                target[at++] = HEX[c >> 8 & 15];
                target[at++] = HEX[c >> 4 & 15];
                target[at++] = HEX[c & 15];
            }
        }
        target[at++] = '"';
        length = at;
    }

    private void ensure(int more) {
        if (bytes.length - length < more) {
            bytes = GrowingArray.grown(bytes, (long) length + more + ROOM_AFTER);
        }
    }
}
