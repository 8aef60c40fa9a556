package org.intelmq.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccessTest {

    @TempDir
    private Path folder;
    private long changes;

    private Access access(String url, Map<String, String> environment) throws IOException {
        Path file = Files.writeString(folder.resolve("server.json"), "{\"pid\": 1, \"url\": \"" + url + "\", \"token\": \"secret\"}");
        return Access.of(file, new ReadingToken(folder.resolve("metrics.token")), environment);
    }

    private void readingToken(String content, String permissions) throws IOException {
        Path file = folder.resolve("metrics.token");
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions)));
        Files.writeString(file, content);
        Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH.plusSeconds(++changes)));
    }

    @Test
    void takesTheTokenAndNoOther() throws IOException {
        Access access = access("http://127.0.0.1:8080/", Map.of());
        assertTrue(access.isAllowed("secret", "POST", "/api/v1/bots/start"));
        assertFalse(access.isAllowed("secre", "GET", "/metrics"));
        assertFalse(access.isAllowed("", "GET", "/metrics"));
        assertFalse(access.isAllowed(null, "GET", "/metrics"));
    }

    @Test
    void takesTheTokenAsPrometheusSendsIt() throws IOException {
        Access access = access("http://127.0.0.1:8080/", Map.of());
        assertTrue(access.isAllowed("Bearer secret", "GET", "/metrics"));
        assertTrue(access.isAllowed("bearer  secret", "POST", "/api/v1/bots/start"));
        assertFalse(access.isAllowed("Bearer", "GET", "/metrics"));
        assertFalse(access.isAllowed("Bearer other", "GET", "/metrics"));
        assertFalse(access.isAllowed("Basic secret", "GET", "/metrics"));
    }

    @Test
    void letsTheLastingTokenReadFiguresOnly() throws IOException {
        Access access = access("http://127.0.0.1:8080/", Map.of());
        String lasting = "Bearer 0123456789abcdef";
        assertFalse(access.isAllowed(lasting, "GET", "/metrics"));
        readingToken("0123456789abcdef\n", "rw-r-----");
        for (String path : new String[] {"/metrics", "/api/v1/bots/status", "/api/v1/bots/a-bot/statistics", "/api/v1/queues", "/api/v1/problems"}) {
            assertTrue(access.isAllowed(lasting, "GET", path), path);
            assertFalse(access.isAllowed(lasting, "POST", path), path);
            assertFalse(access.isAllowed(lasting, "DELETE", path), path);
        }
        for (String path : new String[] {"/api/v1/bots/a-bot/log", "/api/v1/queues/a-queue/messages", "/api/v1/bots/a-bot/next", "/metrics/x", "/"}) {
            assertFalse(access.isAllowed(lasting, "GET", path), path);
        }
    }

    @Test
    void followsTheFileOfTheLastingToken() throws IOException {
        Access access = access("http://127.0.0.1:8080/", Map.of());
        readingToken("0123456789abcdef", "rw-------");
        assertTrue(access.isAllowed("0123456789abcdef", "GET", "/metrics"));
        readingToken("fedcba9876543210", "rw-------");
        assertFalse(access.isAllowed("0123456789abcdef", "GET", "/metrics"));
        assertTrue(access.isAllowed("fedcba9876543210", "GET", "/metrics"));
        Files.delete(folder.resolve("metrics.token"));
        assertFalse(access.isAllowed("fedcba9876543210", "GET", "/metrics"));
    }

    @Test
    void takesNoLastingTokenThatIsKnownOrGuessed() throws IOException {
        Access access = access("http://127.0.0.1:8080/", Map.of());
        readingToken("0123456789abcdef", "rw-r--r--");
        assertFalse(access.isAllowed("0123456789abcdef", "GET", "/metrics"));
        readingToken("short", "rw-------");
        assertFalse(access.isAllowed("short", "GET", "/metrics"));
        readingToken("", "rw-------");
        assertFalse(access.isAllowed("", "GET", "/metrics"));
    }

    @Test
    void answersOnlyUnderItsOwnNames() throws IOException {
        Access access = access("http://10.0.0.5:8080/", Map.of("INTELMQ_HTTP_HOSTS", "intelmq.example, Second.example"));
        for (String name : new String[] {"localhost:8080", "127.0.0.1", "[::1]:8080", "LOCALHOST", "10.0.0.5:8080", "intelmq.example", "second.example:443"}) {
            assertTrue(access.isOurName(name), name);
        }
        for (String name : new String[] {"attacker.example", "localhost.attacker.example", "127.0.0.1.attacker.example:8080", "", null}) {
            assertFalse(access.isOurName(name), name);
        }
    }

    @Test
    void saysWhatIsWrongWithTheServerFile() {
        IOException problem = assertThrows(IOException.class, () -> access("::", Map.of()));
        assertEquals(folder.resolve("server.json") + " is not usable: expected {\"url\": …, \"token\": …}", problem.getMessage());
    }
}
