package org.intelmq.manager;

import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One parameter of a query.
 *
 * @param required whether it must be given; else it may be left out, not empty
 * @param choices  all it may be; empty if that is open
 */
record Parameter(String name, Kind kind, boolean required, List<String> choices) {

    /** What is expected of the text. */
    enum Kind { TEXT, CHOICE, TRUTH, NUMBER }

    private static final Pattern NUMBER = Pattern.compile("\\s*[+-]?\\d{1,1000}(?:_\\d+){0,100}\\s*");
    private static final Set<String> TRUE = Set.of("1", "on", "t", "true", "y", "yes");
    private static final Set<String> FALSE = Set.of("0", "off", "f", "false", "n", "no");

    static Parameter text(String name) {
        return new Parameter(name, Kind.TEXT, true, List.of());
    }

    static Parameter choice(String name, String... choices) {
        return new Parameter(name, Kind.CHOICE, true, List.of(choices));
    }

    static Parameter truth(String name) {
        return new Parameter(name, Kind.TRUTH, false, List.of());
    }

    static Parameter number(String name) {
        return new Parameter(name, Kind.NUMBER, true, List.of());
    }

    Parameter optional() {
        return new Parameter(name, kind, false, choices);
    }

    /** The value, or {@code null} after adding to what is wrong, or if it is left out. */
    Object read(String given, List<Map<String, Object>> wrong) {
        if (given == null) {
            if (required) {
                wrong.add(InvalidRequest.missing("query", name));
            }
            return null;
        }
        return switch (kind) {
            case TEXT -> given;
            case CHOICE -> choice(given, wrong);
            case TRUTH -> truth(given, wrong);
            case NUMBER -> number(given, wrong);
        };
    }

    private String choice(String given, List<Map<String, Object>> wrong) {
        if (choices.contains(given)) {
            return given;
        }
        String permitted = choices.stream().map(choice -> "'" + choice + "'").collect(Collectors.joining(", "));
        Map<String, Object> detail = InvalidRequest.detail("unexpected value; permitted: " + permitted, "value_error.const", "query", name);
        Map<String, Object> context = new LinkedHashMap<>();
        context.put("given", given);
        context.put("permitted", choices);
        detail.put("ctx", context);
        wrong.add(detail);
        return null;
    }

    private Boolean truth(String given, List<Map<String, Object>> wrong) {
        String word = given.toLowerCase(Locale.ROOT);
        if (TRUE.contains(word) || FALSE.contains(word)) {
            return TRUE.contains(word);
        }
        wrong.add(InvalidRequest.detail("value could not be parsed to a boolean", "type_error.bool", "query", name));
        return null;
    }

    /** What is beyond an {@code int} is as good as its end. */
    private Integer number(String given, List<Map<String, Object>> wrong) {
        if (!NUMBER.matcher(given).matches()) {
            wrong.add(InvalidRequest.detail("value is not a valid integer", "type_error.integer", "query", name));
            return null;
        }
        BigInteger number = new BigInteger(given.strip().replace("_", ""));
        return number.min(BigInteger.valueOf(Integer.MAX_VALUE)).max(BigInteger.valueOf(Integer.MIN_VALUE)).intValue();
    }
}
