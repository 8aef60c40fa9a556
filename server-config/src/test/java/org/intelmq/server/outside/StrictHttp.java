package org.intelmq.server.outside;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;

/** An HTTP server on the loopback. A request that is not as its system wants it gets status 400 and is noted. */
public final class StrictHttp implements AutoCloseable {

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Queue<String> faults = new ConcurrentLinkedQueue<>();

    /** A request, as far as such systems look at one. */
    public record Request(String method, String path, String query, String body, HttpExchange exchange) {

        /** @throws IllegalStateException if the header has not this value */
        public void requireHeader(String name, String value) {
            require(List.of(value).equals(exchange.getRequestHeaders().get(name)), name + " is not " + value);
        }

        public void require(boolean isMet, String otherwise) {
            if (!isMet) {
                throw new IllegalStateException(otherwise);
            }
        }
    }

    public record Answer(int status, byte[] content) {

        public Answer(int status, String text) {
            this(status, text.getBytes(StandardCharsets.UTF_8));
        }
    }

    @FunctionalInterface
    public interface Service {

        /** @throws RuntimeException if it is not to be answered so */
        Answer answer(Request request);
    }

    public StrictHttp(Service service) throws IOException {
        this(service, null);
    }

    /** @param tls {@code null} for no encryption */
    public StrictHttp(Service service, SSLContext tls) throws IOException {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        if (tls == null) {
            server = HttpServer.create(address, 50);
        } else {
            HttpsServer encrypted = HttpsServer.create(address, 50);
            encrypted.setHttpsConfigurator(new HttpsConfigurator(tls));
            server = encrypted;
        }
        server.setExecutor(threads);
        server.createContext("/", exchange -> serve(exchange, service));
        server.start();
    }

    public int port() {
        return server.getAddress().getPort();
    }

    public String url() {
        return "http://127.0.0.1:" + port() + "/";
    }

    /** Requests that were refused, each with the reason. */
    public List<String> faults() {
        return List.copyOf(faults);
    }

    private void serve(HttpExchange exchange, Service service) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            var request = new Request(exchange.getRequestMethod(), exchange.getRequestURI().getPath(),
                    Objects.requireNonNullElse(exchange.getRequestURI().getRawQuery(), ""), body, exchange);
            Answer answer;
            try {
                answer = service.answer(request);
            } catch (RuntimeException e) {
                faults.add(request.method() + ' ' + request.path() + ": " + e.getMessage() + ": " + body.lines().findFirst().orElse(""));
                answer = new Answer(400, "{\"error\": \"" + e.getMessage() + "\"}");
            }
            byte[] bytes = answer.content();
            boolean isHead = request.method().equals("HEAD");
            exchange.sendResponseHeaders(answer.status(), isHead || bytes.length == 0 ? -1 : bytes.length);
            if (!isHead) {
                exchange.getResponseBody().write(bytes);
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
