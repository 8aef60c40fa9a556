package org.intelmq.text.encoding;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** What to do with half a surrogate pair, the one thing that UTF-8 cannot express, as in the error modes of Python's codecs. */
public enum LoneSurrogates {
    STRICT, IGNORE, REPLACE, BACKSLASHREPLACE, XMLCHARREFREPLACE, SURROGATEESCAPE, SURROGATEPASS;

    public static boolean isIn(String text) {
        return firstIn(text, 0) < text.length();
    }

    /** To UTF-8. */
    public byte[] encode(String text) {
        ByteArrayOutputStream utf8 = new ByteArrayOutputStream(text.length() + 16);
        int from = 0;
        while (true) {
            int lone = firstIn(text, from);
            utf8.writeBytes(text.substring(from, lone).getBytes(StandardCharsets.UTF_8));
            if (lone == text.length()) {
                return utf8.toByteArray();
            }
            utf8.writeBytes(encode(text.charAt(lone)));
            from = lone + 1;
        }
    }

    private static int firstIn(String text, int from) {
        for (int i = from; i < text.length(); i++) {
            if (!Character.isSurrogate(text.charAt(i))) {
                continue;
            }
            if (Character.isSupplementaryCodePoint(text.codePointAt(i))) {
                i++;
                continue;
            }
            return i;
        }
        return text.length();
    }

    private byte[] encode(char surrogate) {
        return switch (this) {
            case IGNORE -> new byte[0];
            case REPLACE -> new byte[] {'?'};
            case BACKSLASHREPLACE -> String.format("\\u%04x", (int) surrogate).getBytes(StandardCharsets.US_ASCII);
            case XMLCHARREFREPLACE -> ("&#" + (int) surrogate + ';').getBytes(StandardCharsets.US_ASCII);
            case SURROGATEESCAPE -> surrogate >= 0xDC80 && surrogate <= 0xDCFF ? new byte[] {(byte) surrogate} : refuse(surrogate);
            case SURROGATEPASS -> new byte[] {(byte) (0xE0 | surrogate >> 12), (byte) (0x80 | surrogate >> 6 & 0x3F), (byte) (0x80 | surrogate & 0x3F)};
            case STRICT -> refuse(surrogate);
        };
    }

    private static byte[] refuse(char surrogate) {
        throw new IllegalArgumentException(String.format("half a surrogate pair (U+%04X) cannot be written as UTF-8", (int) surrogate));
    }
}
