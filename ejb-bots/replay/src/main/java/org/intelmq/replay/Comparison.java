package org.intelmq.replay;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;

/** Collects the differences between two plain values, including the order of keys and the types of numbers. */
public final class Comparison {

    private final Predicate<String> ignored;
    private final boolean ordered;
    private final List<Mismatch> differences = new ArrayList<>();

    /**
     * @param ignored places that may differ
     * @param ordered whether the order of keys counts
     */
    public Comparison(Predicate<String> ignored, boolean ordered) {
        this.ignored = ignored;
        this.ordered = ordered;
    }

    public List<Mismatch> differences() {
        return differences;
    }

    public void report(String place, Object expected, Object got) {
        if (!ignored.test(place)) {
            differences.add(new Mismatch(place, expected, got));
        }
    }

    public void compare(String place, Object expected, Object got) {
        if (ignored.test(place)) {
            return;
        }
        if (expected instanceof Map<?, ?> wanted && got instanceof Map<?, ?> came) {
            compareMaps(place, wanted, came);
        } else if (expected instanceof List<?> wanted && got instanceof List<?> came) {
            compareLists(place, wanted, came);
        } else if (!same(expected, got)) {
            report(place, expected, got);
        }
    }

    private void compareMaps(String place, Map<?, ?> expected, Map<?, ?> got) {
        int before = differences.size();
        Set<Object> names = new LinkedHashSet<>(expected.keySet());
        names.addAll(got.keySet());
        for (Object name : names) {
            compare(place + "." + name, expected.containsKey(name) ? expected.get(name) : Mismatch.NOTHING,
                    got.containsKey(name) ? got.get(name) : Mismatch.NOTHING);
        }
        List<?> wantedOrder = List.copyOf(expected.keySet());
        List<?> gotOrder = List.copyOf(got.keySet());
        if (ordered && differences.size() == before && expected.size() == got.size() && !wantedOrder.equals(gotOrder)) {
            report(place + " (order of keys)", wantedOrder, gotOrder);
        }
    }

    private void compareLists(String place, List<?> expected, List<?> got) {
        if (expected.size() != got.size()) {
            compareUnequal(place, expected, got);
            return;
        }
        for (int i = 0; i < expected.size(); i++) {
            compare(place + "[" + i + "]", expected.get(i), got.get(i));
        }
    }

    /** Shows only the first item that is missing, superfluous or different, skipping what is alike before and after it. */
    private void compareUnequal(String place, List<?> expected, List<?> got) {
        if (!ignored.test(place + "#length")) {
            report(place + "#length", (long) expected.size(), (long) got.size());
        }
        int shorter = Math.min(expected.size(), got.size());
        int start = 0;
        while (start < shorter && alike(place, expected.get(start), got.get(start))) {
            start++;
        }
        int behind = 0;
        while (behind < shorter - start && alike(place, expected.get(expected.size() - 1 - behind), got.get(got.size() - 1 - behind))) {
            behind++;
        }
        compare(place + "[" + start + "]", start < expected.size() - behind ? expected.get(start) : Mismatch.NOTHING,
                start < got.size() - behind ? got.get(start) : Mismatch.NOTHING);
    }

    private boolean alike(String place, Object expected, Object got) {
        Comparison items = new Comparison(ignored, ordered);
        items.compare(place + "[0]", expected, got);
        return items.differences().isEmpty();
    }

    private static boolean same(Object expected, Object got) {
        if (expected instanceof Markers.Bytes wanted && got instanceof Markers.Bytes came) {
            return Arrays.equals(wanted.content(), came.content());
        }
        return Objects.equals(plainNumber(expected), plainNumber(got));
    }

    private static Object plainNumber(Object value) {
        if (value instanceof Integer || value instanceof Short || value instanceof Byte) {
            return ((Number) value).longValue();
        }
        if (value instanceof BigInteger big && big.bitLength() < 64) {
            return big.longValue();
        }
        return value instanceof Float single ? Double.valueOf(single.toString()) : value;
    }
}
