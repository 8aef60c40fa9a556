package org.intelmq.bench;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.intelmq.message.Json;

/** A server of this distribution as a separate process, on a root created for it. Stopped when closed. */
final class BenchmarkServer implements AutoCloseable {

    private static final int STOP_SECONDS = 60;
    private static final int LINES_KEPT = 40;
    private static final long POLL_NANOS = 20_000_000;
    private static final String READY = "IntelMQ is ready";

    private final HttpClient client = HttpClient.newHttpClient();
    private final Process process;
    private final Path root;
    private final double readySeconds;
    private final URI api;
    private final String token;

    private BenchmarkServer(Process process, Path root, double readySeconds) throws IOException {
        this.process = process;
        this.root = root;
        this.readySeconds = readySeconds;
        Map<?, ?> address = (Map<?, ?>) Json.parse(Files.readString(root.resolve("var/run/server.json")));
        this.api = URI.create((String) address.get("url")).resolve("api/v1/");
        this.token = (String) address.get("token");
    }

    /** Returns when the server says that it is ready; {@link ServerJmx} can look into it. */
    static BenchmarkServer start(Path home, Path root) throws IOException {
        return start(home, root, null);
    }

    /** @param names the name server that it asks; {@code null} for the machine's */
    static BenchmarkServer start(Path home, Path root, InetSocketAddress names) throws IOException {
        long started = System.nanoTime();
        ProcessBuilder builder = new ProcessBuilder(home.resolve("bin/intelmq").toString(), "run", "--root", root.toString(),
                "--port", "0", "--jmx-port", String.valueOf(freePort())).redirectErrorStream(true);
        builder.environment().remove("INTELMQ_ROOT_DIR");
        // a root made for one run has nothing of what the JVM has learnt about its classes, as that of a user has
        builder.environment().putIfAbsent("INTELMQ_CLASSES", home.resolve("lib").toString());
        if (names != null) {
            builder.environment().merge("INTELMQ_JAVA_OPTIONS", "-Ddns.server=" + names.getAddress().getHostAddress() + ":" + names.getPort(),
                    (given, ours) -> given + " " + ours);
        }
        Path console = root.resolve("console.txt");
        Process process = builder.redirectOutput(console.toFile()).start();
        while (process.isAlive()) {
            if (Files.readString(console).contains(READY)) {
                return new BenchmarkServer(process, root, (System.nanoTime() - started) / 1e9);
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
        throw new IOException("the server ended before it was ready:\n" + Files.readString(console));
    }

    private static int freePort() throws IOException {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        }
    }

    long pid() {
        return process.pid();
    }

    Path root() {
        return root;
    }

    double readySeconds() {
        return readySeconds;
    }

    /** Visitors of its interface. */
    Visitors visitors() {
        return new Visitors(api, token);
    }

    void requireAlive() throws IOException {
        if (!process.isAlive()) {
            throw new IOException("the server has ended with " + process.exitValue() + "; see " + root.resolve("var/log/server.log"));
        }
    }

    /** @param path below the API's address */
    List<?> list(String path) throws IOException {
        return (List<?>) Json.parse(send(request(path).GET()));
    }

    void post(String path, String body) throws IOException {
        send(request(path).header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(api.resolve(path)).header("Authorization", token);
    }

    private String send(HttpRequest.Builder request) throws IOException {
        try {
            HttpResponse<InputStream> reply = client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = reply.body()) {
                String text = new String(body.readAllBytes(), StandardCharsets.UTF_8);
                if (reply.statusCode() / 100 != 2) {
                    throw new IOException("the API answers " + reply.statusCode() + ": " + text);
                }
                return text;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** The last lines of its log, for the report of a failed run. */
    String lastLog() throws IOException {
        Path log = root.resolve("var/log/server.log");
        if (!Files.exists(log)) {
            return "";
        }
        var lines = Files.readAllLines(log);
        return String.join("\n", lines.subList(Math.max(0, lines.size() - LINES_KEPT), lines.size()));
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
