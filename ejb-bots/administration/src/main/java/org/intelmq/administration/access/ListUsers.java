package org.intelmq.administration.access;

import java.util.ArrayList;
import java.util.List;
import org.intelmq.access.Account;
import org.intelmq.access.Role;
import org.intelmq.administration.Query;
import org.intelmq.administration.Site;

/** Those who may log in, by name. */
public record ListUsers() implements Query<List<UserEntry>> {

    @Override
    public Role needs() {
        return Role.ADMIN;
    }

    @Override
    public List<UserEntry> perform(Site site) throws Exception {
        List<UserEntry> entries = new ArrayList<>();
        for (Account account : site.people().users().list()) {
            entries.add(UserEntry.of(account, site.people()));
        }
        return entries;
    }
}
