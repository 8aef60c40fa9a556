package org.intelmq.server.crash;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.intelmq.server.testing.NumberedFeed;

/** Takes what the restapi output posts. */
final class RestService implements AutoCloseable {

    private final Map<Integer, Integer> posts = new ConcurrentHashMap<>();
    private final ExecutorService threads = Executors.newFixedThreadPool(2);
    private final HttpServer server;

    RestService() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            posts.merge(NumberedFeed.rowIn(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)), 1, Integer::sum);
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    /** How often each row was posted. */
    Map<Integer, Integer> posts() {
        return posts;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
