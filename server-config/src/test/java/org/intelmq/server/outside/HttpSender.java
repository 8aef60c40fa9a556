package org.intelmq.server.outside;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;

/** A client of the api collector: posts each message until it is answered with 200. */
public final class HttpSender implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final long PAUSE_MILLIS = 100;

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI target;
    private final int messages;
    private final IntFunction<String> text;
    private final AtomicInteger taken = new AtomicInteger();
    private final AtomicInteger again = new AtomicInteger();
    private final CountDownLatch over = new CountDownLatch(1);

    public HttpSender(URI target, int messages, IntFunction<String> text) {
        this.target = target;
        this.messages = messages;
        this.text = text;
        Thread thread = new Thread(this::send, "HTTP sender of a test");
        thread.setDaemon(true);
        thread.start();
    }

    public boolean isDone() {
        return taken.get() == messages;
    }

    /** Messages of which it is not known whether they were taken, and that were sent again. */
    public int again() {
        return again.get();
    }

    private void send() {
        try {
            for (int number = 0; number < messages; number++) {
                HttpRequest request = HttpRequest.newBuilder(target).timeout(TIMEOUT).POST(HttpRequest.BodyPublishers.ofString(text.apply(number))).build();
                boolean wasSent = false;
                while (!isTaken(request)) {
                    again.addAndGet(taken.get() > 0 && !wasSent ? 1 : 0);
                    wasSent = true;
                    if (over.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
                        return;
                    }
                }
                taken.incrementAndGet();
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private boolean isTaken(HttpRequest request) throws InterruptedException {
        try {
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() {
        over.countDown();
    }
}
