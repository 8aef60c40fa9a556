package org.intelmq.conformance;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.intelmq.replay.Mismatch;

/** Recorded answers in which what differs from run to run is left open. */
final class OpenPlaces {

    private static final String PACKAGE = "{package}";
    private static final Pattern OPEN = Pattern.compile("\\{(?:text|time|token|pid|PATH|package|peer|address|traceback)\\}");

    private OpenPlaces() { }

    /** The recorded value, with what was given at its open places. */
    static Object fitted(Object recorded, Object got) {
        if (recorded instanceof Map<?, ?> map) {
            Map<String, Object> fitted = new LinkedHashMap<>();
            map.forEach((key, value) -> fitted.put(key.toString(), fitted(value, got instanceof Map<?, ?> other ? other.get(key) : Mismatch.NOTHING)));
            return fitted;
        }
        if (recorded instanceof List<?> list) {
            List<Object> fitted = new ArrayList<>();
            for (int i = 0; i < list.size(); i++) {
                fitted.add(fitted(list.get(i), got instanceof List<?> other && i < other.size() ? other.get(i) : Mismatch.NOTHING));
            }
            return fitted;
        }
        return recorded instanceof String text && got instanceof String came && OPEN.matcher(text).find() && pattern(text).matcher(came).matches()
                ? came : recorded;
    }

    /** A path within the original's package has no counterpart, so it is open to its end. */
    private static Pattern pattern(String text) {
        StringBuilder pattern = new StringBuilder();
        Matcher open = OPEN.matcher(text);
        int from = 0;
        while (from < text.length() && open.find()) {
            boolean isPackage = open.group().equals(PACKAGE);
            pattern.append(Pattern.quote(text.substring(from, open.start()))).append(isPackage ? ".*" : "[^\"\n]*");
            from = isPackage ? text.length() : open.end();
        }
        return Pattern.compile(pattern + Pattern.quote(text.substring(from)), Pattern.DOTALL);
    }
}
