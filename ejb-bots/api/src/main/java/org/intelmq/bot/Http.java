package org.intelmq.bot;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import org.intelmq.text.net.MaskedUrl;

/**
 * HTTP requests with a bot's {@link HttpParams}: proxy, certificates, credentials, number of tries, time limit, and a limit on the
 * size of a reply. Thread-safe.
 */
public interface Http {

    /**
     * The reply, whatever its status, after redirects. The body must be closed; beyond the limit, reading it throws an {@code IOException}.
     *
     * @throws IOException naming the address and what went wrong, after the last attempt
     */
    HttpResponse<InputStream> send(HttpRequest request) throws IOException, InterruptedException;

    /**
     * As {@link #send}, for a reply that may be larger than memory. It is kept until it is closed.
     *
     * @throws IOException as for {@link #send}, and if the disk is full
     */
    default Download download(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<InputStream> reply = send(request);
        try (InputStream body = reply.body()) {
            return Download.of(reply.uri(), reply.statusCode(), reply.headers(), body.readAllBytes());
        }
    }

    /**
     * The reply, whatever its status, after redirects, with a body that is read while it arrives and may be endless. The body must be closed.
     * A read throws if nothing has arrived within the time limit of one attempt, and if its thread is interrupted.
     *
     * @throws IOException as for {@link #send}
     */
    default HttpResponse<InputStream> stream(HttpRequest request) throws IOException, InterruptedException {
        return send(request);
    }

    /**
     * Opens a web socket, with a single attempt and the headers that {@link #request} sets.
     *
     * @throws IOException naming the address and what went wrong
     */
    default WebSocket webSocket(URI address, WebSocket.Listener listener) throws IOException, InterruptedException {
        throw new IOException("there is no web socket to " + MaskedUrl.in(address));
    }

    /** A GET request with the configured headers, user agent and credentials, ready to be sent or refined. */
    HttpRequest.Builder request(URI address);

    /** The reply, whatever its status, read whole. */
    default Reply ask(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<InputStream> reply = send(request);
        try (InputStream body = reply.body()) {
            return new Reply(request, reply.statusCode(), reply.headers(), body.readAllBytes());
        }
    }

    /**
     * As {@link #download}.
     *
     * @throws StatusException for a status other than 2xx
     */
    default Download fetch(HttpRequest request) throws IOException, InterruptedException {
        Download reply = download(request);
        if (reply.status() / 100 == 2) {
            return reply;
        }
        try (reply; InputStream body = reply.body().open()) {
            throw new StatusException(request, reply.status(), body.readNBytes(StatusException.MOST_LOOKED_AT));
        }
    }

    /**
     * The body of a GET.
     *
     * @throws StatusException for a status other than 2xx
     */
    default byte[] get(URI address) throws IOException, InterruptedException {
        return ask(request(address).GET().build()).checked().body();
    }
}
