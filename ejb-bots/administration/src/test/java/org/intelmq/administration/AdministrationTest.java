package org.intelmq.administration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.intelmq.access.Role;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdministrationTest {

    @TempDir
    private Path folder;

    private final AtomicInteger done = new AtomicInteger();

    private record Look() implements Query<String> {

        @Override
        public String perform(Site site) {
            return "seen";
        }
    }

    private record Change(AtomicInteger done, boolean possible) implements Command<Integer> {

        @Override
        public Role needs() {
            return Role.EDITOR;
        }

        @Override
        public String summary() {
            return "change it";
        }

        @Override
        public Integer perform(Site site) {
            if (!possible) {
                throw new Refusal(Refusal.Kind.CONFLICT, "changed-meanwhile", "somebody else changed it", "Look again.");
            }
            return done.incrementAndGet();
        }
    }

    private Path audit() {
        return folder.resolve("audit/audit.log");
    }

    private Administration administration() {
        return new Administration(new Site(null, null, null, null, null, null, null, null, null),
                new AuditLog(audit(), Clock.fixed(Instant.parse("2026-01-02T03:04:05Z"), ZoneOffset.UTC)));
    }

    private static Caller caller(Role role) {
        return new Caller("anna", role, "rest 127.0.0.1");
    }

    @Test
    void looksWithoutATrace() throws Exception {
        assertEquals("seen", administration().perform(caller(Role.VIEWER), new Look()));
        assertFalse(Files.exists(audit()));
    }

    @Test
    void changesAndWritesItDown() throws Exception {
        assertEquals(1, administration().perform(caller(Role.EDITOR), new Change(done, true)));
        assertEquals(List.of("{\"time\": \"2026-01-02T03:04:05Z\", \"who\": \"anna\", \"role\": \"editor\", \"way\": \"rest 127.0.0.1\", "
                + "\"what\": \"change it\", \"result\": \"done\"}"), Files.readAllLines(audit()));
    }

    @Test
    void refusesALowerRoleAndWritesItDown() throws Exception {
        Refusal refusal = assertThrows(Refusal.class, () -> administration().perform(caller(Role.OPERATOR), new Change(done, true)));
        assertEquals("role-too-low", refusal.code());
        assertEquals(0, done.get());
        assertEquals(1, Files.readAllLines(audit()).stream().filter(line -> line.contains("\"result\": \"role-too-low\"")).count());
    }

    @Test
    void writesDownWhatAnOperationRefuses() throws Exception {
        assertThrows(Refusal.class, () -> administration().perform(caller(Role.ADMIN), new Change(done, false)));
        assertEquals(1, Files.readAllLines(audit()).stream().filter(line -> line.contains("\"result\": \"changed-meanwhile\"")).count());
    }

    @Test
    void changesNothingThatCannotBeWrittenDown() throws Exception {
        Files.writeString(folder.resolve("audit"), "a file where the folder should be");
        assertThrows(Exception.class, () -> administration().perform(caller(Role.ADMIN), new Change(done, true)));
        assertEquals(0, done.get());
    }

    @Test
    void strangersCannotFillTheDiskWithRefusals() throws Exception {
        Administration administration = administration();
        for (int i = 0; i < 100; i++) {
            assertEquals(i == 0, administration.noteRefused(null, null, "http 192.0.2.1", "POST /api/v1/" + "x".repeat(i * 100), "csrf-token-wrong"));
        }
        administration.noteRefused(null, null, "http 192.0.2.1", "GET /\n{\"forged\"}" + "x".repeat(10_000), "host-unknown");
        administration.noteRefused(null, null, "http 192.0.2.2", "POST /api/v1/draft", "csrf-token-wrong");
        List<String> lines = Files.readAllLines(audit());
        assertEquals(3, lines.size(), lines::toString);
        assertTrue(lines.get(1).contains("GET /\\n{\\\"forged\\\"}x") && lines.get(1).length() < 400, lines::toString);
    }

    @Test
    void eachUserWhomAProviderNamesIsWrittenDown() throws Exception {
        Administration administration = administration();
        for (String who : List.of("oidc:ann", "oidc:eve", "oidc:ann")) {
            administration.noteRefused(who, null, "login 192.0.2.1", "login with OpenID Connect", "no-role");
        }
        List<String> lines = Files.readAllLines(audit());
        assertEquals(2, lines.size(), lines::toString);
        assertTrue(lines.get(1).contains("oidc:eve"), lines::toString);
    }

    @Test
    void nothingIsChangedWhileAPipeStandsWhereTheAuditLogShouldBe() throws Exception {
        Files.createDirectories(audit().getParent());
        assertEquals(0, new ProcessBuilder("mkfifo", audit().toString()).start().waitFor());
        UncheckedIOException refused = assertTimeoutPreemptively(Duration.ofSeconds(10),
                () -> assertThrows(UncheckedIOException.class, () -> administration().perform(caller(Role.ADMIN), new Change(done, true))));
        assertTrue(refused.getMessage().contains("it is a pipe"), refused.getMessage());
        assertEquals(0, done.get());
    }
}
