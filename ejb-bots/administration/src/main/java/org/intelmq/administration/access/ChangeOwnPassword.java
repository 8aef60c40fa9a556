package org.intelmq.administration.access;

import org.intelmq.access.Role;
import org.intelmq.access.SignIn;
import org.intelmq.administration.Command;
import org.intelmq.administration.Refusal;
import org.intelmq.administration.Site;

/**
 * Gives the caller another password, which ends all of the caller's sessions.
 *
 * @param name    the caller's own
 * @param current the password up to now, so that an open browser is not enough
 */
public record ChangeOwnPassword(String name, String current, String password, String address) implements Command<Void> {

    @Override
    public Role needs() {
        return Role.VIEWER;
    }

    @Override
    public String summary() {
        return "password of " + name;
    }

    @Override
    public Void perform(Site site) throws Exception {
        return site.amongServers(() -> change(site));
    }

    private Void change(Site site) throws Exception {
        SignIn.Result known = site.people().signIn().withPassword(name, current, address);
        if (known.delay() != null) {
            throw new Refusal(Refusal.Kind.UNAVAILABLE, "too-many-failures", "too many wrong passwords were given",
                    "Try again in " + known.delay().plusMillis(999).toSeconds() + " seconds.");
        }
        if (known.token() == null) {
            throw new Refusal(Refusal.Kind.INVALID, "password-wrong", "the current password is wrong for '" + name + "'", "Enter it again.");
        }
        try {
            site.people().users().changePassword(name, password);
        } catch (IllegalArgumentException e) {
            site.people().signIn().end(known.token());
            throw UserChange.invalid(e);
        }
        site.people().signOut(name);
        return null;
    }

    @Override
    public String toString() {
        return summary();
    }
}
