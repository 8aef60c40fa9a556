package org.intelmq.bot;

import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpHeaders;

/**
 * A reply whose body may be larger than memory. To be closed.
 *
 * @param kept what holds the body, closed with this
 */
public record Download(int status, HttpHeaders headers, ReportData body, Closeable kept) implements Closeable {

    /** One in memory. */
    static Download of(int status, HttpHeaders headers, byte[] content) {
        ReportData body = new ReportData() {
            @Override
            public long size() {
                return content.length;
            }

            @Override
            public InputStream open() {
                return new ByteArrayInputStream(content);
            }
        };
        return new Download(status, headers, body, () -> { });
    }

    @Override
    public void close() throws IOException {
        kept.close();
    }
}
