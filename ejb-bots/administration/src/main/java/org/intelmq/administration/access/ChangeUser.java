package org.intelmq.administration.access;

import org.intelmq.access.Role;
import org.intelmq.access.Users;
import org.intelmq.administration.Command;
import org.intelmq.administration.Site;

/**
 * Gives a user another role or password; either ends the user's sessions.
 *
 * @param role     {@code null} to leave it
 * @param password {@code null} to leave it
 * @param signOut  ends the sessions whatever else is changed
 */
public record ChangeUser(String name, Role role, String password, boolean signOut) implements Command<UserEntry> {

    @Override
    public Role needs() {
        return Role.ADMIN;
    }

    @Override
    public String summary() {
        return "user change " + name + (role == null ? "" : " --role " + role.word()) + (password == null ? "" : " --password")
                + (signOut ? " --sign-out" : "");
    }

    @Override
    public UserEntry perform(Site site) throws Exception {
        return site.amongServers(() -> change(site));
    }

    private UserEntry change(Site site) throws Exception {
        Users users = site.people().users();
        UserEntry.of(name, site.people());
        if (role != null && role != Role.ADMIN) {
            UserChange.requireAnotherAdministrator(users, name);
        }
        try {
            if (password != null && !users.changePassword(name, password) || role != null && !users.change(name, role)) {
                throw UserChange.unknown(name);
            }
        } catch (IllegalArgumentException e) {
            throw UserChange.invalid(e);
        }
        site.people().signOut(name);
        return UserEntry.of(name, site.people());
    }

    @Override
    public String toString() {
        return summary();
    }
}
