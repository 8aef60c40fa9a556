package org.intelmq.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.intelmq.message.Json;
import org.intelmq.server.testing.Api;
import org.intelmq.server.testing.RawHttp;
import org.intelmq.server.testing.ServerProcess;
import org.intelmq.testing.OidcStub;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may do what on a running server: each endpoint of {@code endpoints.txt}, asked by everybody there is; and what attackers try. */
class AccessIT {

    private static final Path TABLE = Path.of("../web-admin/src/test/resources/org/intelmq/admin/endpoints.txt");
    private static final List<String> ROLES = List.of("viewer", "operator", "editor", "admin");
    private static final String PASSWORD = "correct horse";

    @TempDir
    private static Path root;
    private static OidcStub provider;
    private static ServerProcess server;
    private static URI api;
    private static Api own;
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Map<String, String> TOKENS = new TreeMap<>();

    private record Endpoint(String method, String role, String address, String body) {

        static Endpoint of(String line) {
            String[] words = line.split("\\s+", 5);
            return new Endpoint(words[0], words[2], words[3], words.length > 4 ? words[4] : "");
        }

        boolean isOpen() {
            return role.equals("open");
        }

        boolean isChange() {
            return !method.equals("GET");
        }

        @Override
        public String toString() {
            return method + " " + address;
        }
    }

    /** Headers, as somebody sends them. */
    private record Login(Map<String, String> headers, String cookie, String csrf) { }

    @BeforeAll
    static void startServer() throws Exception {
        Files.createDirectories(root.resolve("etc"));
        Files.writeString(root.resolve("etc/runtime.yaml"), "keep: {group: Output, module: intelmq.bots.outputs.file.output, parameters: {file: out.txt}}\n");
        provider = new OidcStub();
        provider.claims(Map.of("sub", "4711", "preferred_username", "ann", "groups", List.of("soc")));
        server = ServerProcess.start(root, Map.of("INTELMQ_OIDC_ISSUER", provider.issuer().toString(), "INTELMQ_OIDC_CLIENT_ID", OidcStub.CLIENT,
                "INTELMQ_OIDC_CLIENT_SECRET", OidcStub.SECRET, "INTELMQ_OIDC_ROLES", "soc=operator", "INTELMQ_OIDC_LABEL", "Example"));
        api = server.url().resolve("api/v1/");
        provider.allow(api.resolve("session/oidc"));
        own = Api.of(root);
        for (String role : ROLES) {
            TOKENS.put(role, token(role, 1));
            json("POST", "users", "{\"name\": \"" + role + "\", \"role\": \"" + role + "\", \"password\": \"" + PASSWORD + "\"}");
        }
    }

    @AfterAll
    static void stopServer() {
        server.close();
        provider.close();
    }

    private static String token(String role, int days) throws Exception {
        Map<?, ?> made = json("POST", "tokens", "{\"name\": \"" + role + "-" + days + "\", \"role\": \"" + role + "\", \"days\": " + days + "}");
        return (String) made.get("token");
    }

    /** As the server itself. */
    private static Map<?, ?> json(String method, String path, String body) throws Exception {
        String token = (String) ((Map<?, ?>) Json.parse(Files.readString(root.resolve("var/run/server.json")))).get("token");
        HttpResponse<String> answer = HTTP.send(HttpRequest.newBuilder(api.resolve(path)).header("Authorization", token)
                .header("Content-Type", "application/json").method(method, HttpRequest.BodyPublishers.ofString(body)).build(),
                HttpResponse.BodyHandlers.ofString());
        assertTrue(answer.statusCode() < 300, answer::body);
        return answer.body().isEmpty() ? Map.of() : (Map<?, ?>) Json.parse(answer.body());
    }

    private static List<Endpoint> endpoints() throws IOException {
        return Files.readAllLines(TABLE).stream().filter(line -> !line.startsWith("#") && !line.isBlank()).map(Endpoint::of).toList();
    }

    /** Of an answer that may never end the beginning is enough. */
    private static HttpResponse<InputStream> ask(Endpoint endpoint, Map<String, String> headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(api.resolve(endpoint.address())).timeout(Duration.ofMinutes(1))
                .method(endpoint.method(), endpoint.body().isEmpty() ? HttpRequest.BodyPublishers.noBody()
                        : HttpRequest.BodyPublishers.ofString(endpoint.body()));
        if (!endpoint.body().isEmpty()) {
            request.header("Content-Type", endpoint.body().equals("x") ? "text/plain" : "application/json");
        }
        headers.forEach(request::header);
        HttpResponse<InputStream> answer = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        answer.body().close();
        return answer;
    }

    private static int status(Endpoint endpoint, Map<String, String> headers) throws Exception {
        return ask(endpoint, headers).statusCode();
    }

    private static Login login(String name) throws Exception {
        HttpResponse<String> answer = HTTP.send(HttpRequest.newBuilder(api.resolve("session")).header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"name\": \"" + name + "\", \"password\": \"" + PASSWORD + "\"}")).build(),
                HttpResponse.BodyHandlers.ofString());
        assertEquals(200, answer.statusCode(), answer::body);
        String set = answer.headers().firstValue("Set-Cookie").orElseThrow();
        assertTrue(set.contains("HttpOnly") && set.contains("SameSite=Strict") && set.contains("Path=/") && !set.contains("Domain"), set);
        String cookie = set.substring(0, set.indexOf(';'));
        String csrf = (String) ((Map<?, ?>) Json.parse(answer.body())).get("csrf");
        return new Login(Map.of("Cookie", cookie, "X-CSRF-Token", csrf), cookie, csrf);
    }

    private static Map<String, String> bearer(String token) {
        return Map.of("Authorization", "Bearer " + token);
    }

    @Test
    void eachRoleMayDoWhatTheTableSays() throws Exception {
        Map<String, String> wrong = new LinkedHashMap<>();
        for (Endpoint endpoint : endpoints()) {
            if (endpoint.isOpen()) {
                continue;
            }
            for (String role : ROLES) {
                int status = status(endpoint, bearer(TOKENS.get(role)));
                boolean may = ROLES.indexOf(role) >= ROLES.indexOf(endpoint.role());
                boolean isWrong = may ? status == 401 || status == 403 || status >= 500 && status != 503 : status != 403;
                if (isWrong) {
                    wrong.put(endpoint + " as " + role, (may ? "may, but got " : "may not, but got ") + status);
                }
            }
        }
        assertEquals(Map.of(), wrong);
    }

    @Test
    void nobodyElseIsLetIn() throws Exception {
        String expired = token("admin", 2);
        json("DELETE", "tokens/admin-2", "");
        json("POST", "users", "{\"name\": \"gone\", \"role\": \"admin\", \"password\": \"" + PASSWORD + "\"}");
        Login gone = login("gone");
        assertEquals(200, status(Endpoint.of("GET users admin users"), gone.headers()));
        json("DELETE", "users/gone", "");
        String old = token("admin", 3);
        expire("admin-3");
        Map<String, Map<String, String>> strangers = new LinkedHashMap<>();
        strangers.put("nobody", Map.of());
        strangers.put("a removed token", bearer(expired));
        strangers.put("an expired token", bearer(old));
        strangers.put("a removed user", gone.headers());
        strangers.put("a made-up cookie", Map.of("Cookie", gone.cookie().replaceFirst("=.*", "=" + "0".repeat(64)), "X-CSRF-Token", gone.csrf()));
        Map<String, String> wrong = new LinkedHashMap<>();
        for (Endpoint endpoint : endpoints()) {
            for (Map.Entry<String, Map<String, String>> stranger : strangers.entrySet()) {
                int status = status(endpoint, stranger.getValue());
                // wrong tokens one after another are held up, too
                boolean isIn = endpoint.isOpen() ? status >= 500 : status != 401 && status != 429;
                if (isIn) {
                    wrong.put(endpoint + " by " + stranger.getKey(), "got " + status);
                }
            }
        }
        assertEquals(Map.of(), wrong);
    }

    private static void expire(String name) throws IOException {
        Path file = root.resolve("etc/tokens.json");
        Map<String, Object> tokens = new LinkedHashMap<>();
        ((Map<?, ?>) Json.parse(Files.readString(file))).forEach((id, token) -> {
            Map<Object, Object> fields = new LinkedHashMap<>((Map<?, ?>) token);
            if (name.equals(fields.get("name"))) {
                fields.put("expires", Instant.now().minusSeconds(60).toString());
            }
            tokens.put((String) id, fields);
        });
        Files.writeString(file, Json.pretty(tokens));
    }

    @Test
    void aLoginIsGoodForPagesOfOursAlone() throws Exception {
        Login admin = login("admin");
        Map<String, Map<String, String>> foreign = new LinkedHashMap<>();
        foreign.put("another port of this machine", Map.of("Origin", "http://127.0.0.1:1"));
        foreign.put("another site", Map.of("Sec-Fetch-Site", "cross-site"));
        foreign.put("a site beside", Map.of("Sec-Fetch-Site", "same-site"));
        Map<String, String> wrong = new LinkedHashMap<>();
        for (Endpoint endpoint : endpoints()) {
            if (endpoint.method().equals("GET") && endpoint.isOpen()) {
                continue;
            }
            for (Map.Entry<String, Map<String, String>> page : foreign.entrySet()) {
                Map<String, String> headers = new LinkedHashMap<>(admin.headers());
                headers.putAll(page.getValue());
                int status = status(endpoint, headers);
                if (status != 403) {
                    wrong.put(endpoint + " from " + page.getKey(), "got " + status);
                }
            }
            boolean isLogin = List.of("POST session", "POST session/oidc").contains(endpoint.toString());
            for (String csrf : endpoint.isChange() && !isLogin ? List.of("", "0".repeat(64)) : List.<String>of()) {
                int status = status(endpoint, csrf.isEmpty() ? Map.of("Cookie", admin.cookie()) : Map.of("Cookie", admin.cookie(), "X-CSRF-Token", csrf));
                if (status != 403) {
                    wrong.put(endpoint + " with the proof '" + csrf + "'", "got " + status);
                }
            }
        }
        assertEquals(Map.of(), wrong);
        String audit = Files.readString(root.resolve("var/lib/audit/audit.log"));
        assertTrue(audit.contains("\"csrf-token-wrong\"") && audit.contains("\"page-of-another-site\""), "refusals are written down");
        assertEquals(400, status(Endpoint.of("PUT positions editor positions " + "[".repeat(100_000)), admin.headers()), "nesting is limited");
        assertEquals(204, status(Endpoint.of("DELETE session open session"), admin.headers()));
        assertEquals(401, status(Endpoint.of("GET bots viewer bots"), admin.headers()), "a logout ends the session");
    }

    /** Headers of a browser that has been at the provider; the address is where it is sent back to. */
    private record Visitor(URI back, String proof) { }

    private static Visitor atTheProvider() throws Exception {
        HttpResponse<String> begun = HTTP.send(HttpRequest.newBuilder(api.resolve("session/oidc")).header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"next\": \"/events?q=x\"}")).build(), HttpResponse.BodyHandlers.ofString());
        assertEquals(200, begun.statusCode(), begun::body);
        String set = begun.headers().firstValue("Set-Cookie").orElseThrow();
        assertTrue(set.contains("HttpOnly") && set.contains("SameSite=Lax") && set.contains("Max-Age=600"), set);
        URI address = URI.create((String) ((Map<?, ?>) Json.parse(begun.body())).get("address"));
        HttpResponse<String> sentBack = HTTP.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
        return new Visitor(URI.create(sentBack.headers().firstValue("Location").orElseThrow()), set.substring(0, set.indexOf(';')));
    }

    private static HttpResponse<String> comesBack(Visitor visitor) throws Exception {
        HttpResponse<String> answer = HTTP.send(HttpRequest.newBuilder(visitor.back()).header("Cookie", visitor.proof())
                .header("Sec-Fetch-Site", "cross-site").build(), HttpResponse.BodyHandlers.ofString());
        assertEquals(303, answer.statusCode(), answer::body);
        return answer;
    }

    private static String location(HttpResponse<String> answer) {
        String address = answer.headers().firstValue("Location").orElseThrow();
        assertTrue(address.startsWith(server.url().toString()), address);
        return address.substring(server.url().toString().length() - 1);
    }

    @Test
    void aProviderTellsWhoComesIn() throws Exception {
        assertEquals("Example", json("GET", "session/ways", "").get("provider"));
        Visitor visitor = atTheProvider();
        HttpResponse<String> answer = comesBack(visitor);
        assertEquals("/events?q=x", location(answer));
        String set = answer.headers().allValues("Set-Cookie").stream().filter(each -> each.contains("SameSite=Strict")).findFirst().orElseThrow();
        assertTrue(set.contains("HttpOnly") && set.contains("Path=/"), set);
        String cookie = set.substring(0, set.indexOf(';'));
        HttpResponse<String> session = HTTP.send(HttpRequest.newBuilder(api.resolve("session")).header("Cookie", cookie).build(),
                HttpResponse.BodyHandlers.ofString());
        Map<?, ?> who = (Map<?, ?>) Json.parse(session.body());
        assertEquals(List.of("oidc:ann", "operator", "oidc"), List.of(who.get("name"), who.get("role"), who.get("way")));
        Map<String, String> headers = Map.of("Cookie", cookie, "X-CSRF-Token", (String) who.get("csrf"));
        assertEquals(403, status(Endpoint.of("GET users admin users"), headers), "the role counts");
        assertEquals(204, status(Endpoint.of("DELETE session open session"), headers));
        assertEquals(401, status(Endpoint.of("GET bots viewer bots"), headers), "a logout ends the session");
        assertEquals("/login?refused=not-begun-here", location(comesBack(visitor)), "once");
        assertEquals("/login?refused=not-begun-here", location(comesBack(new Visitor(atTheProvider().back(), "x=y"))), "in the same browser");
        provider.claims(Map.of("sub", "4712", "preferred_username", "bob", "groups", List.of("staff")));
        assertEquals("/login?refused=no-role", location(comesBack(atTheProvider())));
        assertEquals(List.of(), provider.complaints());
        String log = Files.readString(root.resolve("var/log/server.log"));
        assertTrue(log.contains("'oidc:bob' has no role: the claim 'groups' holds [staff]") && !log.contains(OidcStub.SECRET), "the log says why");
        String audit = Files.readString(root.resolve("var/lib/audit/audit.log"));
        assertTrue(audit.lines().anyMatch(line -> line.contains("oidc:ann") && line.contains("OpenID Connect") && line.contains("done")), audit);
        assertTrue(audit.lines().anyMatch(line -> line.contains("oidc:bob") && line.contains("no-role")), audit);
    }

    @Test
    void everyAnswerSaysWhatABrowserMayDoWithIt() throws Exception {
        for (String path : List.of("health", "metrics", "api/v1/session", "api/v1/bots", "api/v1/none", "", "app/main.js", "v1/api/version", "none",
                "intelmq-manager/", "api/v1/docs", "api/v1/bots;x", "WEB-INF/web.xml", "app/none.js")) {
            HttpResponse<String> answer = HTTP.send(HttpRequest.newBuilder(URI.create(server.url() + path)).build(), HttpResponse.BodyHandlers.ofString());
            for (String header : List.of("X-Content-Type-Options", "X-Frame-Options", "Referrer-Policy", "Content-Security-Policy", "Permissions-Policy",
                    "Cross-Origin-Opener-Policy", "Cross-Origin-Resource-Policy", "Cache-Control")) {
                assertTrue(answer.headers().firstValue(header).isPresent(), path + " has no " + header);
            }
            assertTrue(answer.headers().firstValue("Content-Security-Policy").orElseThrow().contains("frame-ancestors 'none'"), path);
            assertTrue(!answer.body().contains("Payara"), path);
            assertTrue(answer.headers().firstValue("Server").isEmpty() && answer.headers().firstValue("X-Powered-By").isEmpty(), path);
        }
        HttpResponse<String> answer = HTTP.send(HttpRequest.newBuilder(api.resolve("bots")).header("Authorization", TOKENS.get("viewer")).build(),
                HttpResponse.BodyHandlers.ofString());
        assertEquals(List.of("no-store"), answer.headers().allValues("Cache-Control"));
    }

    @Test
    void tricksWithAddressesMethodsAndHeadersDoNotHelp() throws Exception {
        RawHttp raw = new RawHttp(server.url());
        List<String> let = new ArrayList<>();
        for (String target : List.of("//api/v1/bots", "/api;x/v1/bots", "/api/v1/session/../bots", "/api/v1/session;/../bots", "/api/v1/%2e%2e/v1/bots",
                "/api/v1/session%2f..%2fbots", "/health;/../api/v1/bots", "/health/../api/v1/bots", "/v1/../api/v1/bots", "/v1/%2e%2e/api/v1/bots",
                "/v1/..;/api/v1/bots", "/intelmq-manager/../api/v1/bots", "/api/v1/bots%00", "/API/v1/bots", "/%61pi/v1/bots", "/api/v1/bots;jsessionid=1",
                "/openapi", "/WEB-INF/beans.xml", "/api/v1/application.wadl")) {
            int status = raw.status("GET " + target + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
            if (status < 400) {
                let.add(target + " got " + status);
            }
        }
        String token = "Authorization: " + TOKENS.get("admin") + "\r\n";
        for (String request : List.of("TRACE /api/v1/bots HTTP/1.1\r\nHost: localhost\r\n" + token, "PROPFIND /health HTTP/1.1\r\nHost: localhost\r\n",
                "GET /api/v1/bots HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n" + token, "GET /api/v1/bots HTTP/1.1\r\nHost: evil.example\r\n" + token,
                "GET http://evil.example/api/v1/bots HTTP/1.1\r\nHost: localhost\r\n" + token, "GET /api/v1/bots HTTP/1.0\r\n" + token,
                "GET /api/v1/bots HTTP/1.1\r\nHost: localhost\r\n" + token + token,
                "GET /api/v1/bots?token=" + TOKENS.get("admin") + " HTTP/1.1\r\nHost: localhost\r\n",
                "GET /api/v1/bots HTTP/1.1\r\nHost: localhost\r\nX: " + "a".repeat(100_000) + "\r\n",
                "POST /api/v1/session HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n")) {
            int status = raw.status(request + "\r\n");
            if (status < 400) {
                let.add(request.lines().findFirst().orElseThrow() + " got " + status);
            }
        }
        assertEquals(List.of(), let);
    }

    @Test
    void slowSendersKeepNobodyOut() throws Exception {
        try (RawHttp.Slow slow = new RawHttp(server.url()).slow(220, "POST /api/v1/session HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "Content-Length: 100\r\n\r\n{")) {
            HttpResponse<String> answer = HTTP.send(HttpRequest.newBuilder(server.url().resolve("health")).timeout(Duration.ofSeconds(30)).build(),
                    HttpResponse.BodyHandlers.ofString());
            assertEquals(200, answer.statusCode(), () -> slow.count() + " connections are open");
        }
    }

    @Test
    void whatIsTypedAtALoginStaysOutOfTheLogsAndPages() throws Exception {
        String body = "{\"name\": \"x\\nroot has logged in <script>alert(1)</script>\", \"password\": \"topsecret\"}";
        HttpResponse<String> answer = HTTP.send(HttpRequest.newBuilder(api.resolve("session")).header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)).build(), HttpResponse.BodyHandlers.ofString());
        assertTrue(answer.statusCode() == 401 || answer.statusCode() == 429, answer::body);
        assertTrue(!answer.body().contains("script"), answer::body);
        String logs = Files.readString(root.resolve("var/log/server.log"), StandardCharsets.UTF_8)
                + Files.readString(root.resolve("var/lib/audit/audit.log"), StandardCharsets.UTF_8);
        for (String secret : List.of("topsecret", "root has logged in", PASSWORD, TOKENS.get("admin"))) {
            assertTrue(!logs.contains(secret), secret);
        }
        assertTrue(own.get("api/v1/bots").contains("keep"));
    }
}
