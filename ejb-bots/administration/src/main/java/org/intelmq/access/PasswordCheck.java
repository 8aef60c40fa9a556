package org.intelmq.access;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.logging.Logger;

/** Whether a password is a user's; guessing gets slower and slower. Thread-safe. */
final class PasswordCheck {

    private static final Logger LOG = Logger.getLogger(PasswordCheck.class.getName());
    /** Each takes a processor for a while. */
    private static final int MOST_CHECKS = 2;

    private final Users users;
    private final LoginDelays delays;
    private final LastUse lastUse;
    private final Semaphore checks = new Semaphore(MOST_CHECKS);

    /**
     * What became of it: an account with what is stored of its password, or how long the next try is to be delayed, or neither.
     */
    record Result(Account account, String stored, Duration delay) {

        @Override
        public String toString() {
            return account == null ? "refused" : account.name();
        }
    }

    PasswordCheck(Users users, LoginDelays delays, LastUse lastUse) {
        this.users = users;
        this.delays = delays;
        this.lastUse = lastUse;
    }

    Result check(String name, String password, String address) throws IOException {
        Duration delay = delays.delay(name, address);
        if (!delay.isZero()) {
            return new Result(null, null, delay);
        }
        if (!checks.tryAcquire()) {
            return new Result(null, null, Duration.ofSeconds(1));
        }
        try {
            String stored = users.storedPassword(name);
            Optional<Account> account = users.check(name, password);
            if (account.isEmpty()) {
                delays.failed(name, address);
                // not the name, which may be a password in the wrong field
                LOG.warning(() -> "Login refused from " + address + ".");
                return new Result(null, null, null);
            }
            delays.succeeded(name, address);
            lastUse.userWasHere(name);
            LOG.info(() -> "User " + name + " has logged in from " + address + ".");
            return new Result(account.get(), stored, null);
        } finally {
            checks.release();
        }
    }
}
