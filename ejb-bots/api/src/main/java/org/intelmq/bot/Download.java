package org.intelmq.bot;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.nio.charset.Charset;
import org.intelmq.text.net.HttpText;

/**
 * A reply whose body may be larger than memory. Must be closed.
 *
 * @param address where it came from, after redirects
 * @param kept what holds the body; closed together with this
 */
public record Download(URI address, int status, HttpHeaders headers, ReportData body, Closeable kept) implements Closeable {

    /** A reply whose body is in memory. */
    static Download of(URI address, int status, HttpHeaders headers, byte[] content) {
        return new Download(address, status, headers, ReportData.of(content), () -> { });
    }

    /** The body as text, decoded as {@link HttpText} does, in the encoding of reports; empty only if the body is. */
    public ReportData text() throws IOException {
        return new Text(body, HttpText.charset(headers.firstValue("Content-Type").orElse(null), body::open));
    }

    private record Text(ReportData body, Charset charset) implements ReportData {

        @Override
        public long size() throws IOException {
            return body.size();
        }

        @Override
        public InputStream open() throws IOException {
            return HttpText.recoded(body.open(), charset);
        }
    }

    @Override
    public void close() throws IOException {
        kept.close();
    }
}
