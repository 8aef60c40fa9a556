package org.intelmq.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UsersTest {

    @TempDir
    private Path folder;
    private Users users;

    @BeforeEach
    void begin() {
        users = new Users(folder.resolve("etc/users.json"));
    }

    @Test
    void knowsTheRightPasswordOnly() throws Exception {
        users.put("ann", Role.EDITOR, "correct horse");
        assertEquals(Optional.of(new Account("ann", Role.EDITOR)), users.check("ann", "correct horse"));
        for (String wrong : List.of("correct Horse", "", "correct horse ")) {
            assertEquals(Optional.empty(), users.check("ann", wrong), wrong);
        }
        assertEquals(Optional.empty(), users.check("Ann", "correct horse"));
        assertEquals(Optional.empty(), users.check("nobody", ""));
    }

    @Test
    void theFileIsForItsOwnerAloneAndHoldsNoPassword() throws Exception {
        users.put("ann", Role.ADMIN, "correct horse");
        users.put("bob", Role.VIEWER, "correct horse");
        Path file = folder.resolve("etc/users.json");
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        String text = Files.readString(file);
        assertFalse(text.contains("horse"), text);
        assertEquals(2, text.lines().filter(line -> line.contains("pbkdf2-sha512$210000$")).distinct().count(), "the same password is not stored alike");
    }

    @Test
    void changesAndRemoves() throws Exception {
        users.put("ann", Role.ADMIN, "correct horse");
        assertTrue(users.change("ann", Role.VIEWER));
        assertEquals(List.of(new Account("ann", Role.VIEWER)), users.list());
        assertTrue(users.check("ann", "correct horse").isPresent());
        assertTrue(users.remove("ann"));
        assertFalse(users.remove("ann"));
        assertFalse(users.change("ann", Role.ADMIN));
        assertEquals(List.of(), users.list());
    }

    @Test
    void refusesWhatCannotBe() {
        assertThrows(IllegalArgumentException.class, () -> users.put("a b", Role.ADMIN, "correct horse"));
        assertThrows(IllegalArgumentException.class, () -> users.put("..", Role.ADMIN, "correct horse"));
        assertThrows(IllegalArgumentException.class, () -> users.put("ann", Role.ADMIN, "short"));
        assertThrows(IllegalArgumentException.class, () -> Role.of("king"));
    }

    /** As each call of the command line about users does. */
    @Test
    void toLookAtUsersNoPasswordIsHashed() {
        Users slow = new Users(folder.resolve("users.json"), Clock.systemUTC(), 99_999_999);
        assertTimeoutPreemptively(Duration.ofSeconds(10), slow::list);
        assertFalse(PasswordHash.ofNobody(1).isOf(""));
    }
}
