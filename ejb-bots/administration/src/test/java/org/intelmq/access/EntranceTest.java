package org.intelmq.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.intelmq.testing.MovableClock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EntranceTest {

    private static final String BOTS = "/api/v1/bots";
    private static final String LASTING = "Bearer 0123456789abcdef";

    @TempDir
    private Path folder;
    private final MovableClock clock = new MovableClock(Instant.parse("2026-01-02T03:04:05Z"));
    private People people;
    private Entrance entrance;
    private long changes;

    @BeforeEach
    void begin() throws Exception {
        people = new People(folder, folder.resolve("state"), () -> "secret", clock, 1000);
        people.users().put("ann", Role.OPERATOR, "correct horse");
        entrance = people.entrance(new OurNames(URI.create("http://127.0.0.1:8080/"), "https://intelmq.example"));
    }

    /** @param headers name, value, name, value … */
    private static HttpVisit visit(String method, String path, String... headers) {
        Map<String, List<String>> all = new LinkedHashMap<>(Map.of("Host", List.of("localhost:8080")));
        for (int i = 0; i < headers.length; i += 2) {
            all.put(headers[i], List.of(headers[i + 1]));
        }
        return new HttpVisit(method, path, path, all, "192.0.2.1", 8080, false);
    }

    private Pass pass(HttpVisit visit) {
        return entrance.admit(visit) instanceof Decision.Enter enter ? enter.pass() : null;
    }

    /** The code of the refusal; {@code null} if the request is passed on. */
    private String refused(HttpVisit visit) {
        return entrance.admit(visit) instanceof Decision.Refuse refuse ? refuse.status() + " " + refuse.code() : null;
    }

    private boolean isAllowed(String authorization, String method, String path) {
        return refused(visit(method, path, "Authorization", authorization)) == null;
    }

    private String cookie() throws IOException {
        return "other=1; intelmq-8080=" + people.signIn().withPassword("ann", "correct horse", "192.0.2.1").token();
    }

    private void readingToken(String content, String permissions) throws IOException {
        Path file = folder.resolve("metrics.token");
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions)));
        Files.writeString(file, content);
        Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH.plusSeconds(++changes)));
    }

    @Test
    void nothingIsOpenButWhatHasToBe() {
        for (String path : new String[] {BOTS, "/api/v1/session/password", "/api/v1/health", "/api/v2/x", "/api", "/metrics", "/metrics/x",
                "/api/v1/docs/x", "/api/v1/openapi.json/"}) {
            assertEquals("401 login-needed", refused(visit("GET", path)), path);
        }
        for (String path : new String[] {"/health", "/health/live", "/health/ready", "/api/v1/session", "/api/v1/session/oidc", "/api/v1/session/ways",
                "/api/v1/openapi.json", "/api/v1/docs", "/", "/login", "/app/main.js"}) {
            assertNull(refused(visit("GET", path)), path);
            assertNull(pass(visit("GET", path)), path);
        }
        assertEquals("401 login-needed", refused(visit("POST", "/pipeline")));
    }

    @Test
    void takesTheTokenOfTheServerAndNoOther() {
        Pass pass = pass(visit("POST", BOTS, "Authorization", "secret"));
        assertEquals("intelmqctl (admin, server)", pass.toString());
        assertNotNull(pass(visit("POST", BOTS, "Authorization", "bearer  secret")));
        for (String other : new String[] {"secre", "", "Bearer", "Bearer other", "Basic secret"}) {
            assertEquals("401 login-needed", refused(visit("GET", BOTS, "Authorization", other)), other);
            clock.pass(Duration.ofHours(2));
        }
        HttpVisit twice = new HttpVisit("GET", BOTS, BOTS, Map.of("Host", List.of("localhost"), "authorization", List.of("secret", "secret")),
                "192.0.2.1", 1, false);
        assertEquals("400 credentials-twice", refused(twice));
    }

    @Test
    void takesTokensOfPrograms() throws Exception {
        String token = people.tokens().add("ci", Role.EDITOR, Duration.ofDays(1), false).text();
        assertEquals("token:ci (editor, token)", pass(visit("POST", BOTS, "Authorization", "Bearer " + token)).toString());
        people.tokens().remove("ci");
        assertEquals("401 login-needed", refused(visit("POST", BOTS, "Authorization", "Bearer " + token)));
        String display = people.tokens().add("wall", Role.VIEWER, Duration.ofDays(1), true).text();
        assertNull(refused(visit("GET", BOTS, "Authorization", display)));
        assertEquals("403 read-only", refused(visit("PUT", "/api/v1/searches/x", "Authorization", display)));
    }

    @Test
    void aLoginIsGoodForPagesOfOursAlone() throws Exception {
        String cookie = cookie();
        Pass pass = pass(visit("GET", BOTS, "Cookie", cookie, "Sec-Fetch-Site", "same-origin"));
        assertEquals("ann (operator, session)", pass.toString());
        assertNotNull(pass(visit("GET", BOTS, "Cookie", cookie, "Sec-Fetch-Site", "none")));
        assertEquals("403 csrf-token-wrong", refused(visit("POST", BOTS, "Cookie", cookie)));
        assertEquals("403 csrf-token-wrong", refused(visit("POST", BOTS, "Cookie", cookie, Entrance.CSRF, "0")));
        assertNotNull(pass(visit("POST", BOTS, "Cookie", cookie, Entrance.CSRF, pass.csrf(), "Origin", "http://localhost:8080")));
        for (String method : new String[] {"GET", "POST"}) {
            for (String site : new String[] {"same-site", "cross-site"}) {
                assertEquals("403 page-of-another-site", refused(visit(method, BOTS, "Cookie", cookie, Entrance.CSRF, pass.csrf(), "Sec-Fetch-Site", site)));
            }
            for (String origin : new String[] {"http://localhost:9999", "https://localhost:8080", "http://127.0.0.1:8080", "null", "https://a.example"}) {
                assertEquals("403 page-of-another-site", refused(visit(method, BOTS, "Cookie", cookie, Entrance.CSRF, pass.csrf(), "Origin", origin)), origin);
            }
        }
        assertEquals("403 page-of-another-site", refused(visit("POST", Zone.SESSION, "Origin", "http://localhost:9999")), "nor does one log others in");
        assertEquals("400 credentials-twice", refused(visit("GET", BOTS, "Cookie", cookie + "; intelmq-8080=x")));
        assertEquals("401 login-needed", refused(visit("GET", BOTS, "Cookie", cookie.replace("8080", "8081"))));
    }

    @Test
    void aLoginEnds() throws Exception {
        String cookie = cookie();
        for (int i = 0; i < 12; i++) {
            assertNotNull(pass(visit("GET", BOTS, "Cookie", cookie)), "hour " + i);
            clock.pass(Duration.ofHours(1));
        }
        assertEquals("401 login-needed", refused(visit("GET", BOTS, "Cookie", cookie)), "after twelve hours");
        assertNull(refused(visit("GET", Zone.SESSION, "Cookie", cookie)), "which the page asks first");
        String unused = cookie();
        clock.pass(Duration.ofSeconds(3601));
        assertEquals("401 login-needed", refused(visit("GET", BOTS, "Cookie", unused)), "after an hour without a request");
        String changed = cookie();
        people.users().change("ann", Role.VIEWER);
        assertEquals("401 login-needed", refused(visit("GET", BOTS, "Cookie", changed)), "with another role");
        String removed = cookie();
        people.users().remove("ann");
        assertEquals("401 login-needed", refused(visit("GET", BOTS, "Cookie", removed)), "with the user");
    }

    @Test
    void whoStillReceivesSomethingMustStillBeWelcome() throws Exception {
        HttpVisit stream = visit("GET", "/api/v1/stream", "Cookie", cookie());
        Pass pass = pass(stream);
        clock.pass(Duration.ofMinutes(50));
        assertTrue(entrance.isStillGood(stream, pass));
        clock.pass(Duration.ofMinutes(11));
        assertFalse(entrance.isStillGood(stream, pass), "a stream is no request");
        HttpVisit other = visit("GET", "/api/v1/stream", "Cookie", cookie());
        Pass others = pass(other);
        people.users().change("ann", Role.VIEWER);
        assertFalse(entrance.isStillGood(other, others), "with another role");
        Tokens.Made token = people.tokens().add("siem", Role.VIEWER, Duration.ofDays(1), false);
        HttpVisit program = visit("GET", "/api/v1/stream", "Authorization", "Bearer " + token.text());
        Pass its = pass(program);
        assertTrue(entrance.isStillGood(program, its));
        clock.pass(Duration.ofDays(2));
        assertFalse(entrance.isStillGood(program, its), "after the token's end");
    }

    @Test
    void theCookieIsBoundToTheServer() {
        assertEquals("intelmq-8080", entrance.cookie(visit("GET", "/")));
        assertEquals("__Host-intelmq", entrance.cookie(visit("GET", "/", "Host", "intelmq.example")), "behind a proxy with TLS");
        assertNull(refused(visit("POST", Zone.SESSION, "Host", "intelmq.example", "Origin", "https://intelmq.example")));
        assertEquals("403 page-of-another-site", refused(visit("POST", Zone.SESSION, "Host", "intelmq.example", "Origin", "http://intelmq.example")));
        assertNull(refused(visit("POST", Zone.SESSION, "Host", "127.0.0.1:8080", "Origin", "https://intelmq.example")), "if the proxy names itself");
    }

    @Test
    void refusesAddressesThatCanBeReadInTwoWays() {
        for (String target : new String[] {"/api/v1/bots;x", "//api/v1/bots", "/api//v1/bots", "/api/v1/session/../bots", "/api/v1/./bots",
                "/api/v1/%2e%2e/bots", "/api/v1/bots%2fx", "/api/v1/bots%5Cx", "/api/v1/bots\\x", "/api/v1/bots%00", "/api/v1/session/..", "/api/v1/%252e"}) {
            HttpVisit visit = new HttpVisit("GET", target, BOTS, Map.of("Host", List.of("localhost"), "Authorization", List.of("secret")),
                    "192.0.2.1", 1, false);
            assertEquals("400 address-ambiguous", refused(visit), target);
        }
        for (String path : new String[] {BOTS, "/health", "/v1/api/version", "/"}) {
            for (String method : new String[] {"TRACE", "CONNECT", "get", "PROPFIND"}) {
                assertEquals("405 method-unknown", refused(visit(method, path, "Authorization", "secret")));
            }
        }
        assertNull(refused(visit("GET", "/api/v1/bots/a.b%20c", "Authorization", "secret")));
    }

    @Test
    void refusesRequestsWhoseEndCanBeReadInTwoWays() {
        for (String path : new String[] {BOTS, "/health", "/v1/api/version", "/"}) {
            assertEquals("400 length-ambiguous", refused(visit("POST", path, "Content-Length", "4", "Transfer-Encoding", "chunked")));
            assertEquals("400 length-ambiguous", refused(visit("POST", path, "Transfer-Encoding", "xchunked")));
            assertEquals("400 length-ambiguous", refused(visit("POST", path, "Transfer-Encoding", "chunked, identity")));
        }
        assertNull(refused(visit("POST", BOTS, "Transfer-Encoding", "Chunked", "Authorization", "secret")));
    }

    @Test
    void letsTheLastingTokenReadFiguresOnly() throws IOException {
        assertFalse(isAllowed(LASTING, "GET", "/metrics"));
        readingToken("0123456789abcdef\n", "rw-r-----");
        for (String path : new String[] {"/metrics", "/api/v1/bots/status", "/api/v1/bots/a-bot/statistics", "/api/v1/queues", "/api/v1/check"}) {
            assertTrue(isAllowed(LASTING, "GET", path), path);
            clock.pass(Duration.ofHours(2));
            assertFalse(isAllowed(LASTING, "POST", path), path);
            clock.pass(Duration.ofHours(2));
        }
        for (String path : new String[] {"/api/v1/bots/a-bot/log", "/api/v1/queues/a-queue/messages", "/api/v1/bots/a-bot/next", "/metrics/x",
                "/api/v1/users"}) {
            assertFalse(isAllowed(LASTING, "GET", path), path);
            clock.pass(Duration.ofHours(2));
        }
    }

    @Test
    void followsTheFileOfTheLastingToken() throws IOException {
        readingToken("0123456789abcdef", "rw-------");
        assertTrue(isAllowed("0123456789abcdef", "GET", "/metrics"));
        readingToken("fedcba9876543210", "rw-------");
        assertFalse(isAllowed("0123456789abcdef", "GET", "/metrics"));
        assertTrue(isAllowed("fedcba9876543210", "GET", "/metrics"));
        Files.delete(folder.resolve("metrics.token"));
        assertFalse(isAllowed("fedcba9876543210", "GET", "/metrics"));
    }

    @Test
    void takesNoLastingTokenThatIsKnownOrGuessed() throws IOException {
        readingToken("0123456789abcdef", "rw-r--r--");
        assertFalse(isAllowed("0123456789abcdef", "GET", "/metrics"));
        readingToken("short", "rw-------");
        assertFalse(isAllowed("short", "GET", "/metrics"));
        readingToken("", "rw-------");
        assertFalse(isAllowed("", "GET", "/metrics"));
    }

    @Test
    void guessingATokenGetsSlower() throws IOException {
        readingToken("0123456789abcdef", "rw-------");
        for (int i = 0; i < 5; i++) {
            assertEquals("401 login-needed", refused(visit("GET", "/metrics", "Authorization", "guess " + i)));
        }
        Decision held = entrance.admit(visit("GET", "/metrics", "Authorization", LASTING));
        assertEquals(Duration.ofSeconds(1), ((Decision.Refuse) held).delay());
        assertTrue(isAllowed("secret", "GET", "/metrics"), "which nobody can guess");
        clock.pass(Duration.ofSeconds(1));
        assertTrue(isAllowed(LASTING, "GET", "/metrics"));
    }

    @Test
    void answersOnlyUnderItsOwnNames() {
        OurNames names = new OurNames(URI.create("http://10.0.0.5:8080/"), "intelmq.example, Second.example, https://third.example");
        for (String name : new String[] {"localhost:8080", "127.0.0.1", "[::1]:8080", "LOCALHOST", "10.0.0.5:8080", "intelmq.example", "second.example:443",
                "third.example"}) {
            assertTrue(names.isOurs(name), name);
        }
        for (String name : Arrays.asList("attacker.example", "localhost.attacker.example", "127.0.0.1.attacker.example:8080", "")) {
            assertFalse(names.isOurs(name), name);
        }
        assertEquals("403 host-unknown", refused(visit("GET", "/", "Host", "attacker.example")));
        assertEquals("403 host-unknown", refused(visit("GET", "/v1/api/version", "Host", "attacker.example")));
        assertEquals("403 host-unknown", refused(new HttpVisit("GET", BOTS, BOTS, Map.of("Host", List.of("localhost", "localhost")), "192.0.2.1", 1, false)));
    }

    @Test
    void aBrowserComesBackFromAProviderWithoutALogin() throws Exception {
        String provider = "/api/v1/session/oidc";
        assertNull(refused(visit("GET", provider, "Sec-Fetch-Site", "cross-site")));
        assertNull(refused(visit("GET", provider, "Sec-Fetch-Site", "same-site", "Cookie", cookie())), "the provider may be on the same site");
        assertNull(refused(visit("POST", provider, "Sec-Fetch-Site", "same-origin")));
        assertNull(refused(visit("POST", provider, "Cookie", cookie())), "one login may follow another");
        assertEquals("403 page-of-another-site", refused(visit("POST", provider, "Sec-Fetch-Site", "cross-site")), "no other site begins one");
        assertEquals("403 page-of-another-site", refused(visit("POST", provider, "Origin", "https://evil.example")));
        assertEquals("https://intelmq.example", entrance.origin(visit("GET", provider, "Host", "intelmq.example")));
        assertEquals("http://localhost:8080", entrance.origin(visit("GET", provider)));
        assertEquals("__Host-intelmq-oidc", entrance.providerCookie(visit("GET", provider, "Host", "intelmq.example")));
    }
}
