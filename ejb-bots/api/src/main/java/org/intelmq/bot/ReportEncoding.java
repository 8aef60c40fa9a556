package org.intelmq.bot;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.logging.Logger;
import org.intelmq.text.encoding.Base64Text;
import org.intelmq.text.encoding.ByteOrderMark;

/**
 * How the bytes of reports become text. A byte order mark decides and is not part of the text; without one, the parser's parameter {@code
 * encoding} does. Bytes that are invalid in that encoding are dropped, which is logged. Thread-safe.
 */
public record ReportEncoding(Charset charset) {

    private static final char REPLACEMENT = '\uFFFD';

    public static final ReportEncoding UTF_8 = new ReportEncoding(StandardCharsets.UTF_8);

    /** @throws IllegalArgumentException if it is not Base64 */
    public String decode(String base64, Logger log) {
        byte[] bytes = Base64Text.decodeBytes(base64);
        ByteOrderMark mark = ByteOrderMark.of(bytes);
        int start = mark == null ? 0 : mark.length();
        Charset used = mark == null ? charset : mark.charset();
        if (used.equals(StandardCharsets.UTF_8)) {
            // many times faster than a decoder; malformed bytes become this character
            String text = new String(bytes, start, bytes.length - start, StandardCharsets.UTF_8);
            if (text.indexOf(REPLACEMENT) < 0) {
                return text;
            }
        }
        try {
            return used.newDecoder().decode(ByteBuffer.wrap(bytes, start, bytes.length - start)).toString();
        } catch (CharacterCodingException e) {
            return decodeLenient(bytes, start, used, log);
        }
    }

    private static String decodeLenient(byte[] bytes, int start, Charset charset, Logger log) {
        ByteBuffer in = ByteBuffer.wrap(bytes, start, bytes.length - start);
        CharsetDecoder decoder = charset.newDecoder();
        CharBuffer out = CharBuffer.allocate((int) Math.ceil(in.remaining() * (double) decoder.maxCharsPerByte()) + 2);
        int dropped = 0;
        int first = -1;
        for (CoderResult result = decoder.decode(in, out, true); result.isError(); result = decoder.decode(in, out, true)) {
            first = first < 0 ? in.position() : first;
            dropped += result.length();
            in.position(in.position() + result.length());
        }
        decoder.flush(out);
        log.warning("Dropped " + dropped + " bytes of a report that are not " + charset + ", the first at position " + first
                + ": the parser's parameter 'encoding' can name another encoding, such as latin-1.");
        return out.flip().toString();
    }

    /** Part of a report, encoded so that it will be read in the same way again. */
    String again(String text) {
        return charset.equals(StandardCharsets.UTF_8) ? text : ByteOrderMark.CHARACTER + text;
    }
}
