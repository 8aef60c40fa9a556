package org.intelmq.network;

import java.io.Closeable;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** Takes one reply, and reports its progress meanwhile. */
interface ReceivedBody<T extends Closeable> extends HttpResponse.BodyHandler<T> {

    /** Bytes that have come so far. */
    long received();

    /** Nobody takes the reply any more. */
    default void abandon() { }

    /** The reply as far as it has come although it broke off at once; {@code null} if a reply that breaks off is none. */
    default HttpResponse<T> begun(HttpRequest request) {
        return null;
    }
}
