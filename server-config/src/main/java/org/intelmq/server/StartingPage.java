package org.intelmq.server;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Holds the server's port until the application answers there, and answers with the step that the start has reached and how long it
 * has taken: 503 to every request but that for liveness. Thread-safe.
 */
final class StartingPage implements AutoCloseable {

    /** The application names the step it is at; the server tells the launcher nothing. */
    private static final String STEP = "intelmq.start-step";
    private static final String RETRY_SECONDS = "2";
    /** Asked by supervisors that kill dead processes, which a starting server is not. */
    private static final String LIVENESS = "/health/live";
    private static final int THREADS = 2;

    private final long began = System.nanoTime();
    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS, work -> {
        Thread thread = new Thread(work, "starting-page");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * @param port 0 for a free one
     * @param tls {@code null} without it
     * @throws ServerException if the port is taken, or may not be
     */
    StartingPage(String address, int port, ServerTls tls) {
        try {
            InetSocketAddress socket = new InetSocketAddress(InetAddress.getByName(address), port);
            if (tls == null) {
                server = HttpServer.create(socket, 0);
            } else {
                HttpsServer secure = HttpsServer.create(socket, 0);
                secure.setHttpsConfigurator(new HttpsConfigurator(tls.context()));
                server = secure;
            }
        } catch (IOException e) {
            throw new ServerException("port " + port + " of " + address + " cannot be used (" + e.getMessage()
                    + "): end the program that holds it, or choose another with --port", e);
        }
        step("the application server");
        server.createContext("/", this::answer);
        server.setExecutor(threads);
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    void step(String step) {
        System.setProperty(STEP, step);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String step = System.getProperty(STEP);
            long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began);
            byte[] body = """
                    {"status": "STARTING", "step": "%s", "seconds": %d, "error": "the server is starting: %s, for %d s so far; try again soon"}
                    """.formatted(step, seconds, step, seconds).getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.getResponseHeaders().set("Retry-After", RETRY_SECONDS);
            exchange.getResponseHeaders().set("Connection", "close");
            boolean isHead = exchange.getRequestMethod().equals("HEAD");
            boolean lives = exchange.getRequestURI().getPath().equals(LIVENESS);
            exchange.sendResponseHeaders(lives ? 200 : 503, isHead ? -1 : body.length);
            if (!isHead) {
                exchange.getResponseBody().write(body);
            }
        }
    }

    /** Lets go of the port. */
    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
