package org.intelmq.feeds;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * A known feed: where it comes from, what an operator must provide, and the two bots that fetch and parse it. Immutable.
 *
 * @param documentation address; {@code null} if there is none
 * @param note what else to know; {@code null} for nothing
 * @param dead why it is no longer available, or not available here; {@code null} if it is
 * @param set what an operator must provide, by name; {@code <name>} stands for it in parameters
 */
public record Feed(String provider, String name, String about, String documentation, String note, String dead, Map<String, String> set,
                   Part collector, Part parser) {

    /** @param parameters those that differ from the default */
    public record Part(String module, Map<String, Object> parameters) { }

    public String title() {
        return provider + " " + name;
    }

    /** The base of its bots' ids, such as {@code abuse-ch-feodo-tracker}. */
    public String id() {
        return title().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
    }

    /** As it is written in JSON and YAML. */
    Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("id", id());
        map.put("provider", provider);
        map.put("name", name);
        map.put("about", about);
        putIfSaid(map, "documentation", documentation);
        putIfSaid(map, "note", note);
        putIfSaid(map, "dead", dead);
        map.put("needs_key", !set.isEmpty());
        map.put("set", set);
        map.put("collector", part(collector));
        map.put("parser", part(parser));
        return map;
    }

    private static void putIfSaid(Map<String, Object> map, String key, String text) {
        if (text != null) {
            map.put(key, text);
        }
    }

    private static Map<String, Object> part(Part part) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("module", part.module());
        map.put("parameters", part.parameters());
        return map;
    }
}
