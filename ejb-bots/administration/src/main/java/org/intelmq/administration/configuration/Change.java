package org.intelmq.administration.configuration;

import java.util.List;
import java.util.Map;

/**
 * What differs between two configurations in one place.
 *
 * @param place     as {@code resolve} names it: {@code dedup}, {@code dedup.enabled}, {@code dedup.parameters.filter_keys}
 * @param parameter {@code null} if it is none
 * @param key       of the bot's section, such as {@code enabled}; {@code null} if it is none; without both, it is the whole section
 * @param before    {@code null} if it was not set
 * @param after     {@code null} if it is not set any more
 */
public record Change(String place, String bot, String parameter, String key, Object before, Object after) {

    /** In the order of the first text; key order and comments do not count. */
    static List<Change> between(Map<String, Object> before, Map<String, Object> after) {
        return Place.differing(before, after).stream().map(place -> new Change(place.path(), place.bot(), place.parameter(), place.key(), place.in(before),
                place.in(after))).toList();
    }
}
