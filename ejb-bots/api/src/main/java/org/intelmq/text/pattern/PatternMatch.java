package org.intelmq.text.pattern;

import java.util.LinkedHashMap;
import java.util.Map;

/** Where a {@link UserPattern} was found, and what its groups matched. Group 0 is the whole match. */
public final class PatternMatch {

    private final String text;
    private final int[] bounds;
    private final Map<String, Integer> names;

    /** @param bounds start and end of each group, -1 for those that did not match */
    PatternMatch(String text, int[] bounds, Map<String, Integer> names) {
        this.text = text;
        this.bounds = bounds;
        this.names = names;
    }

    public int start() {
        return bounds[0];
    }

    public int end() {
        return bounds[1];
    }

    /** The number of groups, not counting group 0. */
    public int groupCount() {
        return bounds.length / 2 - 1;
    }

    /** Returns {@code null} if the group did not match. */
    public String group(int number) {
        int start = bounds[2 * number];
        return start < 0 ? null : text.substring(start, bounds[2 * number + 1]);
    }

    /** @throws IllegalArgumentException if the pattern has no group of that name */
    public String group(String name) {
        Integer number = names.get(name);
        if (number == null) {
            throw new IllegalArgumentException("the pattern has no group \"" + name + '"');
        }
        return group(number);
    }

    /** The named groups in their order, {@code null} for those that did not match: Python's {@code groupdict()}. */
    public Map<String, String> namedGroups() {
        Map<String, String> groups = new LinkedHashMap<>();
        names.forEach((name, number) -> groups.put(name, group(number)));
        return groups;
    }
}
