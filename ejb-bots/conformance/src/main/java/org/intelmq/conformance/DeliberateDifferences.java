package org.intelmq.conformance;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.intelmq.message.Json;
import org.intelmq.replay.Difference;
import org.intelmq.replay.Outcome;
import org.intelmq.replay.Plain;

/**
 * Where we differ from IntelMQ on purpose, each with its reason: {@code differences.json}, and {@code api-differences.json} for the
 * REST interface, lists of objects with {@code case}
 * (pattern of ids, or a list of them), {@code at} (pattern of places) and {@code reason}; {@code *} stands for anything. With {@code spoilt} (see
 * {@link Spoiling}) the recorded value must be ours, spoilt in that way; with {@code recorded} (a pattern) one of the differences of
 * the case must be that this was recorded, and with {@code ours} that this came instead.
 */
final class DeliberateDifferences {

    private record Rule(List<Pattern> cases, Pattern places, Spoiling spoilt, Pattern recorded, Pattern ours, String reason) {

        boolean explains(Outcome outcome, Difference difference) {
            return cases.stream().anyMatch(each -> each.matcher(outcome.id()).matches()) && places.matcher(difference.place()).matches()
                    && (spoilt == null || spoilt.turns(difference.got(), difference.expected()))
                    && (recorded == null || outcome.differences().stream().anyMatch(each -> isLike(recorded, each.expected())))
                    && (ours == null || outcome.differences().stream().anyMatch(each -> isLike(ours, each.got())));
        }

        private static boolean isLike(Pattern pattern, Object value) {
            return pattern.matcher(Difference.text(value)).matches();
        }
    }

    private final List<Rule> rules;

    private DeliberateDifferences(List<Rule> rules) {
        this.rules = rules;
    }

    static DeliberateDifferences load() throws IOException {
        List<Rule> rules = new ArrayList<>();
        for (String file : List.of("differences.json", "api-differences.json")) {
            rules.addAll(read(file));
        }
        return new DeliberateDifferences(rules);
    }

    private static List<Rule> read(String file) throws IOException {
        try (InputStream in = DeliberateDifferences.class.getResourceAsStream(file)) {
            List<Map<String, Object>> entries = Plain.list(Json.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8)));
            return entries.stream().map(entry -> new Rule(patterns(entry.get("case")), pattern(entry.get("at")),
                    entry.get("spoilt") instanceof String way ? Spoiling.valueOf(way.toUpperCase(Locale.ROOT)) : null,
                    entry.containsKey("recorded") ? pattern(entry.get("recorded")) : null,
                    entry.containsKey("ours") ? pattern(entry.get("ours")) : null, (String) entry.get("reason"))).toList();
        }
    }

    /** A failed outcome becomes a deliberate one if every difference is on the list. */
    Outcome judge(Outcome outcome) {
        if (outcome.kind() != Outcome.Kind.FAILED) {
            return outcome;
        }
        TreeSet<String> reasons = new TreeSet<>();
        for (Difference difference : outcome.differences()) {
            Rule rule = rules.stream().filter(candidate -> candidate.explains(outcome, difference)).findFirst().orElse(null);
            if (rule == null) {
                return outcome;
            }
            reasons.add(rule.reason());
        }
        return Outcome.deliberate(outcome.id(), outcome.subject(), outcome.differences(), reasons.stream().collect(Collectors.joining("; ")));
    }

    private static List<Pattern> patterns(Object oneOrMany) {
        return oneOrMany instanceof List<?> many ? many.stream().map(DeliberateDifferences::pattern).toList() : List.of(pattern(oneOrMany));
    }

    private static Pattern pattern(Object stars) {
        return Pattern.compile("\\Q" + stars.toString().replace("*", "\\E.*\\Q") + "\\E", Pattern.DOTALL);
    }
}
