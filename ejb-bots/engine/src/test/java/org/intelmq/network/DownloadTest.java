package org.intelmq.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.intelmq.bot.Download;
import org.intelmq.bot.HttpParams;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.ThrowingSupplier;

@Timeout(60)
class DownloadTest {

    private static final byte[] CONTENT = new byte[3_000_000];

    static {
        new Random(20261126).nextBytes(CONTENT);
    }

    private final JdkHttp http = new JdkHttp(new HttpParams(Map.of(), "IntelMQ", "true", null, null, 1, Duration.ofSeconds(5), null, null, null));
    private HttpServer server;
    private URI address;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String path = exchange.getRequestURI().getPath().substring(1);
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            switch (path) {
                case "gzip" -> pack(new GZIPOutputStream(body), CONTENT);
                case "deflate" -> pack(new DeflaterOutputStream(body), CONTENT);
                case "empty" -> { }
                case "bomb" -> pack(new GZIPOutputStream(body), new byte[100_000_000]);
                default -> body.writeBytes(CONTENT);
            }
            if (path.equals("moved")) {
                exchange.getResponseHeaders().set("Location", "/plain");
            } else if (!path.equals("plain")) {
                exchange.getResponseHeaders().set("Content-Encoding", path.equals("bomb") ? "gzip" : path);
            }
            exchange.sendResponseHeaders(path.equals("moved") ? 302 : path.equals("missing") ? 404 : 200, path.equals("short") ? CONTENT.length + 1 : 0);
            exchange.getResponseBody().write(body.toByteArray());
            exchange.close();
        });
        server.start();
        address = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private static void pack(OutputStream packed, byte[] content) throws IOException {
        try (packed) {
            packed.write(content);
        }
    }

    private Download download(String path) throws IOException, InterruptedException {
        return http.download(http.request(address.resolve(path)).GET().build());
    }

    @Test
    void bringsTheWholeBodyHoweverItWasPacked() throws Exception {
        for (String path : new String[] {"plain", "gzip", "deflate", "moved", "identity"}) {
            try (Download reply = download(path)) {
                assertEquals(200, reply.status());
                assertEquals(CONTENT.length, reply.body().size(), path);
                for (int time = 0; time < 2; time++) {
                    try (InputStream content = reply.body().open()) {
                        assertArrayEquals(CONTENT, content.readAllBytes(), path);
                    }
                }
            }
        }
    }

    @Test
    void tellsOtherStatusAndNoBody() throws Exception {
        try (Download reply = download("missing")) {
            assertEquals(404, reply.status());
        }
        try (Download reply = download("empty")) {
            assertEquals(0, reply.body().size());
        }
    }

    @Test
    void failsIfTheConnectionBreaksOff() {
        String problem = assertThrows(IOException.class, () -> download("short")).getMessage();
        assertTrue(problem.startsWith("GET " + address + "short failed: "), problem);
    }

    /** As an archive may not either. */
    @Test
    void refusesWhatGrowsOutOfAllProportion() {
        for (ThrowingSupplier<?> way : List.<ThrowingSupplier<?>>of(() -> download("bomb"), () -> http.get(address.resolve("bomb")))) {
            String problem = assertThrows(IOException.class, way::get).getMessage();
            assertTrue(problem.contains(address + "bomb") && problem.matches(".* has 97\\d{3} bytes \\(Content-Encoding: gzip\\) and unpacks to more than the "
                    + "limit of 34\\d{6} bytes"), problem);
        }
    }

    @Test
    void keepsItsLimitAndLeavesNoFile() throws IOException {
        long before = files();
        try (ReplyFile file = new ReplyFile(1000)) {
            file.write(new ByteArrayInputStream(new byte[1000]));
            assertEquals("reply is larger than the limit of 1000 bytes",
                    assertThrows(IOException.class, () -> file.write(new ByteArrayInputStream(new byte[1]))).getMessage());
            assertEquals(before, files());
        }
    }

    private static long files() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.filter(file -> file.getFileName().toString().startsWith("intelmq-reply")).count();
        }
    }
}
