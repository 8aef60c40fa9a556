package org.intelmq.administration.access;

import org.intelmq.access.Role;
import org.intelmq.administration.Command;
import org.intelmq.administration.Site;

/** Removes a user, whose sessions end. Of an account that a provider knows, {@code oidc:NAME}, there are sessions only. */
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
        return site.amongServers(() -> remove(site));
    }

    private Void remove(Site site) throws Exception {
        UserChange.requireAnotherAdministrator(site.people().users(), name);
        boolean isRemoved = site.people().users().remove(name);
        int ended = site.people().signOut(name);
        if (!isRemoved && ended == 0) {
            throw UserChange.unknown(name);
        }
        site.people().lastUse().forgetUser(name);
        return null;
    }
}
