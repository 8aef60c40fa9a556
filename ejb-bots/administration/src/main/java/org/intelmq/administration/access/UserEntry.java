package org.intelmq.administration.access;

import java.io.IOException;
import java.time.Instant;
import org.intelmq.access.Account;
import org.intelmq.access.People;

/**
 * A user as it is shown.
 *
 * @param created   {@code null} if that is not known
 * @param lastLogin {@code null} if there was none
 */
public record UserEntry(String name, String role, Instant created, Instant lastLogin) {

    static UserEntry of(Account account, People people) throws IOException {
        return new UserEntry(account.name(), account.role().word(), people.users().created(account.name()).orElse(null),
                people.lastUse().ofUser(account.name()).orElse(null));
    }

    static UserEntry of(String name, People people) throws IOException {
        for (Account account : people.users().list()) {
            if (account.name().equals(name)) {
                return of(account, people);
            }
        }
        throw UserChange.unknown(name);
    }
}
