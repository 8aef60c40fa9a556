package org.intelmq.access;

import java.time.Duration;
import java.util.Optional;

/** Who comes in. Thread-safe. */
public interface Gate {

    /** What became of a login: an account with its token, or how long the next try is to be delayed, or neither. */
    record Login(Account account, String token, Duration delay) {

        public static Login granted(Account account, String token) {
            return new Login(account, token, null);
        }

        public static Login refused() {
            return new Login(null, null, null);
        }

        public static Login delayed(Duration delay) {
            return new Login(null, null, delay);
        }
    }

    /** @param token as given, {@code null} if there is none */
    Optional<Account> account(String token);

    /** @param address where the request comes from */
    Login login(String name, String password, String address);

    /** Whether there is anybody who could log in. */
    boolean hasUsers();
}
