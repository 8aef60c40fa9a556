package org.intelmq.text;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Versions as IntelMQ writes them in lists, such as {@code [3, 3, 2, "alpha", 1]}, from old to new; {@code stable} comes last. */
public enum VersionOrder implements Comparator<List<?>> {

    INSTANCE;

    private static final int NUMBERS = 3;

    /** @throws ClassCastException if one version has a number where the other has a word */
    @Override
    public int compare(List<?> left, List<?> right) {
        List<Object> first = completed(left);
        List<Object> second = completed(right);
        for (int i = 0; i < Math.min(first.size(), second.size()); i++) {
            int order = first.get(i) instanceof String word ? CodePointOrder.INSTANCE.compare(word, (String) second.get(i))
                    : Long.compare(((Number) first.get(i)).longValue(), ((Number) second.get(i)).longValue());
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    private static List<Object> completed(List<?> version) {
        List<Object> parts = new ArrayList<>(version);
        if (parts.size() == NUMBERS) {
            parts.add("stable");
            parts.add(0L);
        } else if (parts.size() == NUMBERS + 1) {
            parts.add(0L);
        }
        return parts;
    }
}
