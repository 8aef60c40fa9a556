package org.intelmq.text.time;

import java.util.Map;
import java.util.Set;

/** The words that dateutil knows, in lower case. */
final class TimeWords {

    static final Set<String> JUMPS = Set.of(" ", ".", ",", ";", "-", "/", "'", "at", "on", "and", "ad", "m", "t", "of",
            "st", "nd", "rd", "th");
    static final Map<String, Integer> WEEKDAYS = Map.ofEntries(Map.entry("mon", 0), Map.entry("monday", 0),
            Map.entry("tue", 1), Map.entry("tuesday", 1), Map.entry("wed", 2), Map.entry("wednesday", 2), Map.entry("thu", 3),
            Map.entry("thursday", 3), Map.entry("fri", 4), Map.entry("friday", 4), Map.entry("sat", 5),
            Map.entry("saturday", 5), Map.entry("sun", 6), Map.entry("sunday", 6));
    static final Map<String, Integer> MONTHS = Map.ofEntries(Map.entry("jan", 1), Map.entry("january", 1),
            Map.entry("feb", 2), Map.entry("february", 2), Map.entry("mar", 3), Map.entry("march", 3), Map.entry("apr", 4),
            Map.entry("april", 4), Map.entry("may", 5), Map.entry("jun", 6), Map.entry("june", 6), Map.entry("jul", 7),
            Map.entry("july", 7), Map.entry("aug", 8), Map.entry("august", 8), Map.entry("sep", 9), Map.entry("sept", 9),
            Map.entry("september", 9), Map.entry("oct", 10), Map.entry("october", 10), Map.entry("nov", 11),
            Map.entry("november", 11), Map.entry("dec", 12), Map.entry("december", 12));
    static final Map<String, Integer> CLOCK_UNITS = Map.of("h", 0, "hour", 0, "hours", 0, "m", 1, "minute", 1,
            "minutes", 1, "s", 2, "second", 2, "seconds", 2);
    static final Map<String, Integer> HALVES = Map.of("am", 0, "a", 0, "pm", 1, "p", 1);
    /** What precedes "Time" in the names of zones. */
    static final Set<String> OF_ZONES = Set.of("standard", "daylight", "summer");
    static final Set<String> UTC_NAMES = Set.of("utc", "gmt", "z");

    private TimeWords() { }
}
