package org.intelmq.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.intelmq.bot.ConfigurationException;
import org.intelmq.bot.HttpParams;
import org.intelmq.parameters.ParameterSchema;
import org.intelmq.testing.FreePort;
import org.intelmq.text.net.MaskedUrl;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Against servers of this test's own on 127.0.0.1. */
@Timeout(60)
class JdkHttpTest {

    private static final Duration SHORT = Duration.ofMillis(300);

    private final WebServers servers = new WebServers();

    @AfterEach
    void close() throws Exception {
        servers.close();
    }

    @Test
    void sendsHeadersAgentAndCredentials() throws Exception {
        List<String> seen = new CopyOnWriteArrayList<>();
        URI address = servers.serve(exchange -> {
            for (String name : List.of("User-Agent", "Authorization", "X-Key")) {
                seen.add(exchange.getRequestHeaders().getFirst(name));
            }
            WebServers.reply(exchange, 200, "hello");
        });
        HttpParams params = new HttpParams(Map.of("X-Key", 7L), "me", "true", null, null, 1, SHORT.multipliedBy(10), "joe", "secret", null);
        assertEquals("hello", new String(new JdkHttp(params).get(address), StandardCharsets.UTF_8));
        assertEquals(List.of("me", "Basic " + Base64.getEncoder().encodeToString("joe:secret".getBytes(StandardCharsets.UTF_8)), "7"), seen);
    }

    @Test
    void aTimeLimitAndTriesThatLetNothingBeDoneAreTold() {
        assertEquals(List.of("parameter 'http_timeout_sec' cannot be 0: expected more than 0 seconds"),
                ParameterSchema.of(HttpParams.class).read(Map.of("http_timeout_sec", 0), Set.of()).problems());
        assertEquals(List.of("parameter 'http_timeout_max_tries' cannot be -1: expected a whole number, 0 or more"),
                ParameterSchema.of(HttpParams.class).read(Map.of("http_timeout_max_tries", -1), Set.of()).problems());
        assertEquals(List.of(), ParameterSchema.of(HttpParams.class).read(Map.of("http_timeout_max_tries", 0), Set.of()).problems());
    }

    @Test
    void aHeaderThatCannotBeSentIsToldWithoutItsValue() {
        for (String name : List.of("Auth-Key", "Auth Key", "Host")) {
            String value = name.equals("Auth-Key") ? "hid\nden" : "hidden";
            assertEquals(List.of("parameter 'http_header' is not valid for '" + name + "': expected a header's name that may be set, and a value "
                    + "on one line, in Latin letters"),
                    ParameterSchema.of(HttpParams.class).read(Map.of("http_header", Map.of(name, value)), Set.of()).problems());
        }
        assertEquals(List.of("parameter 'http_header' is not valid for 'Accept': expected a header's name that may be set, and a value on one line, in Latin "
                + "letters"), ParameterSchema.of(HttpParams.class).read(Map.of("http_header", Map.of("Accept", List.of("a", "b"))), Set.of()).problems());
        assertEquals(List.of("parameter 'http_header' is not valid: expected a map of names to values"),
                ParameterSchema.of(HttpParams.class).read(Map.of("http_header", "Auth-Key hidden"), Set.of()).problems());
    }

    @Test
    void handsOutErrorStatusesButGetRefusesThem() throws Exception {
        URI address = servers.serve(exchange -> WebServers.reply(exchange, 404, "gone"));
        JdkHttp http = new JdkHttp(WebServers.params(SHORT.multipliedBy(10), 1));
        assertEquals(404, http.send(http.request(address).build()).statusCode());
        IOException e = assertThrows(IOException.class, () -> http.get(address));
        assertEquals("GET " + address + " answered with status 404, expected 200: gone", e.getMessage());
    }

    @Test
    void unpacksCompressedReplies() throws Exception {
        URI address = servers.serve(exchange -> {
            String encoding = exchange.getRequestURI().getPath().substring(1);
            exchange.getResponseHeaders().set("Content-Encoding", encoding);
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (OutputStream packed = encoding.equals("gzip") ? new GZIPOutputStream(bytes) : new DeflaterOutputStream(bytes)) {
                packed.write("hello".repeat(1000).getBytes(StandardCharsets.UTF_8));
            }
            exchange.sendResponseHeaders(200, bytes.size());
            bytes.writeTo(exchange.getResponseBody());
        });
        JdkHttp http = new JdkHttp(WebServers.params(SHORT.multipliedBy(10), 1));
        assertEquals("hello".repeat(1000), new String(http.get(address.resolve("/gzip")), StandardCharsets.UTF_8));
        assertEquals("hello".repeat(1000), new String(http.get(address.resolve("/deflate")), StandardCharsets.UTF_8));
        JdkHttp small = new JdkHttp(WebServers.params(SHORT.multipliedBy(10), 1), 1000);
        assertTrue(assertThrows(IOException.class, () -> small.get(address.resolve("/gzip"))).getMessage()
                .contains("unpacks to more than the limit of 1000 bytes"));
    }

    @Test
    void triesAgainWhatIsSafeToRepeatOnly() throws Exception {
        AtomicInteger requests = new AtomicInteger();
        ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        servers.add(server);
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
        JdkHttp http = new JdkHttp(WebServers.params(SHORT.multipliedBy(10), 3));
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
        IOException e = assertThrows(IOException.class, () -> new JdkHttp(WebServers.params(SHORT, 2)).get(address));
        assertTrue(e.getMessage().startsWith("GET " + address + " failed after 2 tries: "), e.getMessage());
    }

    @Test
    void followsRedirectsWithoutTellingStrangersTheCredentials() throws Exception {
        List<String> authorization = new CopyOnWriteArrayList<>();
        URI stranger = servers.serve(exchange -> {
            authorization.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            WebServers.reply(exchange, 200, exchange.getRequestMethod());
        });
        URI address = servers.serve(exchange -> {
            authorization.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            boolean first = exchange.getRequestURI().getPath().equals("/");
            exchange.getResponseHeaders().set("Location", first ? "/next" : stranger.toString());
            WebServers.reply(exchange, first ? 301 : 302, "");
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
        URI stranger = servers.serve(exchange -> {
            seen.add(exchange.getRequestHeaders().getFirst("X-Api-Key") + " " + exchange.getRequestHeaders().getFirst("X-Format"));
            WebServers.reply(exchange, 200, "hello");
        });
        URI address = servers.serve(exchange -> {
            exchange.getResponseHeaders().set("Location", stranger.toString());
            WebServers.reply(exchange, 302, "");
        });
        new JdkHttp(new HttpParams(Map.of("X-Api-Key", "k", "X-Format", "csv"), "me", "true", null, null, 1, SHORT.multipliedBy(10), null, null, null))
                .get(address);
        assertEquals(List.of("null csv"), seen);
    }

    @Test
    void takesCredentialsFromTheAddressAndNeverShowsThem() throws Exception {
        List<String> seen = new CopyOnWriteArrayList<>();
        URI plain = servers.serve(exchange -> {
            seen.add(exchange.getRequestHeaders().getFirst("Authorization"));
            WebServers.reply(exchange, 403, "");
        });
        URI address = URI.create("http://joe:p%40ss@127.0.0.1:" + plain.getPort() + "/?apikey=abc&n=1");
        JdkHttp http = new JdkHttp(WebServers.params(SHORT.multipliedBy(10), 1));
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
            URI address = servers.serve(exchange -> {
                exchange.getResponseHeaders().set("Location", location);
                WebServers.reply(exchange, 302, "");
            });
            String message = assertThrows(IOException.class, () -> new JdkHttp(WebServers.params(SHORT.multipliedBy(10), 2)).get(address)).getMessage();
            assertTrue(message.contains("redirect to \"" + location.replace("abc", "***") + "\""), message);
        }
    }

    @Test
    void refusesCirclesAndRedirectsOutOfTheWeb() throws Exception {
        URI circle = servers.serve(exchange -> {
            exchange.getResponseHeaders().set("Location", "/");
            WebServers.reply(exchange, 302, "");
        });
        JdkHttp http = new JdkHttp(WebServers.params(SHORT.multipliedBy(10), 2));
        assertEquals("GET " + circle + " failed: more than 30 redirects", assertThrows(IOException.class, () -> http.get(circle)).getMessage());
        URI file = servers.serve(exchange -> {
            exchange.getResponseHeaders().set("Location", "file:///etc/hostname");
            WebServers.reply(exchange, 302, "");
        });
        assertTrue(assertThrows(IOException.class, () -> http.get(file)).getMessage().contains("expected http or https"));
    }

    @Test
    void aProxyTakesNoTokenAway() throws Exception {
        List<String> seen = new CopyOnWriteArrayList<>();
        URI proxy = servers.serve(exchange -> {
            seen.add(exchange.getRequestHeaders().getFirst("Authorization") + ", " + exchange.getRequestHeaders().getFirst("Proxy-Authorization"));
            WebServers.reply(exchange, 200, "by proxy");
        });
        for (String credentials : List.of("", "u:p@")) {
            JdkHttp http = new JdkHttp(new HttpParams(Map.of(), "me", "true", "http://" + credentials + "127.0.0.1:" + proxy.getPort(), null, 1,
                    SHORT.multipliedBy(10), null, null, null));
            http.ask(http.request(URI.create("http://feed.example/list")).setHeader("Authorization", "Bearer token").GET().build());
            http.get(URI.create("http://name:word@feed.example/list"));
        }
        assertEquals(List.of("Bearer token, null", "Basic bmFtZTp3b3Jk, null", "Bearer token, Basic dTpw", "Basic bmFtZTp3b3Jk, Basic dTpw"), seen);
    }

    @Test
    void tellsOfTheProxyThatItCouldNotGoThrough() throws Exception {
        String proxy = "http://name:hidden@127.0.0.1:" + FreePort.find();
        JdkHttp http = new JdkHttp(new HttpParams(Map.of(), "me", "true", null, proxy, 1, SHORT.multipliedBy(10), null, null, null));
        assertEquals("GET https://feed.example/list failed through the proxy " + MaskedUrl.in(proxy) + ": connection refused",
                assertThrows(IOException.class, () -> http.get(URI.create("https://feed.example/list"))).getMessage());
        assertEquals("wss://feed.example/ cannot be reached through the proxy " + MaskedUrl.in(proxy) + ": connection refused",
                assertThrows(IOException.class, () -> http.webSocket(URI.create("wss://feed.example/"), new WebSocket.Listener() { })).getMessage());
    }

    @Test
    void goesThroughTheProxyOfItsScheme() throws Exception {
        List<String> lines = new CopyOnWriteArrayList<>();
        URI proxy = servers.serve(exchange -> {
            boolean known = exchange.getRequestHeaders().getFirst("Proxy-Authorization") != null;
            lines.add(exchange.getRequestURI() + " " + known);
            exchange.getResponseHeaders().set("Proxy-Authenticate", "Basic realm=\"test\"");
            WebServers.reply(exchange, known ? 200 : 407, "by proxy");
        });
        HttpParams params = new HttpParams(Map.of(), "me", "true", "http://u:p@127.0.0.1:" + proxy.getPort(), null, 1, SHORT.multipliedBy(10), null,
                null, null);
        assertEquals("by proxy", new String(new JdkHttp(params).get(URI.create("http://feed.example/list")), StandardCharsets.UTF_8));
        assertEquals(List.of("http://feed.example/list true"), lines);
        assertThrows(ConfigurationException.class,
                () -> new JdkHttp(new HttpParams(Map.of(), "me", "true", "http://", null, 1, SHORT, null, null, null)));
    }
}
