package org.intelmq.bot;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.intelmq.text.net.MaskedUrl;

/**
 * Requests under a bot's {@link HttpParams}: proxy, certificates, credentials, number of tries, time limit, and a limit on the
 * size of a reply. Thread-safe.
 */
public interface Http {

    /**
     * The reply of any status, redirects followed; the body must be closed and is cut off with an {@code IOException} at the limit.
     *
     * @throws IOException naming the address and what went wrong, after the last try
     */
    HttpResponse<InputStream> send(HttpRequest request) throws IOException, InterruptedException;

    /**
     * As {@link #send}, for a reply that memory may be too small for. It is kept until it is closed.
     *
     * @throws IOException as of {@link #send}, and if the disk is full
     */
    default Download download(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<InputStream> reply = send(request);
        try (InputStream body = reply.body()) {
            return Download.of(reply.statusCode(), reply.headers(), body.readAllBytes());
        }
    }

    /** A GET request carrying the configured headers, user agent and credentials, to be sent or refined. */
    HttpRequest.Builder request(URI address);

    /** The body of a GET. Fails for a status other than 2xx, naming address and status. */
    default byte[] get(URI address) throws IOException, InterruptedException {
        HttpResponse<InputStream> reply = send(request(address).GET().build());
        try (InputStream body = reply.body()) {
            if (reply.statusCode() / 100 != 2) {
                throw new IOException("GET " + MaskedUrl.in(address) + " answered with status " + reply.statusCode() + ", expected 200");
            }
            return body.readAllBytes();
        }
    }
}
