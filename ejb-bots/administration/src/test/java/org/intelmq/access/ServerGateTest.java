package org.intelmq.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerGateTest {

    private static final Account ANN = new Account("ann", Role.OPERATOR);

    @TempDir
    private Path folder;
    private Instant now = Instant.parse("2026-01-02T03:04:05Z");
    private Users users;
    private ServerGate gate;

    @BeforeEach
    void begin() throws Exception {
        users = new Users(folder.resolve("users.json"));
        users.put("ann", Role.OPERATOR, "correct horse");
        gate = new ServerGate(users, "server-token", new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return now;
            }
        });
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
    void aTokenIsGoodAsLongAsItIsUsed() {
        String token = login("ann", "correct horse").token();
        assertTrue(token.matches("[0-9a-f]{64}"), token);
        assertNotEquals(token, login("ann", "correct horse").token());
        for (int day = 0; day < 3; day++) {
            now = now.plusSeconds(86_399);
            assertEquals(Optional.of(ANN), gate.account(token));
        }
        now = now.plusSeconds(86_401);
        assertEquals(Optional.empty(), gate.account(token));
    }

    @Test
    void aChangeOfTheUserCountsAtOnce() throws Exception {
        String token = login("ann", "correct horse").token();
        users.change("ann", Role.VIEWER);
        assertEquals(Optional.of(new Account("ann", Role.VIEWER)), gate.account(token));
        users.remove("ann");
        assertEquals(Optional.empty(), gate.account(token));
    }

    @Test
    void theTokenOfTheServerMayDoEverything() {
        assertEquals(Role.ADMIN, gate.account("server-token").orElseThrow().role());
        for (String other : new String[] {null, "", "server-toke", "Bearer server-token"}) {
            assertEquals(Optional.empty(), gate.account(other), other);
        }
    }

    @Test
    void guessingGetsSlower() {
        for (int failure = 0; failure < 5; failure++) {
            assertNull(login("ann", "wrong").delay(), "failure " + failure);
        }
        assertEquals(Duration.ofSeconds(1), login("ann", "correct horse").delay());
        now = now.plusSeconds(1);
        assertNull(login("ann", "wrong").delay());
        assertEquals(Duration.ofSeconds(2), login("ann", "correct horse").delay());
        assertEquals(Duration.ofSeconds(2), gate.login("ann", "correct horse", "192.0.2.9").delay(), "from elsewhere too");
        assertNull(gate.login("bob", "wrong", "192.0.2.9").delay(), "others are not held up");
        now = now.plusSeconds(2);
        assertNotNull(login("ann", "correct horse").token());
    }
}
