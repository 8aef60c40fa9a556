package org.intelmq.engine.lend;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.intelmq.bot.Download;
import org.intelmq.bot.Http;
import org.intelmq.engine.failure.Away;
import org.intelmq.text.net.MaskedUrl;

/** Logs HTTP requests at DEBUG, with the answers and how long they took. Thread-safe. */
public record LoggedHttp(Http http, Logger log) implements Http {

    private interface Call<T> {

        T call() throws IOException, InterruptedException;
    }

    private interface Status<T> {

        int of(T reply);
    }

    @Override
    public HttpResponse<InputStream> send(HttpRequest request) throws IOException, InterruptedException {
        return log.isLoggable(Level.FINE) ? timed(request, () -> http.send(request), HttpResponse::statusCode) : http.send(request);
    }

    @Override
    public Download download(HttpRequest request) throws IOException, InterruptedException {
        return log.isLoggable(Level.FINE) ? timed(request, () -> http.download(request), Download::status) : http.download(request);
    }

    @Override
    public HttpResponse<InputStream> stream(HttpRequest request) throws IOException, InterruptedException {
        return log.isLoggable(Level.FINE) ? timed(request, () -> http.stream(request), HttpResponse::statusCode) : http.stream(request);
    }

    @Override
    public WebSocket webSocket(URI address, WebSocket.Listener listener) throws IOException, InterruptedException {
        return http.webSocket(address, listener);
    }

    private <T> T timed(HttpRequest request, Call<T> call, Status<T> status) throws IOException, InterruptedException {
        long begun = System.nanoTime();
        try {
            T reply = call.call();
            log.fine(question(request) + " answered with status " + status.of(reply) + " in " + millis(begun) + " ms.");
            return reply;
        } catch (IOException e) {
            log.fine(question(request) + " was not answered in " + millis(begun) + " ms: " + MaskedUrl.in(Away.reason(e)));
            throw e;
        }
    }

    private static String question(HttpRequest request) {
        return request.method() + ' ' + MaskedUrl.in(request.uri());
    }

    private static long millis(long begun) {
        return Duration.ofNanos(System.nanoTime() - begun).toMillis();
    }

    @Override
    public HttpRequest.Builder request(URI address) {
        return http.request(address);
    }
}
