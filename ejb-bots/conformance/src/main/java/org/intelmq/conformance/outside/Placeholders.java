package org.intelmq.conformance.outside;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Names in braces that stand, in what a recorded outside saw, for what is another in each run. */
final class Placeholders {

    private static final Map<String, String> MEANINGS = Map.of("uuid", "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}",
            "time", "\\d{4}-\\d\\d-\\d\\d[T ]\\d\\d:\\d\\d:\\d\\d(?:\\.\\d+)?(?:Z|[+-]\\d\\d:?\\d\\d)?", "date", "\\d{4}-\\d\\d-\\d\\d", "epoch",
            "\\d{9,}(?:\\.\\d+)?",
            "size", "\\d+", "id", ".+?");
    private static final Pattern NAME = Pattern.compile("\\{(" + String.join("|", MEANINGS.keySet()) + ")}");

    private Placeholders() { }

    /** The expected value, with what came where that fits its placeholders. */
    static Object filled(Object expected, Object got) {
        if (expected instanceof Map<?, ?> wanted && got instanceof Map<?, ?> came) {
            Map<Object, Object> filled = new LinkedHashMap<>();
            wanted.forEach((name, value) -> filled.put(name, filled(value, came.get(name))));
            return filled;
        }
        if (expected instanceof List<?> wanted && got instanceof List<?> came) {
            List<Object> filled = new ArrayList<>();
            for (int i = 0; i < wanted.size(); i++) {
                filled.add(i < came.size() ? filled(wanted.get(i), came.get(i)) : wanted.get(i));
            }
            return filled;
        }
        return expected instanceof String text && got instanceof String came && fits(text, came) ? got : expected;
    }

    private static boolean fits(String expected, String got) {
        Matcher names = NAME.matcher(expected);
        StringBuilder pattern = new StringBuilder();
        int end = 0;
        while (names.find()) {
            pattern.append(Pattern.quote(expected.substring(end, names.start()))).append(MEANINGS.get(names.group(1)));
            end = names.end();
        }
        return end > 0 && got.matches(pattern.append(Pattern.quote(expected.substring(end))).toString());
    }
}
