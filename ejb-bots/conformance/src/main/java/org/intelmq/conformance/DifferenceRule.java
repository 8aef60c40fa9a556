package org.intelmq.conformance;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.intelmq.message.Json;
import org.intelmq.replay.Mismatch;
import org.intelmq.replay.Outcome;
import org.intelmq.replay.Plain;

/**
 * One entry of the list of deliberate differences. It says which cases it is about, which place may differ, and how; {@code *} stands
 * for anything in a pattern, and where a pattern is asked for a list of them may stand.
 * <ul>
 * <li>which cases: {@code case} (pattern of ids), {@code bot} (pattern of modules, without {@code intelmq.bots.}), {@code fn} (of the
 * function of a vector), {@code parameters} (name to a pattern of the value's JSON; {@code (nothing)} if it is not there), {@code
 * outside} (pattern of the JSON of what the bot was given outside), {@code given} (a {@link RecordedInput} of the record), {@code
 * because} (pattern that must fit what was recorded at one of the places that differ, or what came there instead);</li>
 * <li>{@code at}: pattern of places;</li>
 * <li>how: {@code recorded} and {@code ours} (patterns of the two values at the place), {@code way} (a {@link RecordedChange}), or {@code
 * without} (a {@link RecordedInput}: the case comes out alike, to the last difference, if that is taken out of its input).</li>
 * </ul>
 * An entry must say how, so that another result than the one that is meant is a failure.
 */
record DifferenceRule(Map<String, Object> entry, Map<String, List<Pattern>> patterns, Map<String, List<Pattern>> parameters,
                      RecordedInput given, RecordedChange way, RecordedInput without) {

    private static final Set<String> KEYS = Set.of("case", "bot", "fn", "parameters", "outside", "given", "because", "at", "recorded", "ours", "way",
            "without", "reason");
    private static final Set<String> ABOUT = Set.of("case", "bot", "fn");
    private static final Set<String> HOW = Set.of("ours", "way", "without");
    private static final Set<String> PATTERNS = Set.of("case", "bot", "fn", "outside", "because", "at", "recorded", "ours");
    private static final String BOTS = "intelmq.bots.";

    /** Runs a case and compares what comes out with what was recorded. */
    @FunctionalInterface
    interface Again {
        Outcome run(Map<String, Object> record) throws Exception;
    }

    /** @param file next to this class */
    static List<DifferenceRule> read(String file) throws IOException {
        try (InputStream in = DifferenceRule.class.getResourceAsStream(file)) {
            List<Map<String, Object>> entries = Plain.list(Json.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8)));
            return entries.stream().map(DifferenceRule::of).toList();
        }
    }

    /** @throws IllegalArgumentException if it has other keys, or does not say which cases, which place, how and why */
    static DifferenceRule of(Map<String, Object> entry) {
        Set<String> unknown = new HashSet<>(entry.keySet());
        unknown.removeAll(KEYS);
        boolean isWhole = unknown.isEmpty() && entry.containsKey("at") && entry.get("reason") instanceof String
                && ABOUT.stream().anyMatch(entry::containsKey) && HOW.stream().anyMatch(entry::containsKey);
        if (!isWhole) {
            throw new IllegalArgumentException("a deliberate difference must say one of " + ABOUT + ", at, one of " + HOW + ", reason, and nothing but "
                    + KEYS + ", not " + entry);
        }
        Map<String, List<Pattern>> patterns = new HashMap<>();
        PATTERNS.stream().filter(entry::containsKey).forEach(key -> patterns.put(key, patterns(entry.get(key))));
        Map<String, List<Pattern>> parameters = new HashMap<>();
        Plain.map(entry.get("parameters")).forEach((name, value) -> parameters.put(name.toString(), patterns(value)));
        return new DifferenceRule(entry, patterns, parameters, named(RecordedInput.class, entry.get("given")), named(RecordedChange.class, entry.get("way")),
                named(RecordedInput.class, entry.get("without")));
    }

    private static <E extends Enum<E>> E named(Class<E> type, Object name) {
        return name == null ? null : Enum.valueOf(type, name.toString().toUpperCase(Locale.ROOT));
    }

    private static List<Pattern> patterns(Object oneOrMany) {
        return (oneOrMany instanceof List<?> many ? many : List.of(oneOrMany)).stream()
                .map(each -> Pattern.compile("\\Q" + each.toString().replace("*", "\\E.*\\Q") + "\\E", Pattern.DOTALL)).toList();
    }

    String reason() {
        return (String) entry.get("reason");
    }

    boolean isAbout(Map<String, Object> record, Outcome outcome) {
        String bot = record.get("bot") instanceof String module && module.startsWith(BOTS) ? module.substring(BOTS.length()) : "";
        return fits("case", outcome.id()) && fits("bot", bot) && fits("fn", String.valueOf(record.get("fn")))
                && fits("outside", Json.write(record.get("given"))) && fitsParameters(Plain.map(record.get("parameters")))
                && (given == null || given.holds(record))
                && (!patterns.containsKey("because") || outcome.differences().stream().anyMatch(this::isTheCause));
    }

    private boolean isTheCause(Mismatch difference) {
        return fits("because", Mismatch.text(difference.expected())) || fits("because", Mismatch.text(difference.got()));
    }

    private boolean fitsParameters(Map<String, Object> values) {
        return parameters.entrySet().stream().allMatch(entry -> {
            String value = Mismatch.text(values.containsKey(entry.getKey()) ? values.get(entry.getKey()) : Mismatch.NOTHING);
            return entry.getValue().stream().anyMatch(pattern -> pattern.matcher(value).matches());
        });
    }

    private boolean fits(String key, String text) {
        return !patterns.containsKey(key) || patterns.get(key).stream().anyMatch(pattern -> pattern.matcher(text).matches());
    }

    /** For a record that the entry is about. */
    boolean explains(Mismatch difference, Map<String, Object> record, Outcome outcome, Again again) throws Exception {
        return fits("at", difference.place()) && fits("recorded", Mismatch.text(difference.expected())) && fits("ours", Mismatch.text(difference.got()))
                && (way == null || way.explains(difference, record))
                && (without == null || outcome.differences().equals(again.run(without.takenOutOf(record)).differences()));
    }

    @Override
    public String toString() {
        return Json.write(entry);
    }
}
