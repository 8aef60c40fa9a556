package org.intelmq.network;

import java.io.Closeable;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** Takes one reply, and reports its progress meanwhile. */
interface ReceivedBody<T extends Closeable> extends HttpResponse.BodyHandler<T> {

    /** The number of bytes that have arrived so far. */
    long received();

    /** Called when nobody wants the reply any more. */
    default void abandon() { }

    /** The part of the reply that had arrived when it broke off; {@code null} if a partial reply is of no use. */
    default HttpResponse<T> begun(HttpRequest request) {
        return null;
    }
}
