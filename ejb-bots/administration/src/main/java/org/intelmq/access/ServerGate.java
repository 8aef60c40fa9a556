package org.intelmq.access;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.logging.Logger;

/**
 * The users of an installation, and whoever has the server's own token. A user that was removed or got another role is so at once,
 * also with a token of before; a new password ends the sessions that began with the old one. Thread-safe.
 */
public final class ServerGate implements Gate {

    private static final Logger LOG = Logger.getLogger(ServerGate.class.getName());
    private static final Duration LONGEST_IDLE = Duration.ofDays(1);
    private static final Account OPERATOR_OF_THE_SERVER = new Account("intelmqctl", Role.ADMIN);
    /** Each takes a processor for a while. */
    private static final int MOST_CHECKS = 2;

    private final Users users;
    private final String serverToken;
    private final Sessions sessions;
    private final LoginDelays delays;
    private final Semaphore checks = new Semaphore(MOST_CHECKS);

    /** @param serverToken that of {@code var/run/server.json}, which may do everything */
    public ServerGate(Users users, String serverToken, Clock clock) {
        this.users = users;
        this.serverToken = serverToken;
        this.sessions = new Sessions(clock, LONGEST_IDLE);
        this.delays = new LoginDelays(clock);
    }

    @Override
    public Optional<Account> account(String token) {
        if (token == null || token.isEmpty()) {
            return Optional.empty();
        }
        if (MessageDigest.isEqual(token.getBytes(StandardCharsets.UTF_8), serverToken.getBytes(StandardCharsets.UTF_8))) {
            return Optional.of(OPERATOR_OF_THE_SERVER);
        }
        return sessions.find(token).flatMap(session -> read(all -> all.find(session.account().name(), session.password())));
    }

    @Override
    public Login login(String name, String password, String address) {
        Duration delay = delays.delay(name, address);
        if (!delay.isZero()) {
            return Login.delayed(delay);
        }
        if (!checks.tryAcquire()) {
            return Login.delayed(Duration.ofSeconds(1));
        }
        try {
            String stored = read(all -> all.storedPassword(name));
            Optional<Account> account = read(all -> all.check(name, password));
            if (account.isEmpty()) {
                delays.failed(name, address);
                LOG.warning(() -> "Login refused from " + address + ".");
                return Login.refused();
            }
            delays.succeeded(name);
            LOG.info(() -> "User " + account.get().name() + " has logged in from " + address + ".");
            return Login.granted(account.get(), sessions.begin(account.get(), stored));
        } finally {
            checks.release();
        }
    }

    @Override
    public boolean hasUsers() {
        return !read(Users::list).isEmpty();
    }

    @FunctionalInterface
    private interface Reading<T> {
        T of(Users users) throws IOException;
    }

    private <T> T read(Reading<T> reading) {
        try {
            return reading.of(users);
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }
}
