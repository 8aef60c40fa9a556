package org.intelmq.administration.access;

import org.intelmq.access.Role;
import org.intelmq.administration.Command;
import org.intelmq.administration.Refusal;
import org.intelmq.administration.Site;

/** Adds a user, who may log in at once. */
public record AddUser(String name, Role role, String password) implements Command<UserEntry> {

    @Override
    public Role needs() {
        return Role.ADMIN;
    }

    @Override
    public String summary() {
        return "user add " + name + " --role " + role.word();
    }

    @Override
    public UserEntry perform(Site site) throws Exception {
        return site.amongServers(() -> add(site));
    }

    private UserEntry add(Site site) throws Exception {
        try {
            if (!site.people().users().add(name, role, password)) {
                throw new Refusal(Refusal.Kind.CONFLICT, "user-exists", "there is a user '" + name + "' already", "Choose another name, or change that user.");
            }
        } catch (IllegalArgumentException e) {
            throw UserChange.invalid(e);
        }
        return UserEntry.of(name, site.people());
    }

    @Override
    public String toString() {
        return summary();
    }
}
