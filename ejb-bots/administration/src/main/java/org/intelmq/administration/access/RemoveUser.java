package org.intelmq.administration.access;

import org.intelmq.access.Role;
import org.intelmq.administration.Command;
import org.intelmq.administration.Site;

/** Removes a user, whose sessions end. */
public record RemoveUser(String name) implements Command<Void> {

    @Override
    public Role needs() {
        return Role.ADMIN;
    }

    @Override
    public String summary() {
        return "user remove " + name;
    }

    @Override
    public Void perform(Site site) throws Exception {
        UserChange.requireAnotherAdministrator(site.people().users(), name);
        if (!site.people().users().remove(name)) {
            throw UserChange.unknown(name);
        }
        site.people().signOut(name);
        site.people().lastUse().forgetUser(name);
        return null;
    }
}
