package org.intelmq.text.time;

import java.time.ZoneId;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Names of time zones as feeds write them. An abbreviation that RFC 5322 defines means what it says there, so {@code EST} and {@code CST} are
 * North American; other ambiguous ones ({@code IST}, {@code BST}, {@code AST}) are not known.
 */
final class TimeZones {

    /** Minutes to add to UTC. */
    private static final Map<String, Integer> MINUTES = Map.ofEntries(
            Map.entry("UTC", 0), Map.entry("GMT", 0), Map.entry("Z", 0), Map.entry("UT", 0), Map.entry("UCT", 0), Map.entry("ZULU", 0),
            Map.entry("WET", 0), Map.entry("WEST", 60), Map.entry("CET", 60), Map.entry("CEST", 120), Map.entry("MET", 60),
            Map.entry("MEST", 120), Map.entry("MEZ", 60), Map.entry("MESZ", 120), Map.entry("EET", 120), Map.entry("EEST", 180),
            Map.entry("MSK", 180), Map.entry("MSD", 240), Map.entry("TRT", 180), Map.entry("SAST", 120), Map.entry("CAT", 120),
            Map.entry("EAT", 180), Map.entry("WAT", 60), Map.entry("PKT", 300), Map.entry("NPT", 345), Map.entry("ICT", 420),
            Map.entry("WIB", 420), Map.entry("HKT", 480), Map.entry("SGT", 480), Map.entry("AWST", 480), Map.entry("JST", 540),
            Map.entry("KST", 540), Map.entry("ACST", 570), Map.entry("ACDT", 630), Map.entry("AEST", 600), Map.entry("AEDT", 660),
            Map.entry("NZST", 720), Map.entry("NZDT", 780), Map.entry("BRT", -180), Map.entry("ART", -180), Map.entry("EST", -300),
            Map.entry("EDT", -240), Map.entry("CST", -360), Map.entry("CDT", -300), Map.entry("MST", -420), Map.entry("MDT", -360),
            Map.entry("PST", -480), Map.entry("PDT", -420), Map.entry("AKST", -540), Map.entry("AKDT", -480), Map.entry("HST", -600));
    private static final Pattern REGION = Pattern.compile("(?<![\\w/])[A-Za-z][A-Za-z_]+(?:/[A-Za-z][A-Za-z0-9_+-]*){1,2}(?![\\w/])");
    /** By name in lower case. */
    private static final Map<String, String> REGIONS = ZoneId.getAvailableZoneIds().stream().filter(name -> name.indexOf('/') > 0)
            .collect(Collectors.toUnmodifiableMap(TimeZones::lower, name -> name, (one, other) -> one));

    /** Those that are also recognised in lower case and before the time, because they are not English words. */
    private static final Set<String> PLAIN = Set.of("UTC", "GMT", "CET", "CEST", "MEZ", "MESZ", "EET", "EEST", "MSK", "EST", "EDT", "CST", "CDT",
            "MST", "MDT", "PST", "PDT", "JST", "AEST", "AEDT");

    private TimeZones() { }

    /** Whether it can only be a zone, wherever it appears. */
    static boolean isPlain(String name) {
        return name.length() >= 3 && name.length() <= 4 && PLAIN.contains(name.toUpperCase(Locale.ROOT));
    }

    /** Seconds to add to UTC; {@code null} for an unknown name. */
    static Integer offset(String name) {
        Integer minutes = MINUTES.get(name.toUpperCase(Locale.ROOT));
        return minutes == null ? null : Integer.valueOf(minutes * 60);
    }

    /**
     * Where a text names a region such as {@code Europe/Vienna}, in any letter case.
     *
     * @param start of the name in the text
     */
    record Region(ZoneId zone, int start, int end) { }

    /**
     * @return {@code null} if the text names none
     * @throws UnreadableTime for one that does not exist
     */
    static Region regionIn(String text) {
        if (text.indexOf('/') < 0) {
            return null;
        }
        Matcher matcher = REGION.matcher(text);
        while (matcher.find()) {
            String name = REGIONS.get(lower(matcher.group()));
            if (name != null) {
                return new Region(ZoneId.of(name), matcher.start(), matcher.end());
            }
            if (isWrittenAsRegion(matcher.group())) {
                throw new UnreadableTime("there is no time zone \"" + matcher.group() + '"');
            }
        }
        return null;
    }

    /** Each part must be capitalised: words in lower case may be anything. */
    private static boolean isWrittenAsRegion(String name) {
        return Arrays.stream(name.split("/")).allMatch(part -> Character.isUpperCase(part.charAt(0)));
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
