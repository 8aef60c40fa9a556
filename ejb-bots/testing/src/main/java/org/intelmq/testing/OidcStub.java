package org.intelmq.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import org.intelmq.message.Json;

/**
 * A provider of OpenID Connect on the loopback with one client, {@link #CLIENT} with {@link #SECRET}. It takes nothing that the
 * protocol does not allow, keeps why it has refused something, and misbehaves on request. Whoever comes is let in at once. Its tokens
 * are made without the library that reads them. Thread-safe.
 */
public final class OidcStub implements AutoCloseable {

    public static final String CLIENT = "intelmq";
    /** With characters that a form must spell otherwise. */
    public static final String SECRET = "s3cr:t+&%";

    private static final long DRIP_MILLIS = 50;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Set<String> redirects = ConcurrentHashMap.newKeySet();
    private final Map<String, Map<String, String>> codes = new ConcurrentHashMap<>();
    private final List<String> complaints = new CopyOnWriteArrayList<>();
    private final AtomicInteger keyReads = new AtomicInteger();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final URI issuer;
    private volatile OidcFault fault = OidcFault.NONE;
    private volatile String authentication = "client_secret_basic";
    private volatile Map<String, Object> claims = Map.of("sub", "4711");
    private volatile Map<String, Object> userInfo;
    private volatile OidcStubKey key = new OidcStubKey("key-1");

    public OidcStub() throws IOException {
        this(null);
    }

    /** @param tls of the server; {@code null} for none */
    public OidcStub(SSLContext tls) throws IOException {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        if (tls == null) {
            server = HttpServer.create(address, 0);
        } else {
            HttpsServer secure = HttpsServer.create(address, 0);
            secure.setHttpsConfigurator(new HttpsConfigurator(tls));
            server = secure;
        }
        server.setExecutor(threads);
        issuer = URI.create((tls == null ? "http" : "https") + "://127.0.0.1:" + server.getAddress().getPort() + "/soc");
        route("/soc/.well-known/openid-configuration", this::discovery);
        route("/soc/authorize", this::authorize);
        route("/soc/token", this::token);
        route("/soc/keys", this::keys);
        route("/soc/user", this::user);
        server.start();
    }

    public URI issuer() {
        return issuer;
    }

    /** Registers an address to which browsers may be sent back. */
    public void allow(URI redirect) {
        redirects.add(redirect.toString());
    }

    public void misbehave(OidcFault how) {
        fault = how;
    }

    /** @param method {@code client_secret_basic} or {@code client_secret_post}; the other is refused */
    public void authenticateBy(String method) {
        authentication = method;
    }

    /** @param told of the user, in the ID token */
    public void claims(Map<String, Object> told) {
        claims = Map.copyOf(told);
    }

    /** @param told of the user, on the page about users, which exists from then on */
    public void userInfo(Map<String, Object> told) {
        userInfo = Map.copyOf(told);
    }

    /** From now on tokens are signed with another key; the old one is gone. */
    public void changeKey(String id) {
        key = new OidcStubKey(id);
    }

    /** How often its keys were asked for. */
    public int keyReads() {
        return keyReads.get();
    }

    /** Why it has refused something. */
    public List<String> complaints() {
        return List.copyOf(complaints);
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    @FunctionalInterface
    private interface Page {
        void answer(HttpExchange exchange) throws IOException, GeneralSecurityException, InterruptedException;
    }

    /** What is wrong with a request. */
    private static final class Refused extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final String error;

        private Refused(String error, String reason) {
            super(reason);
            this.error = error;
        }
    }

    private void route(String path, Page page) {
        server.createContext(path, exchange -> {
            try (exchange) {
                answer(page, exchange);
            } catch (GeneralSecurityException e) {
                throw new IOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private void answer(Page page, HttpExchange exchange) throws IOException, GeneralSecurityException, InterruptedException {
        try {
            page.answer(exchange);
        } catch (Refused e) {
            complaints.add(e.getMessage());
            send(exchange, e.error.equals("invalid_client") ? 401 : 400, "application/json", Json.write(Map.of("error", e.error, "error_description",
                    e.getMessage())));
        }
    }

    private static void require(boolean isRight, String error, String reason) {
        if (!isRight) {
            throw new Refused(error, reason);
        }
    }

    private static void send(HttpExchange exchange, int status, String type, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    /** Many times more than anybody may read; until the reader has had enough. */
    private static void sendHuge(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, 0);
        byte[] piece = "{\"x\": \"xxxxxxxx\", ".repeat(500).getBytes(StandardCharsets.UTF_8);
        OutputStream body = exchange.getResponseBody();
        for (int i = 0; i < 10_000; i++) {
            body.write(piece);
        }
    }

    /** Until the reader goes, or the test ends. */
    private void hang() throws InterruptedException {
        closed.await(1, TimeUnit.MINUTES);
    }

    private void drip(HttpExchange exchange) throws IOException, InterruptedException {
        exchange.sendResponseHeaders(200, 0);
        while (!closed.await(DRIP_MILLIS, TimeUnit.MILLISECONDS)) {
            exchange.getResponseBody().write(' ');
            exchange.getResponseBody().flush();
        }
    }

    private void discovery(HttpExchange exchange) throws IOException, InterruptedException {
        switch (fault) {
            case HUGE_DISCOVERY -> sendHuge(exchange);
            case HANGING_DISCOVERY -> hang();
            case HTML_DISCOVERY -> send(exchange, 200, "text/html", "<html>Log in</html>");
            case NO_DISCOVERY -> send(exchange, 404, "text/plain", "nothing here");
            default -> send(exchange, 200, "application/json", Json.write(metadata()));
        }
    }

    private Map<String, Object> metadata() {
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("issuer", fault == OidcFault.OTHER_ISSUER_IN_DISCOVERY ? "https://other.example" : issuer.toString());
        metadata.put("authorization_endpoint", issuer + "/authorize");
        metadata.put("token_endpoint", fault == OidcFault.PLAIN_HTTP_IN_DISCOVERY ? "http://login.example/token" : issuer + "/token");
        metadata.put("jwks_uri", issuer + "/keys");
        if (userInfo != null) {
            metadata.put("userinfo_endpoint", issuer + "/user");
        }
        metadata.put("response_types_supported", List.of("code"));
        metadata.put("subject_types_supported", List.of("public"));
        metadata.put("id_token_signing_alg_values_supported", List.of("RS256"));
        metadata.put("token_endpoint_auth_methods_supported", List.of(authentication));
        metadata.put("code_challenge_methods_supported", List.of(fault == OidcFault.NO_PKCE ? "plain" : "S256"));
        metadata.put("authorization_response_iss_parameter_supported", true);
        return metadata;
    }

    private void authorize(HttpExchange exchange) throws IOException {
        Map<String, String> query = form(exchange.getRequestURI().getRawQuery());
        require(exchange.getRequestMethod().equals("GET"), "invalid_request", "the method is " + exchange.getRequestMethod());
        require("code".equals(query.get("response_type")), "unsupported_response_type", "the response type is " + query.get("response_type"));
        require(CLIENT.equals(query.get("client_id")), "unauthorized_client", "the client is " + query.get("client_id"));
        require(redirects.contains(query.get("redirect_uri")), "invalid_request", "the redirect_uri " + query.get("redirect_uri") + " is not registered");
        require(List.of(query.getOrDefault("scope", "").split(" ")).contains("openid"), "invalid_scope", "the scope is " + query.get("scope"));
        require(query.getOrDefault("state", "").length() >= 22, "invalid_request", "the state can be guessed");
        require(query.getOrDefault("nonce", "").length() >= 22, "invalid_request", "the nonce can be guessed");
        require("S256".equals(query.get("code_challenge_method")) && query.getOrDefault("code_challenge", "").matches("[\\w-]{43}"), "invalid_request",
                "there is no code challenge of the method S256");
        String code = "code-" + Base64.getUrlEncoder().encodeToString(query.get("nonce").getBytes(StandardCharsets.UTF_8));
        codes.put(code, query);
        Map<String, String> back = new LinkedHashMap<>();
        if (fault == OidcFault.ACCESS_DENIED) {
            back.put("error", "access_denied");
            back.put("error_description", "not today");
        } else {
            back.put("code", code);
        }
        back.put("state", query.get("state"));
        if (fault != OidcFault.NO_ISSUER_IN_RETURN) {
            back.put("iss", fault == OidcFault.OTHER_ISSUER_IN_RETURN ? "https://other.example" : issuer.toString());
        }
        List<String> pairs = new ArrayList<>();
        back.forEach((name, value) -> pairs.add(name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8)));
        exchange.getResponseHeaders().set("Location", query.get("redirect_uri") + "?" + String.join("&", pairs));
        exchange.sendResponseHeaders(303, -1);
    }

    private void token(HttpExchange exchange) throws IOException, GeneralSecurityException, InterruptedException {
        require(exchange.getRequestMethod().equals("POST"), "invalid_request", "the method is " + exchange.getRequestMethod());
        String type = String.valueOf(exchange.getRequestHeaders().getFirst("Content-Type"));
        require(type.startsWith("application/x-www-form-urlencoded"), "invalid_request", "the body is of the type " + type);
        Map<String, String> form = form(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        requireClient(exchange.getRequestHeaders().getFirst("Authorization"), form);
        require("authorization_code".equals(form.get("grant_type")), "unsupported_grant_type", "the grant is " + form.get("grant_type"));
        Map<String, String> asked = codes.remove(form.getOrDefault("code", ""));
        require(asked != null, "invalid_grant", "the code is unknown, or used");
        require(asked.get("redirect_uri").equals(form.get("redirect_uri")), "invalid_grant", "the redirect_uri is another: " + form.get("redirect_uri"));
        String verifier = form.getOrDefault("code_verifier", "");
        String challenge = base64(MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII)));
        require(challenge.equals(asked.get("code_challenge")), "invalid_grant", "the code verifier does not fit its challenge");
        switch (fault) {
            case HUGE_TOKENS -> sendHuge(exchange);
            case CLOSED_TOKENS -> exchange.close();
            case NO_REASON -> send(exchange, 500, "text/html", "<html>Out of order</html>");
            case HANGING_TOKENS -> hang();
            case DRIPPING_TOKENS -> drip(exchange);
            case HTML_TOKENS -> send(exchange, 200, "text/html", "<html>Log in</html>");
            case REDIRECTED_TOKENS -> {
                exchange.getResponseHeaders().set("Location", issuer + "/token");
                exchange.sendResponseHeaders(307, -1);
            }
            default -> sendTokens(exchange, asked.get("nonce"));
        }
    }

    private void requireClient(String authorization, Map<String, String> form) {
        if (authentication.equals("client_secret_post")) {
            require(authorization == null && CLIENT.equals(form.get("client_id")) && SECRET.equals(form.get("client_secret")), "invalid_client",
                    "the client does not prove itself in the form");
            return;
        }
        String expected = "Basic " + Base64.getEncoder().encodeToString((URLEncoder.encode(CLIENT, StandardCharsets.UTF_8) + ":"
                + URLEncoder.encode(SECRET, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8));
        require(expected.equals(authorization) && !form.containsKey("client_secret"), "invalid_client", "the client does not prove itself in the header");
    }

    private void sendTokens(HttpExchange exchange, String nonce) throws IOException, GeneralSecurityException {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("access_token", "access-" + claims.get("sub"));
        answer.put("token_type", "Bearer");
        answer.put("expires_in", 60L);
        if (fault != OidcFault.NO_ID_TOKEN) {
            answer.put("id_token", fault == OidcFault.NOT_A_TOKEN ? "a.b" : new OidcStubToken(fault, key).text(issuer.toString(), nonce, claims));
        }
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        send(exchange, 200, "application/json", Json.write(answer));
    }

    private void keys(HttpExchange exchange) throws IOException {
        keyReads.incrementAndGet();
        if (fault == OidcFault.HUGE_KEYS) {
            sendHuge(exchange);
        } else {
            send(exchange, 200, "application/json", Json.write(Map.of("keys", List.of(key.published()))));
        }
    }

    private void user(HttpExchange exchange) throws IOException {
        require(("Bearer access-" + claims.get("sub")).equals(exchange.getRequestHeaders().getFirst("Authorization")), "invalid_token",
                "the access token is another");
        Map<String, Object> told = new LinkedHashMap<>(userInfo);
        told.put("sub", fault == OidcFault.OTHER_SUBJECT_IN_USER_INFO ? "another" : claims.get("sub"));
        send(exchange, 200, "application/json", Json.write(told));
    }

    private static Map<String, String> form(String text) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (String pair : text == null || text.isEmpty() ? new String[0] : text.split("&")) {
            String[] parts = pair.split("=", 2);
            require(parts.length == 2, "invalid_request", "a parameter has no value: " + pair);
            String before = fields.put(URLDecoder.decode(parts[0], StandardCharsets.UTF_8), URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
            require(before == null, "invalid_request", "a parameter is there twice: " + parts[0]);
        }
        return fields;
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
