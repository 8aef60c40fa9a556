package org.intelmq.administration.configuration;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;

/**
 * One value of {@code runtime.yaml}: a parameter of a bot or of {@code global}, a key of a bot's section, or a whole section.
 * Immutable.
 *
 * @param bot       id, or {@code global}
 * @param parameter {@code null} if it is none
 * @param key       such as {@code enabled}; {@code null} if it is none
 */
record Place(String bot, String parameter, String key) {

    private static final String PARAMETERS = "parameters";

    static Place ofBot(String bot) {
        return new Place(bot, null, null);
    }

    static Place ofParameter(String bot, String parameter) {
        return new Place(bot, parameter, null);
    }

    static Place ofKey(String bot, String key) {
        return new Place(bot, null, key);
    }

    boolean isWholeBot() {
        return parameter == null && key == null;
    }

    private boolean isGlobal() {
        return bot.equals(RuntimeText.GLOBAL);
    }

    /** As answers and {@code resolve} spell it: {@code dedup}, {@code dedup.enabled}, {@code dedup.parameters.filter_keys}. */
    String path() {
        return isWholeBot() ? bot : bot + "." + (key != null ? key : isGlobal() ? parameter : PARAMETERS + "." + parameter);
    }

    /** {@code null} if it is not set. */
    Object in(Map<String, Object> sections) {
        return isWholeBot() ? sections.get(bot) : holder(sections).get(name());
    }

    boolean isIn(Map<String, Object> sections) {
        return isWholeBot() ? sections.containsKey(bot) : holder(sections).containsKey(name());
    }

    private String name() {
        return key != null ? key : parameter;
    }

    private Map<String, Object> holder(Map<String, Object> sections) {
        Map<String, Object> section = RuntimeText.map(sections.get(bot));
        return key != null || isGlobal() ? section : RuntimeText.map(section.get(PARAMETERS));
    }

    void set(Map<String, Object> sections, Object value) {
        if (isWholeBot()) {
            sections.put(bot, value);
        } else {
            change(sections, holder -> holder.put(name(), value));
        }
    }

    void remove(Map<String, Object> sections) {
        if (isWholeBot()) {
            sections.remove(bot);
        } else if (isIn(sections)) {
            change(sections, holder -> holder.remove(name()));
        }
    }

    private void change(Map<String, Object> sections, Consumer<Map<String, Object>> change) {
        Map<String, Object> section = RuntimeText.map(sections.get(bot));
        if (key != null || isGlobal()) {
            change.accept(section);
        } else {
            Map<String, Object> parameters = RuntimeText.map(section.get(PARAMETERS));
            change.accept(parameters);
            section.put(PARAMETERS, parameters);
        }
        sections.put(bot, section);
    }

    /** All places where two texts differ, those of the first in its order; a bot that only one has is one place. */
    static List<Place> differing(Map<String, Object> before, Map<String, Object> after) {
        List<Place> places = new ArrayList<>();
        for (String bot : union(before.keySet(), after.keySet())) {
            Object one = before.get(bot);
            Object other = after.get(bot);
            boolean bothMaps = one instanceof Map<?, ?> && other instanceof Map<?, ?>;
            if (bothMaps || bot.equals(RuntimeText.GLOBAL)) {
                within(bot, before, after, places);
            } else if (before.containsKey(bot) != after.containsKey(bot) || !Objects.equals(one, other)) {
                places.add(ofBot(bot));
            }
        }
        return places;
    }

    private static void within(String bot, Map<String, Object> before, Map<String, Object> after, List<Place> places) {
        List<Place> candidates = new ArrayList<>();
        Map<String, Object> one = RuntimeText.map(before.get(bot));
        Map<String, Object> other = RuntimeText.map(after.get(bot));
        boolean isGlobal = bot.equals(RuntimeText.GLOBAL);
        union(one.keySet(), other.keySet()).forEach(name -> {
            if (isGlobal) {
                candidates.add(ofParameter(bot, name));
            } else if (name.equals(PARAMETERS)) {
                union(RuntimeText.map(one.get(name)).keySet(), RuntimeText.map(other.get(name)).keySet())
                        .forEach(parameter -> candidates.add(ofParameter(bot, parameter)));
            } else {
                candidates.add(ofKey(bot, name));
            }
        });
        candidates.stream().filter(place -> place.isIn(before) != place.isIn(after) || !Objects.equals(place.in(before), place.in(after)))
                .forEach(places::add);
    }

    private static Set<String> union(Set<String> one, Set<String> other) {
        Set<String> all = new LinkedHashSet<>(one);
        all.addAll(other);
        return all;
    }

    /** A copy of the sections that may be changed. */
    static Map<String, Object> copy(Map<String, Object> sections) {
        return new LinkedHashMap<>(sections);
    }
}
