package org.intelmq.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.intelmq.testing.MovableClock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerGateTest {

    private static final Account ANN = new Account("ann", Role.OPERATOR);

    @TempDir
    private Path folder;
    private final MovableClock clock = new MovableClock(Instant.parse("2026-01-02T03:04:05Z"));
    private People people;
    private Users users;
    private Gate gate;

    @BeforeEach
    void begin() throws Exception {
        people = new People(folder, folder.resolve("state"), () -> "server-token", clock, 1000);
        users = people.users();
        users.put("ann", Role.OPERATOR, "correct horse");
        gate = people.gate();
    }

    private Gate.Login login(String name, String password) {
        return gate.login(name, password, "192.0.2.1");
    }

    @Test
    void aNewPasswordEndsTheSessionsOfTheOldOne() throws Exception {
        String token = login("ann", "correct horse").token();
        users.put("ann", Role.OPERATOR, "battery staple");
        assertEquals(Optional.empty(), gate.account(token));
        assertEquals(Optional.of(ANN), gate.account(login("ann", "battery staple").token()));
    }

    @Test
    void aTokenIsGoodAsLongAsItIsUsedButForNoMoreThanAWeek() {
        String token = login("ann", "correct horse").token();
        assertTrue(token.matches("[0-9a-f]{64}"), token);
        assertNotEquals(token, login("ann", "correct horse").token());
        for (int day = 0; day < 7; day++) {
            clock.pass(Duration.ofSeconds(86_399));
            assertEquals(Optional.of(ANN), gate.account(token));
        }
        clock.pass(Duration.ofSeconds(7));
        assertEquals(Optional.empty(), gate.account(token));
        String unused = login("ann", "correct horse").token();
        clock.pass(Duration.ofSeconds(86_401));
        assertEquals(Optional.empty(), gate.account(unused));
    }

    @Test
    void aChangeOfTheUserEndsItsSessionsAtOnce() throws Exception {
        String token = login("ann", "correct horse").token();
        users.change("ann", Role.VIEWER);
        assertEquals(Optional.empty(), gate.account(token));
        String viewer = login("ann", "correct horse").token();
        assertEquals(Optional.of(new Account("ann", Role.VIEWER)), gate.account(viewer));
        users.remove("ann");
        assertEquals(Optional.empty(), gate.account(viewer));
    }

    @Test
    void theTokenOfTheServerMayDoEverything() {
        assertEquals(Role.ADMIN, gate.account("server-token").orElseThrow().role());
        for (String other : new String[] {null, "", "server-toke", "Bearer server-token"}) {
            assertEquals(Optional.empty(), gate.account(other), other);
        }
    }

    @Test
    void takesTokensForProgramsUntilTheyExpire() throws Exception {
        String token = people.tokens().add("ci", Role.EDITOR, Duration.ofDays(1), false).text();
        assertEquals(Optional.of(new Account("token:ci", Role.EDITOR)), gate.account(token));
        clock.pass(Duration.ofDays(1));
        assertEquals(Optional.empty(), gate.account(token));
    }

    @Test
    void guessingGetsSlower() {
        for (int failure = 0; failure < 5; failure++) {
            assertNull(login("ann", "wrong").delay(), "failure " + failure);
        }
        assertEquals(Duration.ofSeconds(1), login("ann", "correct horse").delay());
        clock.pass(Duration.ofSeconds(1));
        assertNull(login("ann", "wrong").delay());
        assertEquals(Duration.ofSeconds(2), login("ann", "correct horse").delay());
        assertEquals(Duration.ofSeconds(2), gate.login("ann", "correct horse", "192.0.2.9").delay(), "from elsewhere too");
        assertNull(gate.login("bob", "wrong", "192.0.2.9").delay(), "others are not held up");
        clock.pass(Duration.ofSeconds(2));
        assertNotNull(login("ann", "correct horse").token());
    }

    @Test
    void strangersCannotKeepAUserOutFromWhereTheUserIsKnown() {
        assertNotNull(login("ann", "correct horse").token());
        for (int failure = 0; failure < 6; failure++) {
            gate.login("ann", "wrong", "198.51.100.7");
        }
        assertNotNull(gate.login("ann", "correct horse", "203.0.113.5").delay(), "nor from where it is not known");
        assertNotNull(login("ann", "correct horse").token());
    }
}
