package org.intelmq.administration.dumps;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
        List<DumpLine> lines = new ArrayList<>();
        for (Map.Entry<String, Map<String, Object>> entry : Dumps.entries(Dumps.of(site, bot), bot).entrySet()) {
            Object traceback = entry.getValue().get("traceback");
            boolean isNext = cursor == null || cursor.isEmpty() || entry.getKey().compareTo(cursor) > 0;
            if (isNext && (reason == null || reason.isEmpty() || reason.equals(Reasons.kind(traceback)))) {
                if (lines.size() == limit) {
                    return new Page<>(lines, lines.get(limit - 1).id());
                }
                lines.add(new DumpLine(entry.getKey(), Dumps.time(entry.getKey()), Reasons.line(traceback), Dumps.text(entry.getValue()).length()));
            }
        }
        return new Page<>(lines, null);
    }
}
