package org.intelmq.administration.dumps;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.intelmq.access.Role;
import org.intelmq.administration.Query;
import org.intelmq.administration.Refusal;
import org.intelmq.administration.Site;

/**
 * What failed and was kept, by bot and reason; the most first.
 *
 * @param bot    {@code null} or empty for all
 * @param reason as an answer before told it; {@code null} or empty for all
 * @param text   what message or stack trace contain, in any case; {@code null} or empty for anything
 */
public record ListDumps(String bot, String reason, String text) implements Query<List<DumpGroup>> {

    @Override
    public Role needs() {
        return Role.OPERATOR;
    }

    @Override
    public List<DumpGroup> perform(Site site) throws IOException {
        List<DumpGroup> groups = new ArrayList<>();
        for (String name : Dumps.files(site).keySet()) {
            if (isEmpty(bot) || bot.equals(name)) {
                groups.addAll(groups(site, name));
            }
        }
        groups.sort(Comparator.comparingLong(DumpGroup::count).reversed());
        return groups;
    }

    /** One that cannot be read does not hide the others. */
    private List<DumpGroup> groups(Site site, String name) throws IOException {
        try {
            return groups(name, Dumps.entries(Dumps.of(site, name), name));
        } catch (Refusal e) {
            if (!isEmpty(bot)) {
                throw e;
            }
            return List.of(new DumpGroup(name, e.getMessage(), 0, null, null));
        }
    }

    private List<DumpGroup> groups(String name, Map<String, Map<String, Object>> entries) {
        Map<String, DumpGroup> byReason = new LinkedHashMap<>();
        entries.forEach((id, entry) -> {
            String kind = Reasons.kind(entry.get("traceback"));
            if ((isEmpty(reason) || reason.equals(kind)) && contains(entry)) {
                Instant time = Dumps.time(id);
                byReason.merge(kind, new DumpGroup(name, kind, 1, time, time),
                        (before, one) -> new DumpGroup(name, kind, before.count() + 1, before.oldest() == null ? time : before.oldest(),
                                time == null ? before.newest() : time));
            }
        });
        return List.copyOf(byReason.values());
    }

    private boolean contains(Map<String, Object> entry) {
        return isEmpty(text) || Stream.of(Dumps.text(entry), String.valueOf(entry.get("traceback")))
                .anyMatch(part -> part.toLowerCase(Locale.ROOT).contains(text.toLowerCase(Locale.ROOT)));
    }

    private static boolean isEmpty(String given) {
        return given == null || given.isEmpty();
    }
}
