package org.intelmq.text.encoding;

import java.util.Arrays;
import java.util.Base64;

/**
 * Base64, which IntelMQ uses for {@code raw}. Decoding is as lenient as Python's: characters outside the alphabet are skipped and everything
 * after the padding is ignored, but the padding itself must be there.
 */
public final class Base64Text {

    private static final byte[] VALUES = new byte[128];

    static {
        Arrays.fill(VALUES, (byte) -1);
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        for (int i = 0; i < alphabet.length(); i++) {
            VALUES[alphabet.charAt(i)] = (byte) i;
        }
    }

    private Base64Text() { }

    public static String encode(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    public static String encode(String text) {
        return encode(CharacterSets.encodeLenient(text));
    }

    /** The decoded text; bytes that are not UTF-8 are dropped. */
    public static String decode(String base64) {
        return CharacterSets.decodeLenient(decodeBytes(base64));
    }

    /**
     * Text in the form that encoders write, in one line and with padding, is decoded by the JDK, which is faster.
     *
     * @throws IllegalArgumentException if the padding is missing
     */
    public static byte[] decodeBytes(String base64) {
        if ((base64.length() & 3) != 0) {
            return decodeLeniently(base64);
        }
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            return decodeLeniently(base64);
        }
    }

    private static byte[] decodeLeniently(String base64) {
        byte[] bytes = new byte[base64.length() / 4 * 3 + 3];
        int length = scan(base64, bytes);
        if (length < 0) {
            throw new IllegalArgumentException("not Base64: the padding is missing");
        }
        return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
    }

    /** Whether {@link #decodeBytes} would succeed; does not create the bytes. */
    public static boolean isDecodable(String base64) {
        return isPlain(base64) || scan(base64, null) >= 0;
    }

    /** Whether it has the form that encoders write, which is faster to find out. */
    private static boolean isPlain(String base64) {
        int end = base64.length();
        if ((end & 3) != 0) {
            return false;
        }
        for (int pads = 0; pads < 2 && end > 0 && base64.charAt(end - 1) == '='; pads++) {
            end--;
        }
        int all = 0;
        for (int i = 0; i < end; i++) {
            char c = base64.charAt(i);
            all |= VALUES[c & 0x7f] | -(c >>> 7);
        }
        // a character outside of the alphabet makes it negative
        return all >= 0;
    }

    private static int scan(String base64, byte[] into) {
        int length = 0;
        int position = 0;
        int pads = 0;
        int left = 0;
        for (int i = 0; i < base64.length(); i++) {
            char c = base64.charAt(i);
            if (c == '=') {
                if (position >= 2 && position + ++pads >= 4) {
                    return length;
                }
                continue;
            }
            int value = c < 128 ? VALUES[c] : -1;
            if (value < 0) {
                continue;
            }
            pads = 0;
            if (position > 0) {
                if (into != null) {
                    into[length] = (byte) (left << 2 * position | value >> 6 - 2 * position);
                }
                length++;
            }
            left = value & (1 << 6 - 2 * position) - 1;
            position = position + 1 & 3;
            if (position == 0) {
                left = 0;
            }
        }
        return position == 0 ? length : -1;
    }
}
