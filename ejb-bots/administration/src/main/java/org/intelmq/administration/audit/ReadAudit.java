package org.intelmq.administration.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.intelmq.access.Role;
import org.intelmq.administration.Page;
import org.intelmq.administration.Query;
import org.intelmq.administration.Site;
import org.intelmq.message.Json;
import org.intelmq.message.JsonException;

/**
 * The audit log, newest first.
 *
 * @param who    only what this user did; {@code null} for all
 * @param what   only what has this in it, in any case; {@code null} for all
 * @param cursor the {@code next} of the page before; {@code null} for the first
 */
public record ReadAudit(String who, String what, int limit, String cursor) implements Query<Page<ReadAudit.Entry>> {

    /** @param result {@code done}, or the code of a refusal */
    public record Entry(String time, String who, String role, String way, String what, String result) { }

    @Override
    public Role needs() {
        return Role.ADMIN;
    }

    @Override
    public Page<Entry> perform(Site site) throws IOException {
        return read(site.installation().state().resolve("audit/audit.log"));
    }

    Page<Entry> read(Path file) throws IOException {
        if (!Files.exists(file)) {
            return new Page<>(List.of(), null);
        }
        try (LinesBackwards lines = new LinesBackwards(file, Page.number(cursor, Long.MAX_VALUE))) {
            List<Entry> found = new ArrayList<>();
            while (found.size() < limit) {
                String line = lines.next();
                if (line == null) {
                    return new Page<>(found, null);
                }
                Entry entry = entry(line);
                if (entry != null && (who == null || who.equals(entry.who()))
                        && (what == null || entry.what().toLowerCase(Locale.ROOT).contains(what.toLowerCase(Locale.ROOT)))) {
                    found.add(entry);
                }
            }
            return new Page<>(found, lines.position() == 0 ? null : String.valueOf(lines.position()));
        }
    }

    /** {@code null} for a line that a crash has cut off. */
    private static Entry entry(String line) {
        try {
            return Json.parse(line) instanceof Map<?, ?> map ? new Entry((String) map.get("time"), (String) map.get("who"), (String) map.get("role"),
                    (String) map.get("way"), String.valueOf(map.get("what")), (String) map.get("result")) : null;
        } catch (JsonException e) {
            return null;
        }
    }
}
