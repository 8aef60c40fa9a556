package org.intelmq.access;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.logging.Logger;

/** Begins and ends the sessions of browsers. Thread-safe. */
public final class SignIn {

    private static final Logger LOG = Logger.getLogger(SignIn.class.getName());

    private final PasswordCheck passwords;
    private final Credentials credentials;
    private final LoginDelays delays;
    private final BrowserSessions sessions;
    private final Users users;
    private final Welcome welcome;

    /**
     * What became of it: a token for the cookie, or how long the next try is to be delayed, or neither.
     *
     * @param name whose session it is
     */
    public record Result(String name, Role role, String token, Duration delay) {

        static Result refused() {
            return new Result(null, null, null, null);
        }

        static Result delayed(Duration delay) {
            return new Result(null, null, null, delay);
        }

        @Override
        public String toString() {
            return token == null ? "refused" : name;
        }
    }

    SignIn(PasswordCheck passwords, Credentials credentials, LoginDelays delays, BrowserSessions sessions, Users users, Welcome welcome) {
        this.passwords = passwords;
        this.credentials = credentials;
        this.delays = delays;
        this.sessions = sessions;
        this.users = users;
        this.welcome = welcome;
    }

    public Result withPassword(String name, String password, String address) throws IOException {
        PasswordCheck.Result checked = passwords.check(name, password, address);
        if (checked.delay() != null) {
            return Result.delayed(checked.delay());
        }
        return checked.account() == null ? Result.refused() : begin(checked.account(), checked.stored());
    }

    /**
     * Somebody whom a provider of OpenID Connect has let in.
     *
     * @param subject by which the provider knows the user
     */
    public Result withProvider(Account account, String subject, String address) {
        LOG.info(() -> "User " + account.name() + " (subject " + subject + ") has logged in from " + address + ".");
        return new Result(account.name(), account.role(), sessions.beginProvided(account, subject), null);
    }

    /** @param token for a display */
    public Result withToken(String token, String address) {
        Optional<Tokens.Token> display = credentials.program(token).filter(Tokens.Token::isDisplay);
        if (display.isEmpty()) {
            return failed(address);
        }
        return new Result("token:" + display.get().name(), display.get().role(), sessions.begin(display.get()), null);
    }

    /**
     * The first user, an administrator.
     *
     * @param link what the server has printed at its start
     * @throws IllegalArgumentException for a name or password that is not allowed
     */
    public Result first(String link, String name, String password, String address) throws IOException {
        if (!welcome.is(link)) {
            return failed(address);
        }
        if (!users.addFirst(name, password)) {
            return Result.refused();
        }
        welcome.used();
        return begin(new Account(name, Role.ADMIN), users.storedPassword(name));
    }

    /** Whose session it is, if it is good still. */
    public Optional<Pass> session(String token) {
        return sessions.find(token);
    }

    private Result failed(String address) {
        Duration delay = delays.tokenDelay(address);
        if (!delay.isZero()) {
            return Result.delayed(delay);
        }
        delays.tokenFailed(address);
        return Result.refused();
    }

    private Result begin(Account account, String evidence) {
        return new Result(account.name(), account.role(), sessions.begin(account, evidence), null);
    }

    /** @param token of the cookie */
    public void end(String token) {
        sessions.end(token);
    }
}
