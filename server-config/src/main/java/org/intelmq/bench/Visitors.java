package org.intelmq.bench;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * People and programs that use the interface of a working server: readers of its stream, and a burst of requests. When this is closed, all of
 * them leave.
 */
final class Visitors implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(Visitors.class.getName());
    /** What consoles request, in turn. */
    private static final List<String> LOOKS = List.of("bots", "queues", "system/health", "bots/status", "check", "bots/collector/statistics");
    private static final int AT_ONCE = 50;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final URI api;
    private final String token;
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "visitor");
        thread.setDaemon(true);
        return thread;
    });
    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).executor(threads).build();
    private final List<InputStream> streams = new ArrayList<>();
    private final AtomicLong told = new AtomicLong();

    Visitors(URI api, String token) {
        this.api = api;
        this.token = token;
    }

    /** Opens this many streams of changes; each is read until it is closed. */
    void read(int readers) throws IOException {
        List<CompletableFuture<HttpResponse<InputStream>>> opened = new ArrayList<>();
        for (int i = 0; i < readers; i++) {
            opened.add(client.sendAsync(request("stream?topics=status,change,job").build(), HttpResponse.BodyHandlers.ofInputStream()));
        }
        for (CompletableFuture<HttpResponse<InputStream>> each : opened) {
            HttpResponse<InputStream> answer = joined(each);
            streams.add(answer.body());
            require(answer.statusCode(), answer.uri().toString());
            threads.execute(() -> follow(answer.body()));
        }
    }

    private void follow(InputStream stream) {
        byte[] buffer = new byte[8192];
        try {
            for (int count = stream.read(buffer); count >= 0; count = stream.read(buffer)) {
                told.addAndGet(count);
            }
        } catch (IOException e) {
            // closed from this side, or the server has ended, which the benchmark notices
            LOG.log(Level.FINE, "a reader has left", e);
        }
    }

    /** Makes this many requests as fast as they are answered; returns the seconds until the last answer. */
    double burst(int requests) throws IOException {
        long begin = System.nanoTime();
        Semaphore places = new Semaphore(AT_ONCE);
        List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
        for (int i = 0; i < requests; i++) {
            places.acquireUninterruptibly();
            answers.add(client.sendAsync(request(LOOKS.get(i % LOOKS.size())).timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofString())
                    .whenComplete((answer, failure) -> places.release()));
        }
        for (CompletableFuture<HttpResponse<String>> each : answers) {
            HttpResponse<String> answer = joined(each);
            require(answer.statusCode(), answer.uri() + ": " + answer.body());
        }
        return (System.nanoTime() - begin) / 1e9;
    }

    /** The number of bytes that all readers have received. */
    long told() {
        return told.get();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(api.resolve(path)).header("Authorization", token);
    }

    private static void require(int status, String what) throws IOException {
        if (status != 200) {
            throw new IOException("a visitor was answered with the status " + status + " by " + what);
        }
    }

    private static <T> T joined(CompletableFuture<T> future) throws IOException {
        try {
            return future.join();
        } catch (CompletionException e) {
            throw new IOException("a visitor was not answered: " + e.getCause(), e.getCause());
        }
    }

    @Override
    public void close() throws IOException {
        for (InputStream stream : streams) {
            stream.close();
        }
        threads.shutdownNow();
    }
}
