package org.intelmq.message;

import org.intelmq.text.EightBytes;

/** Whether a text's bytes in UTF-8 can stand in JSON as they are, eight at a time. */
final class PlainAscii {

    private static final char DELETE = 0x7f;

    private PlainAscii() { }

    /**
     * Returns false for control and non-ASCII characters, quotes, backslashes, and also for question marks: a question mark is what UTF-8 makes
     * of half a surrogate pair, which has to be written differently.
     */
    static boolean is(byte[] utf8) {
        int whole = utf8.length & -Long.BYTES;
        for (int i = 0; i < whole; i += Long.BYTES) {
            if (hasSpecial(EightBytes.at(utf8, i))) {
                return false;
            }
        }
        for (int i = whole; i < utf8.length; i++) {
            if (hasSpecial(EightBytes.of(utf8[i]))) {
                return false;
            }
        }
        return true;
    }

    private static boolean hasSpecial(long eight) {
        return (EightBytes.notAscii(eight) | EightBytes.control(eight) | EightBytes.equal(eight, DELETE) | EightBytes.equal(eight, '"')
                | EightBytes.equal(eight, '\\') | EightBytes.equal(eight, '?')) != 0;
    }
}
