package org.intelmq.administration.dumps;

import java.io.IOException;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.intelmq.access.Role;
import org.intelmq.administration.Limit;
import org.intelmq.administration.Page;
import org.intelmq.administration.Query;
import org.intelmq.administration.Site;

/**
 * The entries of a bot's dump, oldest first.
 *
 * @param reason as {@link ListDumps} tells it; {@code null} or empty for all
 * @param cursor as the page before answered it: the id of its last entry; {@code null} for the oldest
 */
public record ShowDump(String bot, String reason, int limit, String cursor) implements Query<Page<DumpLine>> {

    private static final int MOST = 1000;

    @Override
    public Role needs() {
        return Role.OPERATOR;
    }

    @Override
    public Page<DumpLine> perform(Site site) throws IOException {
        Limit.of("limit", limit, MOST);
        DumpStore store = Dumps.of(site, bot);
        NavigableMap<String, DumpLine> first = Dumps.read(bot, new TreeMap<>(), () -> first(store));
        if (first.size() <= limit) {
            return new Page<>(List.copyOf(first.values()), null);
        }
        first.pollLastEntry();
        return new Page<>(List.copyOf(first.values()), first.lastKey());
    }

    /** One more than asked for, if there are as many. */
    private NavigableMap<String, DumpLine> first(DumpStore store) throws IOException {
        NavigableMap<String, DumpLine> first = new TreeMap<>();
        store.forEach(0, found -> {
            boolean isNext = cursor == null || cursor.isEmpty() || found.id().compareTo(cursor) > 0;
            if (isNext && (reason == null || reason.isEmpty() || reason.equals(Reasons.kind(found.traceback())))) {
                first.put(found.id(), new DumpLine(found.id(), Dumps.time(found.id()), Reasons.line(found.traceback()), found.size()));
                if (first.size() > limit + 1) {
                    first.pollLastEntry();
                }
            }
        });
        return first;
    }
}
