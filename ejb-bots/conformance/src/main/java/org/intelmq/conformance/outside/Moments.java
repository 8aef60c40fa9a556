package org.intelmq.conformance.outside;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;

/** Names in braces that stand for the time of a case, or a day close to it. */
final class Moments {

    private static final int DAYS_BACK = 10;

    private Moments() { }

    /** Days and {@code time}, which has no offset; nothing for a case without a clock. */
    static Map<String, Object> of(Map<String, Object> record) {
        Map<String, Object> moments = days(record);
        if (record.get("clock") instanceof String clock) {
            moments.put("time", DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(OffsetDateTime.parse(clock).withNano(0)));
        }
        return moments;
    }

    /** {@code today}, {@code today-1} and so on. */
    static Map<String, Object> days(Map<String, Object> record) {
        Map<String, Object> days = new LinkedHashMap<>();
        if (record.get("clock") instanceof String clock) {
            LocalDate today = OffsetDateTime.parse(clock).toLocalDate();
            days.put("today", today.toString());
            for (int back = 1; back <= DAYS_BACK; back++) {
                days.put("today-" + back, today.minusDays(back).toString());
            }
        }
        return days;
    }
}
