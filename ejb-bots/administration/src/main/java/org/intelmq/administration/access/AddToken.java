package org.intelmq.administration.access;

import java.time.Duration;
import org.intelmq.access.Role;
import org.intelmq.access.Tokens;
import org.intelmq.administration.Command;
import org.intelmq.administration.Refusal;
import org.intelmq.administration.Site;

/**
 * Makes a token for a program or a display; answers with it, which happens once.
 *
 * @param good    how long; whole days
 * @param display whether it is for a page that is looked at only
 */
public record AddToken(String name, Role role, Duration good, boolean display) implements Command<TokenEntry> {

    @Override
    public Role needs() {
        return Role.ADMIN;
    }

    @Override
    public String summary() {
        return "token add " + name + (display ? " --display" : " --role " + role.word()) + " --days " + good.toDays();
    }

    @Override
    public TokenEntry perform(Site site) throws Exception {
        return site.amongServers(() -> add(site));
    }

    private TokenEntry add(Site site) throws Exception {
        try {
            Tokens.Made made = site.people().tokens().add(name, role, good, display);
            return TokenEntry.of(made.token(), site.people(), made.text());
        } catch (IllegalArgumentException e) {
            throw new Refusal(Refusal.Kind.INVALID, "invalid-token", e.getMessage(), "Correct it and try again.");
        }
    }
}
