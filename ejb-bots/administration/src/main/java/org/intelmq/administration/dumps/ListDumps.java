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
import org.intelmq.engine.observe.ScannedDump;

/**
 * What failed and was kept, by bot and reason; the most first.
 *
 * @param bot    {@code null} or empty for all
 * @param reason as an answer before told it; {@code null} or empty for all
 * @param text   what stack trace or message, in its first {@value #SEARCHED} bytes, contain, in any case; {@code null} or empty for anything
 */
public record ListDumps(String bot, String reason, String text) implements Query<List<DumpGroup>> {

    private static final int SEARCHED = 1 << 20;
    /** Reasons of one dump; nobody reads more. */
    private static final int MOST = 1000;
    private static final String OTHERS = "(other reasons)";

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
            DumpStore store = Dumps.of(site, name);
            return Dumps.read(name, List.of(), () -> groups(name, store));
        } catch (Refusal e) {
            if (!isEmpty(bot)) {
                throw e;
            }
            return List.of(new DumpGroup(name, e.getMessage(), 0, null, null));
        }
    }

    private List<DumpGroup> groups(String name, DumpStore store) throws IOException {
        Map<String, DumpGroup> byReason = new LinkedHashMap<>();
        store.forEach(isEmpty(text) ? 0 : SEARCHED, found -> {
            String kind = Reasons.kind(found.traceback());
            if ((isEmpty(reason) || reason.equals(kind)) && contains(found)) {
                String shown = byReason.size() < MOST || byReason.containsKey(kind) ? kind : OTHERS;
                Instant time = Dumps.time(found.id());
                byReason.merge(shown, new DumpGroup(name, shown, 1, time, time), ListDumps::together);
            }
        });
        return List.copyOf(byReason.values());
    }

    private static DumpGroup together(DumpGroup before, DumpGroup one) {
        return new DumpGroup(before.bot(), before.reason(), before.count() + 1, first(before.oldest(), one.oldest()),
                last(before.newest(), one.newest()));
    }

    private static Instant first(Instant one, Instant other) {
        return one == null || other != null && other.isBefore(one) ? other : one;
    }

    private static Instant last(Instant one, Instant other) {
        return one == null || other != null && other.isAfter(one) ? other : one;
    }

    private boolean contains(ScannedDump.Found found) {
        return isEmpty(text) || Stream.of(String.valueOf(found.message()), String.valueOf(found.traceback()))
                .anyMatch(part -> part.toLowerCase(Locale.ROOT).contains(text.toLowerCase(Locale.ROOT)));
    }

    private static boolean isEmpty(String given) {
        return given == null || given.isEmpty();
    }
}
