package org.intelmq.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.intelmq.testing.MovableClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokensTest {

    private static final Duration DAY = Duration.ofDays(1);

    @TempDir
    private Path folder;
    private final MovableClock clock = new MovableClock(Instant.parse("2026-01-02T03:04:05Z"));

    private Tokens tokens() {
        return new Tokens(folder.resolve("etc/tokens.json"), clock);
    }

    @Test
    void knowsATokenUntilItExpiresOrIsRemoved() throws Exception {
        Tokens.Made made = tokens().add("ci", Role.OPERATOR, DAY, false);
        Tokens.Made other = tokens().add("siem", Role.VIEWER, Duration.ofDays(2), false);
        assertEquals(Optional.of(made.token()), tokens().find(made.text()));
        for (String wrong : List.of("", "intelmq_", made.token().id(), made.token().digest(), made.text().substring(8), made.text() + "0")) {
            assertEquals(Optional.empty(), tokens().find(wrong), wrong);
        }
        clock.pass(DAY);
        assertEquals(Optional.empty(), tokens().find(made.text()));
        assertEquals(List.of("ci", "siem"), tokens().list().stream().map(Tokens.Token::name).toList());
        assertEquals(Optional.of(other.token()), tokens().remove("siem"));
        assertEquals(Optional.empty(), tokens().find(other.text()));
        assertEquals(Optional.empty(), tokens().remove("siem"));
    }

    @Test
    void theFileIsForItsOwnerAloneAndHoldsNoToken() throws Exception {
        Tokens.Made made = tokens().add("ci", Role.OPERATOR, DAY, false);
        Path file = folder.resolve("etc/tokens.json");
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        assertFalse(Files.readString(file).contains(made.text().substring(8)));
        assertFalse(made.toString().contains(made.text()));
    }

    @Test
    void refusesWhatCannotBe() throws Exception {
        tokens().add("ci", Role.OPERATOR, DAY, false);
        assertThrows(IllegalArgumentException.class, () -> tokens().add("ci", Role.VIEWER, DAY, false));
        assertThrows(IllegalArgumentException.class, () -> tokens().add("a\nb", Role.VIEWER, DAY, false));
        assertThrows(IllegalArgumentException.class, () -> tokens().add("x", Role.VIEWER, Duration.ZERO, false));
        assertThrows(IllegalArgumentException.class, () -> tokens().add("x", Role.VIEWER, Duration.ofDays(367), false));
        assertThrows(IllegalArgumentException.class, () -> tokens().add("x", Role.OPERATOR, DAY, true));
    }

    @Test
    void remembersWhenOneWasUsed() throws Exception {
        People people = new People(folder, folder.resolve("state"), () -> "server-token", clock, 1000);
        Tokens.Made made = people.tokens().add("ci", Role.VIEWER, DAY, false);
        assertEquals(Optional.empty(), people.lastUse().ofToken(made.token().id()));
        assertTrue(people.gate().account(made.text()).isPresent());
        assertEquals(Optional.of(clock.instant()), people.lastUse().ofToken(made.token().id()));
    }
}
