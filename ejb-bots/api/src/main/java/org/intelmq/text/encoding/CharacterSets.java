package org.intelmq.text.encoding;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/**
 * Converts bytes to text and back by trying character sets in turn, as IntelMQ's {@code utils.decode} and {@code utils.encode} do. The first
 * that fits wins; if forced, the first one drops what does not fit.
 */
public final class CharacterSets {

    private static final List<Charset> UTF_8 = List.of(StandardCharsets.UTF_8);

    private CharacterSets() { }

    /**
     * The character set that Python's users know by this name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Charset named(String name) {
        String plain = name.toLowerCase(Locale.ROOT).replace('_', '-');
        return switch (plain) {
            case "latin-1", "latin1" -> StandardCharsets.ISO_8859_1;
            case "utf-16", "utf16" -> Charset.forName("x-UTF-16LE-BOM");
            case "utf-32", "utf32" -> Charset.forName("X-UTF-32LE-BOM");
            case "mbcs", "ansi" -> Charset.forName("windows-1252");
            default -> Charset.forName(plain);
        };
    }

    /** As UTF-8; invalid bytes are dropped. */
    public static String decodeLenient(byte[] bytes) {
        return decode(bytes, UTF_8, true);
    }

    /** @throws DecodingError if no character set fits */
    public static String decode(byte[] bytes, List<Charset> charsets, boolean force) {
        CharacterCodingException last = null;
        for (Charset charset : charsets) {
            try {
                return decoded(bytes, charset, CodingErrorAction.REPORT);
            } catch (CharacterCodingException e) {
                last = e;
            }
        }
        if (force && !charsets.isEmpty()) {
            try {
                return decoded(bytes, charsets.get(0), CodingErrorAction.IGNORE);
            } catch (CharacterCodingException e) {
                last = e;
            }
        }
        throw new DecodingError("the " + bytes.length + " bytes are not text in any of " + charsets
                + (last == null ? "" : ": " + last.getMessage()));
    }

    private static String decoded(byte[] bytes, Charset charset, CodingErrorAction onError) throws CharacterCodingException {
        return charset.newDecoder().onMalformedInput(onError).onUnmappableCharacter(onError).decode(ByteBuffer.wrap(bytes))
                .toString();
    }

    /** As UTF-8; lone surrogates are dropped. */
    public static byte[] encodeLenient(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                return encode(text, UTF_8, true);
            }
        }
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** @throws IllegalArgumentException if no character set fits */
    public static byte[] encode(String text, List<Charset> charsets, boolean force) {
        for (Charset charset : charsets) {
            try {
                return encoded(text, charset, CodingErrorAction.REPORT);
            } catch (CharacterCodingException e) {
                // the next may fit
            }
        }
        if (force && !charsets.isEmpty()) {
            try {
                return encoded(text, charsets.get(0), CodingErrorAction.IGNORE);
            } catch (CharacterCodingException e) {
                throw new IllegalStateException(e);
            }
        }
        throw new IllegalArgumentException("the text cannot be written in any of " + charsets);
    }

    private static byte[] encoded(String text, Charset charset, CodingErrorAction onError) throws CharacterCodingException {
        ByteBuffer bytes = charset.newEncoder().onMalformedInput(onError).onUnmappableCharacter(onError)
                .encode(CharBuffer.wrap(text));
        byte[] exact = new byte[bytes.remaining()];
        bytes.get(exact);
        return exact;
    }
}
