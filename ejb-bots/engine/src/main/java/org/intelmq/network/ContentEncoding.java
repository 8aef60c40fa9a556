package org.intelmq.network;

import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.net.http.HttpHeaders;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/** How a server has compressed a reply (RFC 9110, 8.4). */
enum ContentEncoding {
    NONE, GZIP, DEFLATE;

    static ContentEncoding of(HttpHeaders headers) {
        return switch (headers.firstValue("Content-Encoding").orElse("").strip().toLowerCase(Locale.ROOT)) {
            case "gzip", "x-gzip" -> GZIP;
            case "deflate" -> DEFLATE;
            default -> NONE;
        };
    }

    /** The uncompressed reply; it is not empty. */
    InputStream unpacked(InputStream packed) throws IOException {
        return switch (this) {
            case NONE -> packed;
            case GZIP -> new GZIPInputStream(packed);
            case DEFLATE -> inflated(packed);
        };
    }

    /** With or without zlib's header, as servers disagree about that. */
    private static InputStream inflated(InputStream packed) throws IOException {
        PushbackInputStream start = new PushbackInputStream(packed);
        int first = start.read();
        start.unread(first);
        return new InflaterInputStream(start, new Inflater((first & 0x0f) != 8));
    }
}
