package org.intelmq.network;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.intelmq.bot.HttpParams;

/** Servers on 127.0.0.1 for one test, some of which behave badly. */
final class WebServers implements AutoCloseable {

    private final List<AutoCloseable> toClose = new ArrayList<>();

    /** Of a client that has nothing to show. */
    static HttpParams params(Duration limit, int tries) {
        return new HttpParams(Map.of(), "IntelMQ", "true", null, null, tries, limit, null, null, null);
    }

    URI serve(HttpHandler handler) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            handler.handle(exchange);
            exchange.close();
        });
        server.start();
        add(() -> server.stop(0));
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    /** Bytes after bytes, as the script writes them; the connection stays open till the client closes it. */
    URI misbehave(Script script, CountDownLatch closedByClient) throws IOException {
        ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        add(server);
        Thread acceptor = new Thread(() -> {
            while (!server.isClosed()) {
                try {
                    Socket socket = server.accept();
                    Thread each = new Thread(() -> {
                        try (socket) {
                            script.write(socket.getOutputStream());
                            while (socket.getInputStream().read() >= 0) {
                                // the request
                            }
                        } catch (SocketException e) {
                            // the client has gone
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        } finally {
                            closedByClient.countDown();
                        }
                    });
                    each.setDaemon(true);
                    each.start();
                } catch (IOException e) {
                    return;
                }
            }
        });
        acceptor.setDaemon(true);
        acceptor.start();
        return URI.create("http://127.0.0.1:" + server.getLocalPort() + "/");
    }

    interface Script {
        void write(OutputStream out) throws IOException;
    }

    static void reply(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        if (bytes.length > 0) {
            exchange.getResponseBody().write(bytes);
        }
    }

    static void drip(OutputStream out, byte[] drop, long millisBetween) throws IOException {
        CountDownLatch never = new CountDownLatch(1);
        for (int i = 0; i < 1000; i++) {
            out.write(drop);
            out.flush();
            try {
                never.await(millisBetween, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    void add(AutoCloseable server) {
        toClose.add(server);
    }

    @Override
    public void close() throws Exception {
        for (AutoCloseable each : toClose) {
            each.close();
        }
    }
}
