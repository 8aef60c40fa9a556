package org.intelmq.administration;

import java.util.List;
import java.util.function.Function;

/**
 * A part of a list that may be long.
 *
 * @param next what to send as {@code cursor} for what follows; {@code null} at the end
 */
public record Page<T>(List<T> items, String next) {

    /**
     * @param found  one more than the limit, if there are more
     * @param cursor of the last item shown
     */
    public static <T> Page<T> of(List<T> found, int limit, Function<T, String> cursor) {
        return found.size() <= limit ? new Page<>(found, null) : new Page<>(List.copyOf(found.subList(0, limit)), cursor.apply(found.get(limit - 1)));
    }

    /** @throws Refusal for a cursor that is none of ours */
    public static long number(String cursor, long byDefault) {
        return GivenNumber.of("cursor", cursor, byDefault, "invalid-cursor", "Send the 'next' of the previous page, or none.");
    }
}
