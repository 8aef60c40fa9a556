package org.intelmq.bots.collectors.rt;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What Request Tracker's REST 1.0 says about one object: names and values, one per line; values continue in indented lines. */
record RtForm(Map<String, String> values) {

    private static final String BETWEEN = "\n--\n";

    /** Parses an answer without its status line. */
    static RtForm parse(String text) {
        Map<String, String> values = new LinkedHashMap<>();
        String name = null;
        for (String line : text.split("\n", -1)) {
            int colon = line.indexOf(':');
            if (colon > 0 && !Character.isWhitespace(line.charAt(0)) && line.charAt(0) != '#') {
                name = line.substring(0, colon);
                values.putIfAbsent(name, line.substring(colon + 1).strip());
            } else if (name != null && !line.isEmpty() && Character.isWhitespace(line.charAt(0))) {
                values.merge(name, line.strip(), (before, more) -> before + '\n' + more);
            }
        }
        return new RtForm(values);
    }

    static List<RtForm> parseAll(String text) {
        List<RtForm> forms = new ArrayList<>();
        for (String part : text.split(BETWEEN)) {
            RtForm form = parse(part);
            if (!form.values.isEmpty()) {
                forms.add(form);
            }
        }
        return forms;
    }

    /** @throws IllegalArgumentException if there is none */
    String require(String name) {
        String value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("Request Tracker said no '" + name + "', but " + values.keySet());
        }
        return value;
    }

    String get(String name) {
        return values.get(name);
    }

    /** The items of the value, separated by commas or line ends. */
    List<String> list(String name) {
        return Arrays.stream(values.getOrDefault(name, "").split("[,\n]")).map(String::strip).filter(item -> !item.isEmpty()).toList();
    }
}
