package org.intelmq.administration.dumps;

import java.io.IOException;
import java.util.List;
import org.intelmq.access.Role;
import org.intelmq.administration.Command;
import org.intelmq.administration.Site;

/**
 * Deletes entries of a dump: those named, or all of a reason. Answers how many.
 *
 * @param reason as {@link ListDumps} tells it
 */
public record DeleteEntries(String bot, List<String> ids, String reason) implements Command<Integer> {

    @Override
    public Role needs() {
        return Role.OPERATOR;
    }

    @Override
    public String summary() {
        return "delete from dump " + bot + ": " + (reason == null ? ids.size() + " named" : reason);
    }

    @Override
    public Integer perform(Site site) throws IOException {
        DumpStore store = Dumps.of(site, bot);
        return Alone.change(site, bot, store, line -> { }, Recovery.UNWATCHED, recovery -> {
            List<String> chosen = Dumps.chosen(store, bot, ids, reason, false);
            store.remove(chosen);
            return chosen.size();
        });
    }
}
