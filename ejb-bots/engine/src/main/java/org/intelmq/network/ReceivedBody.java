package org.intelmq.network;

import java.io.Closeable;
import java.net.http.HttpResponse;

/** Takes one reply, and tells meanwhile how far it is. */
interface ReceivedBody<T extends Closeable> extends HttpResponse.BodyHandler<T> {

    /** Bytes that have come so far. */
    long received();
}
