package org.intelmq.text.net;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.io.input.ReaderInputStream;

/** The text of HTTP replies. */
public final class HttpText {

    private static final Pattern CHARSET = Pattern.compile("charset\\s*=\\s*[\"']?([^\\s\"';]+)", Pattern.CASE_INSENSITIVE);

    private HttpText() { }

    /**
     * Decodes as the header says; as Latin-1 if the header only says that this is text; otherwise as UTF-8 if the body is valid UTF-8.
     *
     * @param contentType the header's value, or {@code null}
     */
    public static String decode(byte[] body, String contentType) {
        try {
            return new String(body, charset(contentType, () -> new ByteArrayInputStream(body)));
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot be read", e);
        }
    }

    /** The same text in UTF-8, converted piece by piece. */
    public static InputStream recoded(InputStream body, Charset charset) throws IOException {
        return ReaderInputStream.builder().setReader(new InputStreamReader(body, charset)).setCharset(StandardCharsets.UTF_8).get();
    }

    /** Gives access to a body from its beginning. */
    @FunctionalInterface
    public interface Body {
        InputStream open() throws IOException;
    }

    /** As in {@link #decode}; the body is examined only if the header says nothing. */
    public static Charset charset(String contentType, Body body) throws IOException {
        Matcher named = CHARSET.matcher(contentType == null ? "" : contentType);
        try {
            if (named.find()) {
                return Charset.forName(named.group(1));
            }
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            // as if none was named
        }
        return contentType != null && contentType.contains("text") || !isUtf8(body) ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8;
    }

    private static boolean isUtf8(Body body) throws IOException {
        try (Reader text = new InputStreamReader(body.open(), StandardCharsets.UTF_8.newDecoder())) {
            text.transferTo(Writer.nullWriter());
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}
