package org.intelmq.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.intelmq.testing.MovableClock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SignInTest {

    private static final String HERE = "192.0.2.1";

    @TempDir
    private Path folder;
    private final MovableClock clock = new MovableClock(Instant.parse("2026-01-02T03:04:05Z"));
    private People people;
    private SignIn signIn;

    @BeforeEach
    void begin() {
        people = new People(folder, folder.resolve("state"), () -> "secret", clock, 1000);
        signIn = people.signIn();
    }

    @Test
    void theLinkMakesTheFirstUserOnce() throws Exception {
        assertNull(signIn.first("", "ann", "correct horse", HERE).token(), "there is no link yet");
        String link = people.welcome().make();
        assertThrows(IllegalArgumentException.class, () -> signIn.first(link, "ann", "short", HERE));
        SignIn.Result first = signIn.first(link, "ann", "correct horse", HERE);
        assertEquals(Role.ADMIN, first.role());
        assertEquals("ann", signIn.session(first.token()).orElseThrow().name());
        assertNull(signIn.first(link, "bob", "correct horse", HERE).token());
        people.users().remove("ann");
        assertNull(signIn.first(link, "bob", "correct horse", HERE).token(), "it is used");
    }

    @Test
    void theLinkOpensNothingLaterOrWithAUser() throws Exception {
        String old = people.welcome().make();
        clock.pass(Welcome.GOOD);
        assertNull(signIn.first(old, "ann", "correct horse", HERE).token());
        String link = people.welcome().make();
        people.users().put("bob", Role.VIEWER, "correct horse");
        assertNull(signIn.first(link, "ann", "correct horse", HERE).token());
        assertFalse(people.users().list().stream().anyMatch(user -> user.role() == Role.ADMIN));
    }

    @Test
    void aDisplayStaysAsLongAsItsToken() throws Exception {
        Tokens.Made wall = people.tokens().add("wall", Role.VIEWER, Duration.ofDays(90), true);
        Tokens.Made program = people.tokens().add("ci", Role.VIEWER, Duration.ofDays(90), false);
        assertNull(signIn.withToken(program.text(), HERE).token(), "a program needs no session");
        assertNull(signIn.withToken("intelmq_0", HERE).token());
        String session = signIn.withToken(wall.text(), HERE).token();
        for (int day = 0; day < 85; day += 6) {
            Pass pass = signIn.session(session).orElseThrow();
            assertTrue(pass.isReadOnly() && pass.role() == Role.VIEWER, pass.toString());
            clock.pass(Duration.ofDays(6));
        }
        people.tokens().remove("wall");
        assertEquals(Optional.empty(), signIn.session(session));
    }

    @Test
    void eachLoginHasATokenAndAProofOfItsOwn() throws Exception {
        people.users().put("ann", Role.EDITOR, "correct horse");
        String one = signIn.withPassword("ann", "correct horse", HERE).token();
        String other = signIn.withPassword("ann", "correct horse", HERE).token();
        assertNotEquals(one, other);
        assertNotEquals(signIn.session(one).orElseThrow().csrf(), signIn.session(other).orElseThrow().csrf());
        signIn.end(one);
        assertEquals(Optional.empty(), signIn.session(one));
        assertTrue(signIn.session(other).isPresent());
        assertEquals(1, people.signOut("ann"));
        assertEquals(Optional.empty(), signIn.session(other));
    }

    @Test
    void guessingALinkGetsSlower() throws Exception {
        people.welcome().make();
        for (int i = 0; i < 5; i++) {
            assertNull(signIn.first("guess", "ann", "correct horse", HERE).delay());
        }
        assertEquals(Duration.ofSeconds(1), signIn.first("guess", "ann", "correct horse", HERE).delay());
    }

    @Test
    void whomAProviderKnowsStaysAsLongAsAUser() throws Exception {
        people.users().put("ann", Role.VIEWER, "correct horse");
        SignIn.Result result = signIn.withProvider(new Account("oidc:ann", Role.EDITOR), "4711", HERE);
        Pass pass = signIn.session(result.token()).orElseThrow();
        assertEquals("oidc:ann (editor, oidc)", pass.toString());
        assertFalse(pass.isReadOnly());
        people.users().remove("ann");
        assertTrue(signIn.session(result.token()).isPresent(), "a user of the same name is somebody else");
        clock.pass(BrowserSessions.LONGEST_IDLE.plusSeconds(1));
        assertEquals(Optional.empty(), signIn.session(result.token()));
        String used = signIn.withProvider(new Account("oidc:ann", Role.EDITOR), "4711", HERE).token();
        for (int i = 0; i < 13; i++) {
            assertTrue(signIn.session(used).isPresent());
            clock.pass(Duration.ofMinutes(55));
        }
        clock.pass(Duration.ofMinutes(10));
        assertEquals(Optional.empty(), signIn.session(used), "twelve hours in all");
        String ended = signIn.withProvider(new Account("oidc:ann", Role.EDITOR), "4711", HERE).token();
        assertEquals(1, people.signOut("oidc:ann"), "an administrator says so");
        assertEquals(Optional.empty(), signIn.session(ended));
    }
}
