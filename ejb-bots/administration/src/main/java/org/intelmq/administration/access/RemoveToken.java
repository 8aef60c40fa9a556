package org.intelmq.administration.access;

import org.intelmq.access.Role;
import org.intelmq.access.Tokens;
import org.intelmq.administration.Command;
import org.intelmq.administration.Refusal;
import org.intelmq.administration.Site;

/**
 * Removes a token; what it opened is closed at once.
 *
 * @param id or name
 */
public record RemoveToken(String id) implements Command<Void> {

    @Override
    public Role needs() {
        return Role.ADMIN;
    }

    @Override
    public String summary() {
        return "token remove " + id;
    }

    @Override
    public Void perform(Site site) throws Exception {
        return site.amongServers(() -> remove(site));
    }

    private Void remove(Site site) throws Exception {
        Tokens.Token removed = site.people().tokens().remove(id).orElseThrow(() -> new Refusal(Refusal.Kind.UNKNOWN, "unknown-token",
                "there is no token '" + id + "'", "List the tokens with 'intelmqctl token list'."));
        site.people().lastUse().forgetToken(removed.id());
        return null;
    }
}
