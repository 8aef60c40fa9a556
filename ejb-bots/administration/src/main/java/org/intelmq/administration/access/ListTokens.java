package org.intelmq.administration.access;

import java.util.List;
import org.intelmq.access.Role;
import org.intelmq.administration.Query;
import org.intelmq.administration.Site;

/** The tokens for programs and displays, expired ones too, by name. */
public record ListTokens() implements Query<List<TokenEntry>> {

    @Override
    public Role needs() {
        return Role.ADMIN;
    }

    @Override
    public List<TokenEntry> perform(Site site) throws Exception {
        return site.people().tokens().list().stream().map(token -> TokenEntry.of(token, site.people(), null)).toList();
    }
}
