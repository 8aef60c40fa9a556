package org.intelmq.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;
import org.intelmq.bot.ConfigurationException;
import org.intelmq.bot.HttpParams;
import org.intelmq.parameters.ParameterSchema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Against servers of this test's own on 127.0.0.1, some of which behave badly. */
@Timeout(60)
class JdkHttpTest {

    private static final Duration SHORT = Duration.ofMillis(300);

    @TempDir
    private Path directory;
    private final List<AutoCloseable> toClose = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : toClose) {
            each.close();
        }
    }

    private static HttpParams params(Duration limit, int tries) {
        return new HttpParams(Map.of(), "IntelMQ", "true", null, null, tries, limit, null, null, null);
    }

    private static HttpParams verifying(String verify, String clientCertificate) {
        return new HttpParams(Map.of(), "IntelMQ", verify, null, null, 1, Duration.ofSeconds(10), null, null, clientCertificate);
    }

    private URI serve(HttpHandler handler) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            handler.handle(exchange);
            exchange.close();
        });
        server.start();
        toClose.add(() -> server.stop(0));
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    /** Bytes after bytes, as the script writes them; the connection stays open till the client closes it. */
    private URI misbehave(Script script, CountDownLatch closedByClient) throws IOException {
        ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        toClose.add(server);
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
                        } catch (IOException e) {
                            // the client has gone
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

    private interface Script {
        void write(OutputStream out) throws IOException;
    }

    private static void reply(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        if (bytes.length > 0) {
            exchange.getResponseBody().write(bytes);
        }
    }

    @Test
    void sendsHeadersAgentAndCredentials() throws Exception {
        List<String> seen = new CopyOnWriteArrayList<>();
        URI address = serve(exchange -> {
            for (String name : List.of("User-Agent", "Authorization", "X-Key")) {
                seen.add(exchange.getRequestHeaders().getFirst(name));
            }
            reply(exchange, 200, "hello");
        });
        HttpParams params = new HttpParams(Map.of("X-Key", 7L), "me", "true", null, null, 1, SHORT.multipliedBy(10), "joe", "secret", null);
        assertEquals("hello", new String(new JdkHttp(params).get(address), StandardCharsets.UTF_8));
        assertEquals(List.of("me", "Basic " + Base64.getEncoder().encodeToString("joe:secret".getBytes(StandardCharsets.UTF_8)), "7"), seen);
    }

    @Test
    void aHeaderThatCannotBeSentIsToldWithoutItsValue() {
        HttpParams params = new HttpParams(Map.of("Auth-Key", "hid\nden"), "me", "true", null, null, 1, SHORT, null, null, null);
        JdkHttp http = new JdkHttp(params);
        ConfigurationException problem = assertThrows(ConfigurationException.class, () -> http.request(URI.create("http://example.com/")));
        assertEquals("parameter 'http_header' cannot have what it has for 'Auth-Key': expected a header's name that may be set, and a value on one line",
                problem.getMessage());
        assertNull(problem.getCause());
        assertEquals(List.of("parameter 'http_header' cannot be what it is: expected a map of names to values"),
                ParameterSchema.of(HttpParams.class).read(Map.of("http_header", "Auth-Key hidden"), Set.of()).problems());
    }

    @Test
    void handsOutErrorStatusesButGetRefusesThem() throws Exception {
        URI address = serve(exchange -> reply(exchange, 404, "gone"));
        JdkHttp http = new JdkHttp(params(SHORT.multipliedBy(10), 1));
        assertEquals(404, http.send(http.request(address).build()).statusCode());
        IOException e = assertThrows(IOException.class, () -> http.get(address));
        assertEquals("GET " + address + " answered with status 404, expected 200: gone", e.getMessage());
    }

    @Test
    void unpacksCompressedReplies() throws Exception {
        URI address = serve(exchange -> {
            String encoding = exchange.getRequestURI().getPath().substring(1);
            exchange.getResponseHeaders().set("Content-Encoding", encoding);
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (OutputStream packed = encoding.equals("gzip") ? new GZIPOutputStream(bytes) : new DeflaterOutputStream(bytes)) {
                packed.write("hello".repeat(1000).getBytes(StandardCharsets.UTF_8));
            }
            exchange.sendResponseHeaders(200, bytes.size());
            bytes.writeTo(exchange.getResponseBody());
        });
        JdkHttp http = new JdkHttp(params(SHORT.multipliedBy(10), 1));
        assertEquals("hello".repeat(1000), new String(http.get(address.resolve("/gzip")), StandardCharsets.UTF_8));
        assertEquals("hello".repeat(1000), new String(http.get(address.resolve("/deflate")), StandardCharsets.UTF_8));
        JdkHttp small = new JdkHttp(params(SHORT.multipliedBy(10), 1), 1000);
        assertTrue(assertThrows(IOException.class, () -> small.get(address.resolve("/gzip"))).getMessage().contains("larger than the limit of 1000 bytes"));
    }

    @Test
    void givesUpOnASilentServerAfterAllTriesAndClosesTheConnections() throws Exception {
        CountDownLatch closed = new CountDownLatch(3);
        URI address = misbehave(out -> { }, closed);
        JdkHttp http = new JdkHttp(params(SHORT, 3));
        IOException e = assertThrows(IOException.class, () -> http.get(address));
        assertEquals("GET " + address + " failed after 3 tries: no reply within 300 ms", e.getMessage());
        assertTrue(closed.await(10, TimeUnit.SECONDS), "connections are closed");
    }

    @Test
    void givesUpOnAServerThatDripsItsHeadersOrItsBody() throws Exception {
        for (String start : List.of("HTTP/1.1 200 OK\r\nX: ", "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")) {
            CountDownLatch closed = new CountDownLatch(1);
            URI address = misbehave(out -> {
                out.write(start.getBytes(StandardCharsets.US_ASCII));
                drip(out, new byte[] {'x'}, 50);
            }, closed);
            JdkHttp http = new JdkHttp(params(SHORT, 1));
            long begin = System.nanoTime();
            assertThrows(IOException.class, () -> http.get(address));
            assertTrue(System.nanoTime() - begin < 5_000_000_000L);
            assertTrue(closed.await(10, TimeUnit.SECONDS), "the connection is closed");
        }
    }

    @Test
    void givesUpForGoodOnAReplyThatIsJustNotSlowEnoughAndNeverEnds() throws Exception {
        CountDownLatch closed = new CountDownLatch(1);
        URI address = misbehave(out -> {
            out.write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            drip(out, new byte[2_000], 20);
        }, closed);
        JdkHttp http = new JdkHttp(params(Duration.ofMillis(100), 3));
        IOException e = assertThrows(IOException.class, () -> http.get(address));
        assertTrue(e.getMessage().startsWith("GET " + address + " failed: reply not complete after 2 s, 20 times http_timeout_sec, "), e.getMessage());
        assertTrue(closed.await(10, TimeUnit.SECONDS), "the connection is closed");
    }

    private static void drip(OutputStream out, byte[] drop, long millisBetween) throws IOException {
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

    @Test
    void waitsForALargeReplyThatFlows() throws Exception {
        byte[] piece = new byte[200_000];
        URI address = serve(exchange -> {
            exchange.sendResponseHeaders(200, 10L * piece.length);
            CountDownLatch never = new CountDownLatch(1);
            for (int i = 0; i < 10; i++) {
                exchange.getResponseBody().write(piece);
                exchange.getResponseBody().flush();
                try {
                    never.await(80, TimeUnit.MILLISECONDS);
                } catch (InterruptedException e) {
                    return;
                }
            }
        });
        assertEquals(10 * piece.length, new JdkHttp(params(SHORT, 1)).get(address).length);
    }

    @Test
    void cutsOffAnEndlessReply() throws Exception {
        CountDownLatch closed = new CountDownLatch(1);
        URI address = misbehave(out -> {
            out.write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            byte[] piece = new byte[10_000];
            while (true) {
                out.write(piece);
            }
        }, closed);
        JdkHttp http = new JdkHttp(params(Duration.ofSeconds(20), 3), 1_000_000);
        IOException e = assertThrows(IOException.class, () -> http.get(address));
        assertEquals("GET " + address + " failed: reply is larger than the limit of 1000000 bytes", e.getMessage());
        assertTrue(closed.await(10, TimeUnit.SECONDS), "the connection is closed");
    }

    @Test
    void triesAgainWhatIsSafeToRepeatOnly() throws Exception {
        AtomicInteger requests = new AtomicInteger();
        ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        toClose.add(server);
        Thread thread = new Thread(() -> {
            while (true) {
                try (Socket socket = server.accept()) {
                    socket.getInputStream().read();
                    if (requests.incrementAndGet() == 2) {
                        socket.getOutputStream()
                                .write("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok".getBytes(StandardCharsets.US_ASCII));
                        socket.getOutputStream().flush();
                        socket.shutdownOutput();
                        socket.getInputStream().readAllBytes();
                    }
                } catch (IOException e) {
                    if (server.isClosed()) {
                        return;
                    }
                }
            }
        });
        thread.setDaemon(true);
        thread.start();
        URI address = URI.create("http://127.0.0.1:" + server.getLocalPort() + "/");
        JdkHttp http = new JdkHttp(params(SHORT.multipliedBy(10), 3));
        assertArrayEquals("ok".getBytes(StandardCharsets.US_ASCII), http.get(address));
        int before = requests.get();
        HttpRequest post = http.request(address).POST(HttpRequest.BodyPublishers.ofString("x".repeat(10))).build();
        assertThrows(IOException.class, () -> http.send(post));
        assertEquals(before + 1, requests.get());
    }

    @Test
    void saysThatNobodyListens() throws Exception {
        int port;
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = server.getLocalPort();
        }
        URI address = URI.create("http://127.0.0.1:" + port + "/");
        IOException e = assertThrows(IOException.class, () -> new JdkHttp(params(SHORT, 2)).get(address));
        assertTrue(e.getMessage().startsWith("GET " + address + " failed after 2 tries: "), e.getMessage());
    }

    @Test
    void followsRedirectsWithoutTellingStrangersTheCredentials() throws Exception {
        List<String> authorization = new CopyOnWriteArrayList<>();
        URI stranger = serve(exchange -> {
            authorization.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            reply(exchange, 200, exchange.getRequestMethod());
        });
        URI address = serve(exchange -> {
            authorization.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            boolean first = exchange.getRequestURI().getPath().equals("/");
            exchange.getResponseHeaders().set("Location", first ? "/next" : stranger.toString());
            reply(exchange, first ? 301 : 302, "");
        });
        HttpParams params = new HttpParams(Map.of(), "me", "true", null, null, 1, SHORT.multipliedBy(10), "joe", "x", null);
        JdkHttp http = new JdkHttp(params);
        HttpResponse<InputStream> reply = http.send(http.request(address).POST(HttpRequest.BodyPublishers.noBody()).build());
        assertEquals("GET", new String(reply.body().readAllBytes(), StandardCharsets.UTF_8));
        String basic = "Basic " + Base64.getEncoder().encodeToString("joe:x".getBytes(StandardCharsets.UTF_8));
        assertEquals(List.of(basic, basic, "null"), authorization);
    }

    @Test
    void keepsKeysInOtherHeadersFromStrangersToo() throws Exception {
        List<String> seen = new CopyOnWriteArrayList<>();
        URI stranger = serve(exchange -> {
            seen.add(exchange.getRequestHeaders().getFirst("X-Api-Key") + " " + exchange.getRequestHeaders().getFirst("X-Format"));
            reply(exchange, 200, "hello");
        });
        URI address = serve(exchange -> {
            exchange.getResponseHeaders().set("Location", stranger.toString());
            reply(exchange, 302, "");
        });
        new JdkHttp(new HttpParams(Map.of("X-Api-Key", "k", "X-Format", "csv"), "me", "true", null, null, 1, SHORT.multipliedBy(10), null, null, null))
                .get(address);
        assertEquals(List.of("null csv"), seen);
    }

    @Test
    void takesCredentialsFromTheAddressAndNeverShowsThem() throws Exception {
        List<String> seen = new CopyOnWriteArrayList<>();
        URI plain = serve(exchange -> {
            seen.add(exchange.getRequestHeaders().getFirst("Authorization"));
            reply(exchange, 403, "");
        });
        URI address = URI.create("http://joe:p%40ss@127.0.0.1:" + plain.getPort() + "/?apikey=abc&n=1");
        JdkHttp http = new JdkHttp(params(SHORT.multipliedBy(10), 1));
        assertEquals("GET http://***@127.0.0.1:" + plain.getPort() + "/?apikey=***&n=1 answered with status 403, expected 200",
                assertThrows(IOException.class, () -> http.get(address)).getMessage());
        assertEquals(List.of("Basic " + Base64.getEncoder().encodeToString("joe:p@ss".getBytes(StandardCharsets.UTF_8))), seen);
        URI nobody = URI.create("http://joe:pass@127.0.0.1:1/?token=abc");
        String message = assertThrows(IOException.class, () -> http.get(nobody)).getMessage();
        assertTrue(message.startsWith("GET http://***@127.0.0.1:1/?token=*** failed"), message);
        HttpParams proxied = new HttpParams(Map.of(), "me", "true", "http://u:pass@:80", null, 1, SHORT, null, null, null);
        message = assertThrows(ConfigurationException.class, () -> new JdkHttp(proxied)).getMessage();
        assertTrue(message.contains("http://***@:80"), message);
    }

    @Test
    void refusesRedirectsToAddressesWithoutAHost() throws Exception {
        for (String location : List.of("http:///etc/hostname", "http:opaque", "https://bad_host/?token=abc")) {
            URI address = serve(exchange -> {
                exchange.getResponseHeaders().set("Location", location);
                reply(exchange, 302, "");
            });
            String message = assertThrows(IOException.class, () -> new JdkHttp(params(SHORT.multipliedBy(10), 2)).get(address)).getMessage();
            assertTrue(message.contains("redirect to \"" + location.replace("abc", "***") + "\""), message);
        }
    }

    @Test
    void refusesCirclesAndRedirectsOutOfTheWeb() throws Exception {
        URI circle = serve(exchange -> {
            exchange.getResponseHeaders().set("Location", "/");
            reply(exchange, 302, "");
        });
        JdkHttp http = new JdkHttp(params(SHORT.multipliedBy(10), 2));
        assertEquals("GET " + circle + " failed: more than 30 redirects", assertThrows(IOException.class, () -> http.get(circle)).getMessage());
        URI file = serve(exchange -> {
            exchange.getResponseHeaders().set("Location", "file:///etc/hostname");
            reply(exchange, 302, "");
        });
        assertTrue(assertThrows(IOException.class, () -> http.get(file)).getMessage().contains("expected http or https"));
    }

    @Test
    void goesThroughTheProxyOfItsScheme() throws Exception {
        List<String> lines = new CopyOnWriteArrayList<>();
        URI proxy = serve(exchange -> {
            boolean known = exchange.getRequestHeaders().getFirst("Proxy-Authorization") != null;
            lines.add(exchange.getRequestURI() + " " + known);
            exchange.getResponseHeaders().set("Proxy-Authenticate", "Basic realm=\"test\"");
            reply(exchange, known ? 200 : 407, "by proxy");
        });
        HttpParams params = new HttpParams(Map.of(), "me", "true", "http://u:p@127.0.0.1:" + proxy.getPort(), null, 1, SHORT.multipliedBy(10), null,
                null, null);
        assertEquals("by proxy", new String(new JdkHttp(params).get(URI.create("http://feed.example/list")), StandardCharsets.UTF_8));
        assertEquals(List.of("http://feed.example/list false", "http://feed.example/list true"), lines);
        assertThrows(ConfigurationException.class,
                () -> new JdkHttp(new HttpParams(Map.of(), "me", "true", "http://", null, 1, SHORT, null, null, null)));
    }

    @Test
    void checksServersAndProvesItself() throws Exception {
        Path server = keyPair("server", "CN=localhost", "-ext", "san=dns:localhost");
        Path client = keyPair("client", "CN=client");
        URI address = serveTls(server, client);
        assertThrows(IOException.class, () -> new JdkHttp(verifying("true", null)).get(address));
        Path authority = pem(server, false);
        Path own = pem(client, true);
        assertThrows(IOException.class, () -> new JdkHttp(verifying("false", null)).get(address), "the server wants a certificate");
        assertEquals("CN=client", new String(new JdkHttp(verifying("False", own.toString())).get(address), StandardCharsets.UTF_8));
        assertEquals("CN=client", new String(new JdkHttp(verifying(authority.toString(), own.toString())).get(address), StandardCharsets.UTF_8));
        ConfigurationException e = assertThrows(ConfigurationException.class, () -> new JdkHttp(verifying("true", authority.toString())));
        assertTrue(e.getMessage().contains("no private key"), e.getMessage());
        assertThrows(ConfigurationException.class, () -> new JdkHttp(verifying("/nowhere.pem", null)));
    }

    private Path keyPair(String alias, String name, String... more) throws Exception {
        Path store = directory.resolve(alias + ".p12");
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair",
                "-alias", alias, "-keyalg", "EC", "-dname", name, "-storetype", "PKCS12", "-keystore", store.toString(), "-storepass", "changeit"));
        command.addAll(List.of(more));
        assertEquals(0, new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor());
        return store;
    }

    private static KeyStore load(Path store) throws Exception {
        return KeyStore.getInstance(store.toFile(), "changeit".toCharArray());
    }

    private Path pem(Path store, boolean withKey) throws Exception {
        KeyStore keys = load(store);
        String alias = keys.aliases().nextElement();
        Base64.Encoder encoder = Base64.getMimeEncoder(64, new byte[] {'\n'});
        String text = "-----BEGIN CERTIFICATE-----\n" + encoder.encodeToString(keys.getCertificate(alias).getEncoded()) + "\n-----END CERTIFICATE-----\n"
                + (withKey ? "-----BEGIN PRIVATE KEY-----\n" + encoder.encodeToString(keys.getKey(alias, "changeit".toCharArray()).getEncoded())
                + "\n-----END PRIVATE KEY-----\n" : "");
        return Files.writeString(directory.resolve(alias + ".pem"), text);
    }

    private URI serveTls(Path own, Path trusted) throws Exception {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(load(own), "changeit".toCharArray());
        KeyStore authorities = KeyStore.getInstance("PKCS12");
        authorities.load(null, null);
        authorities.setCertificateEntry("client", load(trusted).getCertificate("client"));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(authorities);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters tls = context.getDefaultSSLParameters();
                tls.setNeedClientAuth(true);
                parameters.setSSLParameters(tls);
            }
        });
        server.createContext("/", exchange -> {
            reply(exchange, 200, ((HttpsExchange) exchange).getSSLSession().getPeerPrincipal().getName());
            exchange.close();
        });
        server.start();
        toClose.add(() -> server.stop(0));
        return URI.create("https://localhost:" + server.getAddress().getPort() + "/");
    }
}
