package org.intelmq.administration.bots;

import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * How one message differs from another, field by field.
 *
 * @param added   fields that only the second has, with their values
 * @param removed fields that only the first has, with their values
 * @param changed fields that both have, with different values
 */
public record Difference(Map<String, Object> added, Map<String, Object> removed, Map<String, Change> changed) {

    /** A value before and after. */
    public record Change(Object before, Object after) { }

    static Difference between(Map<?, ?> first, Map<?, ?> second) {
        Map<String, Object> added = new TreeMap<>();
        Map<String, Object> removed = new TreeMap<>();
        Map<String, Change> changed = new TreeMap<>();
        first.forEach((name, value) -> {
            if (!second.containsKey(name)) {
                removed.put(name.toString(), value);
            } else if (!Objects.equals(value, second.get(name))) {
                changed.put(name.toString(), new Change(value, second.get(name)));
            }
        });
        second.forEach((name, value) -> {
            if (!first.containsKey(name)) {
                added.put(name.toString(), value);
            }
        });
        return new Difference(added, removed, changed);
    }
}
