package org.intelmq.access;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Supplier;

/** Who may use an installation's server, and those who do now. Thread-safe. */
public final class People {

    /** As IntelMQ has it for its own interface; in all a week. */
    private static final Duration MANAGER_IDLE = Duration.ofDays(1);
    private static final Duration MANAGER_SESSION = Duration.ofDays(7);

    private final Users users;
    private final Tokens tokens;
    private final LastUse lastUse;
    private final Welcome welcome;
    private final ServerGate gate;
    private final SignIn signIn;
    private final LoginDelays delays;
    private final Credentials credentials;
    private final BrowserSessions browsers;
    private final Sessions managers;
    private final Path etc;

    /**
     * @param etc         holds {@code users.json} and {@code tokens.json}
     * @param state       holds {@code access.json}, with the times of last use
     * @param serverToken that of {@code var/run/server.json}, which may do everything
     */
    public People(Path etc, Path state, Supplier<String> serverToken, Clock clock) {
        this(etc, state, serverToken, clock, PasswordHash.ROUNDS);
    }

    /** @param rounds that a password is hashed */
    People(Path etc, Path state, Supplier<String> serverToken, Clock clock, int rounds) {
        this.etc = etc;
        users = new Users(etc.resolve("users.json"), clock, rounds);
        tokens = new Tokens(etc.resolve("tokens.json"), clock);
        lastUse = new LastUse(state.resolve("access.json"), clock);
        welcome = new Welcome(clock);
        delays = new LoginDelays(clock);
        credentials = new Credentials(users, tokens, lastUse, serverToken);
        browsers = new BrowserSessions(credentials, clock);
        managers = new Sessions(clock, MANAGER_IDLE, MANAGER_SESSION);
        PasswordCheck passwords = new PasswordCheck(users, delays, lastUse);
        gate = new ServerGate(passwords, credentials, managers, this::any);
        signIn = new SignIn(passwords, credentials, delays, browsers, users, welcome);
    }

    public Users users() {
        return users;
    }

    public Tokens tokens() {
        return tokens;
    }

    public LastUse lastUse() {
        return lastUse;
    }

    public Welcome welcome() {
        return welcome;
    }

    /** For IntelMQ's own interface. */
    public Gate gate() {
        return gate;
    }

    public SignIn signIn() {
        return signIn;
    }

    public Entrance entrance(OurNames names) {
        return new Entrance(credentials, delays, browsers, names, new ReadingToken(etc.resolve("metrics.token")));
    }

    /** Ends all sessions of a user; answers how many there were. */
    public int signOut(String name) {
        return browsers.endOf(name) + managers.endOf(name);
    }

    /** Whether there is any user. */
    public boolean any() {
        try {
            return !users.list().isEmpty();
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }
}
