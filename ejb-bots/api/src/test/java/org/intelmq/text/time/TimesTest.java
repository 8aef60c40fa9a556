package org.intelmq.text.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimesTest {

    private static final LocalDate TODAY = LocalDate.of(2024, 1, 31);

    @ParameterizedTest
    @CsvSource({
        "2024-03-05T12:34:56Z, 2024-03-05T12:34:56",
        "20240305123456, 2024-03-05T12:34:56",
        "240305 1234, 2005-03-24T12:34",
        "05.03.2024 12h34m, 2024-05-03T12:34",
        "13/5/98, 1998-05-13T00:00",
        "Mar-05-2024, 2024-03-05T00:00",
        "the 5th of March 2024 at noon or 3 pm, 2024-03-05T15:00",
        "Feb, 2024-02-29T00:00",
        "Thursday, 2024-02-01T00:00",
        "12:34:56.789, 2024-01-31T12:34:56.789",
        "2024-03-05 12:00 EST, 2024-03-05T17:00",
        "2024-03-05 12:00 EST+5, 2024-03-05T17:00",
        "2024-03-05 12:00 EST-0500, 2024-03-05T17:00",
        "2024-07-01 10:00:00 CEST, 2024-07-01T08:00",
        "2024-07-01 10:00:00 (CEST), 2024-07-01T08:00",
        "2024-07-01 10:00:00 mesz, 2024-07-01T08:00",
        "CET 2024-01-01 10:00, 2024-01-01T09:00",
        "2024-01-01 10:00:00 MSK, 2024-01-01T07:00",
        "Mon Jan  1 10:00:00 PST 2024, 2024-01-01T18:00",
        "2024-01-01 10:00:00 JST, 2024-01-01T01:00",
        "2024-01-01 10:00:00 GMT+2, 2024-01-01T08:00",
        "2024-01-01 10:00:00 UTC+02:00, 2024-01-01T08:00",
        "2024-01-01 10:00:00 UTC-3, 2024-01-01T13:00",
        "2024-01-01 10:00:00 Europe/Vienna, 2024-01-01T09:00",
        "2024-07-01 10:00:00 Europe/Vienna, 2024-07-01T08:00",
        "2024-07-01 10:00:00 europe/vienna, 2024-07-01T08:00",
        "udp/tcp 2024-07-01 10:00:00 US/EASTERN, 2024-07-01T14:00",
        "2024-07-01T10:00:00+02:00[Europe/Vienna], 2024-07-01T08:00",
        "2024-07-01 10:00 America/Argentina/Buenos_Aires, 2024-07-01T13:00",
        "2024-07-01 10:00 Etc/GMT+2, 2024-07-01T12:00",
        "Mon Jan 01 2024 10:00:00 GMT+0100 (Central European Standard Time), 2024-01-01T09:00",
        "[01/Jun/2021:12:34:56 +0200], 2021-06-01T10:34:56",
        "2024-03-05 12:00 -0330 (NST), 2024-03-05T15:30",
        "Jan of 05, 2005-01-31T00:00",
    })
    void findsTimesInTexts(String text, LocalDateTime expected) {
        assertEquals(expected, FuzzyTime.parse(text, TODAY));
    }

    @ParameterizedTest
    @CsvSource({"nothing", "2024-13-45", "25:00", "1 2 3 4", "2024-03-05 12:00 +99:00", "nan", "9999-12-31 23:00 -0200", "+00:00",
        "None+02:00", "yesterday 10:00", "2 hours ago", "2024-03-05 12:00 (2 hours ago)"})
    void findsNoTimeWhereThereIsNone(String text) {
        assertThrows(UnreadableTime.class, () -> FuzzyTime.parse(text, TODAY));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2024-03-05 12:00 IST", "2024-03-05 12:00 BST", "2024-03-05 12:00 XYZ", "2024-03-05 12:00 CET+3", "2024-03-05 12:00 XYZ+3",
        "2024-03-05 12:00 Europe/Nowhere", "2024-03-05 12:00 W. Europe Standard Time", "1. J\u00e4nner 2026", "1 Juni 2021", "5 ao\u00fbt 2024 10:00",
        "mar 06 ene 2026", "Juni 2021", "2021\u5e746\u67081\u65e5", "2026-01-01 24:00:00"})
    void refusesZonesAndMonthsItDoesNotKnow(String text) {
        assertThrows(UnreadableTime.class, () -> FuzzyTime.parse(text, TODAY));
    }

    @Test
    void theQuickReadingAgreesWithTheGeneralOne() {
        Random random = new Random(5);
        for (int i = 0; i < 5_000; i++) {
            String text = spoiled(random, time(random).format(DateTimeFormatter.ofPattern(
                    random.nextBoolean() ? "yyyy-MM-dd HH:mm:ss" : "yyyy-MM-dd'T'HH:mm:ss")) + (i % 3 == 0 ? "Z" : i % 3 == 1 ? "+00:00" : ""));
            String quick = QuickTime.inUtcOrNull(text);
            if (quick != null) {
                assertEquals(IsoTime.format(FuzzyTime.parse(text, TODAY)), quick, text);
            }
        }
    }

    @Test
    void fixedFormatsAgreeWithTheGeneralReading() {
        Random random = new Random(6);
        String[][] formats = {{"%Y-%m-%d %H:%M:%S", "yyyy-MM-dd HH:mm:ss"}, {"%d/%m/%y %H:%M", "dd/MM/yy HH:mm"},
            {"%Y%m%d%H%M%S", "yyyyMMddHHmmss"}, {"%d %b %Y", "dd MMM yyyy"}, {"%Y-%m-%dT%H:%M:%S.%f", "yyyy-MM-dd'T'HH:mm:ss.SSS"}};
        for (String[] format : formats) {
            FixedTimeFormat fixed = FixedTimeFormat.of(format[0]);
            TimeFormat general = TimeFormat.of(format[0]);
            for (int i = 0; i < 1_000; i++) {
                String text = spoiled(random, time(random).format(DateTimeFormatter.ofPattern(format[1], Locale.ROOT)));
                LocalDateTime quick = fixed.parseOrNull(text);
                if (quick != null) {
                    assertEquals(general.general(text, true), quick, text);
                }
            }
        }
    }

    private static LocalDateTime time(Random random) {
        return LocalDateTime.of(1969 + random.nextInt(90), 1, 1, 0, 0).plusSeconds(random.nextInt(31_536_000));
    }

    private static String spoiled(Random random, String text) {
        if (random.nextBoolean()) {
            return text;
        }
        int at = random.nextInt(text.length());
        return text.substring(0, at) + "0123456789 -:T".charAt(random.nextInt(14)) + text.substring(at + random.nextInt(2));
    }
}
