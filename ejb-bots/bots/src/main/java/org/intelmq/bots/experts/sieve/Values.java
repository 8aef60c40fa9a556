package org.intelmq.bots.experts.sieve;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Compares values as Python does: {@code 1}, {@code 1.0} and {@code true} are equal. */
final class Values {

    private Values() { }

    static boolean equal(Object left, Object right) {
        if (left instanceof String || right instanceof String || left == null || right == null) {
            return left == null ? right == null : left.equals(right);
        }
        return comparable(left).equals(comparable(right));
    }

    /** Returns the same object for all values that are equal in Python. */
    static Object comparable(Object value) {
        if (value instanceof Long || value instanceof String) {
            return value;
        }
        if (value instanceof Boolean truth) {
            return truth ? 1L : 0L;
        }
        if (value instanceof Double number && number == Math.rint(number) && !Double.isInfinite(number)) {
            return number == (long) (double) number && Math.abs(number) < Long.MAX_VALUE ? (Object) (long) (double) number
                    : new BigDecimal(number).toBigInteger();
        }
        if (value instanceof List<?> list) {
            List<Object> items = new ArrayList<>(list.size());
            list.forEach(item -> items.add(comparable(item)));
            return items;
        }
        if (value instanceof Map<?, ?> map) {
            Map<Object, Object> entries = new LinkedHashMap<>();
            map.forEach((key, item) -> entries.put(key, comparable(item)));
            return entries;
        }
        return value;
    }

    /** @throws IllegalArgumentException for lists and maps, which cannot be members of sets */
    static Set<Object> set(List<?> values) {
        Set<Object> set = new HashSet<>();
        for (Object value : values) {
            if (value instanceof List || value instanceof Map) {
                throw new IllegalArgumentException("a list within a list cannot be compared as a set: " + value);
            }
            set.add(comparable(value));
        }
        return set;
    }

    static boolean isNumber(Object value) {
        return value instanceof Long || value instanceof Double || value instanceof Boolean || value instanceof BigInteger;
    }

    /** The order of two numbers; {@link #UNORDERED} if either is NaN. */
    static int compare(Object left, Object right) {
        if (left instanceof Long one && right instanceof Long other) {
            return Long.compare(one, other);
        }
        if (left instanceof Double one && one.isNaN() || right instanceof Double other && other.isNaN()) {
            return UNORDERED;
        }
        if (isInfinite(left) || isInfinite(right)) {
            return Double.compare(((Number) left).doubleValue(), ((Number) right).doubleValue());
        }
        return decimal(left).compareTo(decimal(right));
    }

    static final int UNORDERED = 2;

    private static boolean isInfinite(Object value) {
        return value instanceof Double number && number.isInfinite();
    }

    private static BigDecimal decimal(Object value) {
        if (value instanceof Double number) {
            return new BigDecimal(number);
        }
        if (value instanceof BigInteger number) {
            return new BigDecimal(number);
        }
        return BigDecimal.valueOf((Long) comparable(value));
    }
}
