package org.intelmq.administration.events;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.intelmq.administration.Refusal;
import org.intelmq.text.net.IpAddress;

/**
 * Which events are meant.
 *
 * @param q       an address, or a part of a name, feed or type; {@code null} for any
 * @param from    ISO 8601, {@code now}, or such as {@code now-24h} with one of s, m, h, d; {@code null} for any time
 * @param to      the same; events of that very time are left out
 * @param filters {@code field:value}, with {@code -} before it for all others; without a value, where the field is not set
 */
public record EventFilter(String q, String from, String to, List<String> filters) {

    /** The time that searches go by: every event has it. */
    static final String TIME = "time.observation";

    private static final Pattern RELATIVE = Pattern.compile("now(?:-(\\d{1,6})([smhd]))?");
    private static final List<String> SEARCHED = List.of("source.fqdn", "source.url", "source.reverse_dns", "source.as_name", "destination.fqdn",
            "destination.url", "feed.name", "feed.provider", "classification.type", "classification.identifier", "malware.name", "event_description.text");
    private static final List<String> ADDRESSES = List.of("source.ip", "destination.ip");

    public EventFilter {
        filters = filters == null ? List.of() : List.copyOf(filters);
    }

    /** A condition with its values. */
    record Condition(String sql, List<Object> values) { }

    /** @throws Refusal naming what cannot be understood */
    Condition condition(Set<String> columns, Dialect dialect, Clock clock) {
        List<String> parts = new ArrayList<>();
        List<Object> values = new ArrayList<>();
        if (from != null) {
            parts.add(Dialect.quoted(TIME) + " >= ?");
            values.add(dialect.time(time("from", from, clock)));
        }
        if (to != null) {
            parts.add(Dialect.quoted(TIME) + " < ?");
            values.add(dialect.time(time("to", to, clock)));
        }
        filters.forEach(filter -> add(filter, columns, parts, values));
        if (q != null && !q.isBlank()) {
            addSearch(q.strip(), columns, parts, values);
        }
        return new Condition(parts.isEmpty() ? "" : " WHERE " + String.join(" AND ", parts), values);
    }

    static Instant time(String name, String text, Clock clock) {
        Matcher relative = RELATIVE.matcher(text);
        if (relative.matches()) {
            if (relative.group(1) == null) {
                return clock.instant();
            }
            long n = Long.parseLong(relative.group(1));
            return clock.instant().minus(switch (relative.group(2)) {
                case "s" -> Duration.ofSeconds(n);
                case "m" -> Duration.ofMinutes(n);
                case "h" -> Duration.ofHours(n);
                default -> Duration.ofDays(n);
            });
        }
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new Refusal(Refusal.Kind.INVALID, "invalid-time", name + " cannot be \"" + text + "\"",
                    "Send a time such as now-24h or 2026-01-31T00:00:00Z.");
        }
    }

    private static void add(String filter, Set<String> columns, List<String> parts, List<Object> values) {
        boolean isNot = filter.startsWith("-");
        int colon = filter.indexOf(':');
        String field = filter.substring(isNot ? 1 : 0, Math.max(colon, isNot ? 1 : 0));
        if (colon < 0) {
            throw new Refusal(Refusal.Kind.INVALID, "invalid-filter", "f cannot be \"" + filter + "\"", "Send field:value, or -field:value to exclude it.");
        }
        String column = Dialect.quoted(known(field, columns));
        String value = filter.substring(colon + 1);
        if (value.isEmpty()) {
            parts.add(column + (isNot ? " IS NOT NULL" : " IS NULL"));
        } else {
            parts.add(isNot ? "(" + column + " <> ? OR " + column + " IS NULL)" : column + " = ?");
            values.add(value);
        }
    }

    /** @throws Refusal {@code unknown-field}; nothing but the name of a column gets into a statement */
    static String known(String field, Set<String> columns) {
        if (!columns.contains(field)) {
            throw new Refusal(Refusal.Kind.INVALID, "unknown-field", "the table of events has no column \"" + field + "\"",
                    "Send the name of a field of the harmonization, such as source.ip.");
        }
        return field;
    }

    private static void addSearch(String text, Set<String> columns, List<String> parts, List<Object> values) {
        boolean isAddress = IpAddress.parseOrNull(text) != null;
        List<String> among = (isAddress ? ADDRESSES : SEARCHED).stream().filter(columns::contains).toList();
        if (among.isEmpty()) {
            parts.add("1 = 0");
            return;
        }
        String test = isAddress ? " = ?" : ") LIKE ? ESCAPE '!'";
        parts.add(among.stream().map(column -> (isAddress ? "" : "LOWER(") + Dialect.quoted(column) + test).reduce((a, b) -> a + " OR " + b)
                .map(all -> "(" + all + ")").orElseThrow());
        String value = isAddress ? text : "%" + text.toLowerCase(Locale.ROOT).replace("!", "!!").replace("%", "!%").replace("_", "!_") + "%";
        among.forEach(column -> values.add(value));
    }
}
