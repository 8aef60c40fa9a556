package org.intelmq.administration.access;

import java.io.IOException;
import java.util.List;
import org.intelmq.access.Account;
import org.intelmq.access.Role;
import org.intelmq.access.Users;
import org.intelmq.administration.Refusal;

/** What the operations on users have in common. */
final class UserChange {

    private UserChange() { }

    static Refusal unknown(String name) {
        return new Refusal(Refusal.Kind.UNKNOWN, "unknown-user", "there is no user '" + name + "'", "List the users with 'intelmqctl user list'.");
    }

    /** What the file of users refuses. */
    static Refusal invalid(IllegalArgumentException problem) {
        return new Refusal(Refusal.Kind.INVALID, "invalid-account", problem.getMessage(), "Correct it and try again.");
    }

    /** @throws Refusal if nobody could change users after it */
    static void requireAnotherAdministrator(Users users, String name) throws IOException {
        List<Account> others = users.list().stream().filter(user -> !user.name().equals(name)).toList();
        boolean isAdministrator = users.list().stream().anyMatch(user -> user.name().equals(name) && user.role() == Role.ADMIN);
        if (isAdministrator && others.stream().noneMatch(user -> user.role() == Role.ADMIN)) {
            throw new Refusal(Refusal.Kind.CONFLICT, "last-administrator", "'" + name + "' is the last administrator",
                    "Make another user an administrator first; 'intelmqctl user' on the server can do it regardless.");
        }
    }
}
