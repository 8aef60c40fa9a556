package org.intelmq.control;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.intelmq.message.Json;

/**
 * One entry of a bot's log written as JSON, on a single line, with the field names of the Elastic Common Schema.
 *
 * @param bot {@code null} if the line was cut off
 * @param level as IntelMQ calls it, such as {@code WARNING}
 * @param trace the stack trace, each line with its line end; empty if there is none
 */
record EcsEntry(Instant time, String bot, String level, String message, String trace) {

    private static final Set<String> LEVELS = Set.of("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL");
    private static final String BEGINNING = "{\"@timestamp\":";
    /** Matches the beginning of a line that is too long to be read to its end. */
    private static final Pattern CUT = Pattern.compile("\\{\"@timestamp\":\\s*\"([^\"]+)\",\\s*\"log\\.level\":\\s*\"([A-Z]+)\",\\s*\"message\":\\s*\"(.*)",
            Pattern.DOTALL);

    /** Returns {@code null} if the line is not such an entry. */
    static EcsEntry parseOrNull(String line) {
        if (!line.startsWith(BEGINNING)) {
            return null;
        }
        try {
            EcsEntry entry = Json.parseOrNull(line) instanceof Map<?, ?> fields ? of(fields) : cut(line);
            return entry != null && LEVELS.contains(entry.level()) ? entry : null;
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static EcsEntry of(Map<?, ?> fields) {
        return new EcsEntry(Instant.parse(text(fields, "@timestamp")), text(fields, "labels.bot"), text(fields, "log.level"), text(fields, "message"),
                text(fields, "error.stack_trace"));
    }

    private static EcsEntry cut(String line) {
        Matcher matcher = CUT.matcher(line);
        return matcher.matches() ? new EcsEntry(Instant.parse(matcher.group(1)), null, matcher.group(2), matcher.group(3) + '…', "")
                : null;
    }

    private static String text(Map<?, ?> fields, String name) {
        return fields.get(name) instanceof String text ? text : "";
    }
}
