package org.intelmq.engine.observe;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.intelmq.message.Json;
import org.intelmq.message.JsonException;

/**
 * JSON text that is read once, from front to back, without keeping more of it than is asked for, however long it is. It checks the text's
 * structure, but not each number and word.
 */
final class ScannedJson {

    static final int END = -1;

    private final InputStream in;
    private final byte[] buffer = new byte[1 << 16];
    private int next;
    private int count;
    private long before;

    ScannedJson(InputStream in) {
        this.in = in;
    }

    /**
     * A value that has been read.
     *
     * @param start its beginning in UTF-8, as much of it as was wanted; of a string without its quotes, and ending with a whole character
     * @param isWhole whether that is all of it
     * @param characters of the string, or of the value's text if it is none
     */
    record Value(boolean isString, byte[] start, boolean isWhole, long characters) {

        /** @throws JsonException if it is not JSON */
        String text() {
            String raw = new String(start, StandardCharsets.UTF_8);
            return isString ? (String) Json.parse('"' + raw + '"') : raw;
        }
    }

    /** How many bytes have been read. */
    long position() {
        return before + next;
    }

    /** The next byte that is not white space, which stays; {@link #END} if there is none. */
    int peek() throws IOException {
        int found = look();
        while (found == ' ' || found == '\n' || found == '\r' || found == '\t') {
            next++;
            found = look();
        }
        return found;
    }

    /** @throws JsonException if something else is next */
    void expect(char wanted) throws IOException {
        if (peek() != wanted) {
            throw unexpected("'" + wanted + "'");
        }
        next++;
    }

    /** Returns whether another element follows, after an element of an object or list that ends with this character. */
    boolean goesOn(char end) throws IOException {
        int found = peek();
        if (found != ',' && found != end) {
            throw unexpected("',' or '" + end + "'");
        }
        next++;
        return found == ',';
    }

    JsonException unexpected(String expected) throws IOException {
        int found = peek();
        return new JsonException("expected " + expected + " at byte " + position() + ", but found "
                + (found == END ? "the end" : found > ' ' && found < 0x7f ? "'" + (char) found + "'" : "byte " + found), null);
    }

    /** @param most how many bytes of it are kept */
    Value value(int most) throws IOException {
        Kept kept = new Kept(most);
        int first = peek();
        if (first == '"') {
            next++;
            string(kept);
            return kept.value(true);
        }
        if (first == '{' || first == '[') {
            nested(kept);
        } else {
            word(kept);
        }
        return kept.value(false);
    }

    /** Its opening quote has been read. */
    private void string(Kept kept) throws IOException {
        for (int one = read(); one != '"'; one = read()) {
            boolean continuesCharacter = (one & 0xc0) == 0x80;
            if (!continuesCharacter) {
                kept.begins();
                // a character beyond the basic plane counts twice, as in a String
                kept.characters += one >= 0xf0 ? 2 : 1;
            }
            kept.add(one);
            if (one == '\\') {
                int escaped = read();
                kept.add(escaped);
                for (int digits = escaped == 'u' ? 4 : 0; digits > 0; digits--) {
                    kept.add(read());
                }
            }
        }
    }

    private void nested(Kept kept) throws IOException {
        int depth = 0;
        do {
            int one = read();
            kept.begins();
            kept.add(one);
            kept.characters++;
            if (one == '"') {
                string(kept);
                kept.add('"');
                kept.characters++;
            } else if (one == '{' || one == '[') {
                depth++;
            } else if (one == '}' || one == ']') {
                depth--;
            }
        } while (depth > 0);
    }

    private void word(Kept kept) throws IOException {
        int one = look();
        while (one > ' ' && one != ',' && one != ']' && one != '}' && one != ':') {
            kept.begins();
            kept.add(one);
            kept.characters++;
            next++;
            one = look();
        }
        if (kept.characters == 0) {
            throw unexpected("a value");
        }
    }

    private int read() throws IOException {
        int found = look();
        if (found == END) {
            throw unexpected("more");
        }
        next++;
        return found;
    }

    private int look() throws IOException {
        if (next == count) {
            before += count;
            next = 0;
            count = Math.max(0, in.read(buffer));
            if (count == 0) {
                return END;
            }
        }
        return buffer[next] & 0xff;
    }

    /** What is kept of a value. */
    private static final class Kept {

        private final int most;
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(0);
        private int whole;
        private boolean cut;
        private long characters;

        private Kept(int most) {
            this.most = most;
        }

        /** What is added next begins a character. */
        private void begins() {
            if (!cut) {
                whole = bytes.size();
            }
        }

        private void add(int one) {
            if (bytes.size() < most) {
                bytes.write(one);
            } else {
                cut = true;
            }
        }

        private Value value(boolean isString) {
            byte[] all = bytes.toByteArray();
            return new Value(isString, cut ? Arrays.copyOf(all, whole) : all, !cut, characters);
        }
    }
}
