package org.intelmq.network;

import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.net.http.HttpHeaders;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.intelmq.files.LimitedInput;
import org.intelmq.files.UnpackedSize;

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

    /**
     * The uncompressed reply, unless it grows out of all proportion or beyond the limit.
     *
     * @param packed is not empty
     * @param size of what is compressed, in bytes
     * @param what it is, for the error
     */
    InputStream unpacked(InputStream packed, long size, long limit, String what) throws IOException {
        long most = Math.min(limit, UnpackedSize.most(size));
        return new LimitedInput(unpacked(packed), most, () -> new FinalException(what + " has " + size + " bytes (Content-Encoding: "
                + name().toLowerCase(Locale.ROOT) + ") and unpacks to more than the limit of " + most + " bytes"));
    }

    /** As it is unpacked: the reader limits what it keeps. */
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
