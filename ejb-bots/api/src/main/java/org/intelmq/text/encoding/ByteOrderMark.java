package org.intelmq.text.encoding;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.SequenceInputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.commons.io.input.ReaderInputStream;

/** The bytes at the beginning of a text that say how it is encoded. They are not part of the text. */
public enum ByteOrderMark {

    UTF_8(StandardCharsets.UTF_8, 0xef, 0xbb, 0xbf),
    UTF_32LE(Charset.forName("UTF-32LE"), 0xff, 0xfe, 0, 0),
    UTF_32BE(Charset.forName("UTF-32BE"), 0, 0, 0xfe, 0xff),
    UTF_16LE(StandardCharsets.UTF_16LE, 0xff, 0xfe),
    UTF_16BE(StandardCharsets.UTF_16BE, 0xfe, 0xff);

    /** The same mark within decoded text. */
    public static final char CHARACTER = '\ufeff';

    private static final int LONGEST = 4;
    private static final String STRUCTURE = "\n\r\t \",;|#";

    private final Charset charset;
    private final byte[] bytes;

    ByteOrderMark(Charset charset, int... bytes) {
        this.charset = charset;
        this.bytes = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            this.bytes[i] = (byte) bytes[i];
        }
    }

    public Charset charset() {
        return charset;
    }

    public int length() {
        return bytes.length;
    }

    public byte[] bytes() {
        return bytes.clone();
    }

    /** The mark that these bytes begin with; {@code null} if there is none. */
    public static ByteOrderMark of(byte[] text) {
        if (text.length < 2 || text[0] > 0) {
            return null;
        }
        for (ByteOrderMark mark : values()) {
            int length = mark.bytes.length;
            if (text.length >= length && Arrays.equals(text, 0, length, mark.bytes, 0, length)) {
                return mark;
            }
        }
        return null;
    }

    /**
     * A stream without the mark. Its line ends and separators are single bytes, so that it may be cut between lines.
     *
     * @param isUtf8 whether the text is UTF-8, because a mark says so or because it is converted from another encoding; otherwise it stays in
     *     the expected encoding
     */
    public record Unmarked(InputStream stream, boolean isUtf8) { }

    /**
     * Takes a mark off the beginning of a stream.
     *
     * @param expected the encoding of a text without a mark
     */
    public static Unmarked takeFrom(InputStream in, Charset expected) throws IOException {
        byte[] beginning = in.readNBytes(LONGEST);
        ByteOrderMark mark = of(beginning);
        int start = mark == null ? 0 : mark.length();
        InputStream rest = new SequenceInputStream(new ByteArrayInputStream(beginning, start, beginning.length - start), in);
        Charset charset = mark == null ? expected : mark.charset;
        if (mark == UTF_8 || mark == null && hasSingleBytes(charset)) {
            return new Unmarked(rest, mark == UTF_8);
        }
        InputStreamReader reader = new InputStreamReader(rest, charset);
        return new Unmarked(ReaderInputStream.builder().setReader(reader).setCharset(StandardCharsets.UTF_8).get(), true);
    }

    private static boolean hasSingleBytes(Charset charset) {
        return charset.canEncode() && Arrays.equals(STRUCTURE.getBytes(charset), STRUCTURE.getBytes(StandardCharsets.US_ASCII));
    }
}
