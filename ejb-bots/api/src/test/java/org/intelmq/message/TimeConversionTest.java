package org.intelmq.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.intelmq.text.time.FuzzyTime;
import org.intelmq.text.time.IsoTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeConversionTest {

    @ParameterizedTest
    @CsvSource({
        "timestamp, 1709642096, 2024-03-05T12:34:56+00:00",
        "timestamp, 1709642096.25, 2024-03-05T12:34:56.250000+00:00",
        "timestamp, -1, 1969-12-31T23:59:59+00:00",
        "epoch_millis, 1709642096789, 2024-03-05T12:34:56+00:00",
        "epoch_millis, 946684800000, 2000-01-01T00:00:00+00:00",
        "epoch_millis, 17096420967, 1970-07-17T21:00:20+00:00",
        "epoch_millis, -86400000, 1969-12-31T00:00:00+00:00",
        "epoch_millis, 1709642096, 2024-03-05T12:34:56+00:00",
        "windows_nt, 133541156960000000, 2024-03-05T12:34:56+00:00",
        "utc_isoformat, 2024-03-05T12:34:56+00:00, 2024-03-05T12:34:56+00:00",
        "from_format|%d.%m.%Y %H:%M, 05.03.2024 12:34, 2024-03-05T12:34:00+00:00",
        "from_format|%Y-%m-%dT%H:%M:%S%z, 2024-03-05T12:34:56+0530, 2024-03-05T07:04:56+00:00",
        "from_format_midnight|%d %b %Y, 5 mar 2024, 2024-03-05T00:00:00+00:00",
        "from_format_midnight|%Y-%m-%dT%H:%M:%S%z, 2024-03-05T23:59:59-05:00, 2024-03-05T00:00:00+00:00",
        "fuzzy, Tue 5 Mar 2024 12:34:56 +0100, 2024-03-05T11:34:56+00:00",
    })
    void converts(String conversion, String value, String expected) {
        assertEquals(expected, TimeConversion.of(conversion).convert(value));
    }

    /** The usual forms have a quick way of their own. */
    @Test
    void readsTheUsualFormsAsAnyOther() {
        Random random = new Random(20260305);
        TimeConversion conversion = TimeConversion.of(null, ZoneId.of("UTC"));
        for (int i = 0; i < 5000; i++) {
            String text = "%04d-%02d-%02d%s%02d:%02d:%02d%s".formatted(1 + random.nextInt(9999), 1 + random.nextInt(12), 1 + random.nextInt(28),
                    random.nextBoolean() ? "T" : " ", random.nextInt(24), random.nextInt(60), random.nextInt(60),
                    List.of("", "Z", "+00:00", " UTC", "+01:00").get(random.nextInt(5)));
            assertEquals(IsoTime.format(FuzzyTime.parse(text, LocalDate.of(2024, 1, 1))), conversion.convert(text), text);
        }
        for (String text : List.of("2023-02-29 00:00:00", "2024-13-01 00:00:00", "2024-01-01 24:00:00", "2024-01-32 00:00:00")) {
            assertThrows(IllegalArgumentException.class, () -> conversion.convert(text), text);
        }
    }

    @Test
    void refusesWhatIsNoTime() {
        assertThrows(IllegalArgumentException.class, () -> TimeConversion.of("timestamp").convert("soon"));
        assertThrows(IllegalArgumentException.class, () -> TimeConversion.of("timestamp").convert(1e15));
        assertThrows(IllegalArgumentException.class, () -> TimeConversion.of("utc_isoformat").convert("2024-03-05"));
        assertThrows(IllegalArgumentException.class, () -> TimeConversion.of("from_format|%Y").convert("24"));
        assertThrows(IllegalArgumentException.class, () -> TimeConversion.of("from_format|%Q"));
        assertThrows(IllegalArgumentException.class, () -> TimeConversion.of("fuzzy").convert("2026-01-01 10:00 +1900"));
        assertThrows(IllegalArgumentException.class, () -> TimeConversion.of("sometimes"));
        assertThrows(IllegalArgumentException.class, () -> TimeConversion.of("epoch_millis").convert("1.7672256E+12"));
        assertThrows(IllegalArgumentException.class, () -> TimeConversion.of("epoch_millis").convert("99999999999999999"));
        assertThrows(IllegalArgumentException.class, () -> TimeConversion.of("epoch_millis").convert("9".repeat(40)));
    }

    @ParameterizedTest
    @CsvSource({
        "fuzzy, 2024-07-01 10:00, 2024-07-01T08:00:00+00:00",
        "fuzzy, 2024-01-01 10:00, 2024-01-01T09:00:00+00:00",
        "fuzzy, 2024-07-01 10:00 UTC, 2024-07-01T10:00:00+00:00",
        "from_format|%d.%m.%Y %H:%M, 01.07.2024 10:00, 2024-07-01T08:00:00+00:00",
        "from_format|%d.%m.%Y %H:%M %z, 01.07.2024 10:00 +0000, 2024-07-01T10:00:00+00:00",
        "from_format_midnight|%d.%m.%Y, 01.07.2024, 2024-06-30T22:00:00+00:00",
        "timestamp, 1709642096, 2024-03-05T12:34:56+00:00",
    })
    void readsTimesWithoutZoneInTheGivenOne(String conversion, String value, String expected) {
        assertEquals(expected, TimeConversion.of(conversion, ZoneId.of("Europe/Vienna")).convert(value, Clock.systemUTC()));
    }

    @Test
    void tellsOnceThatTenDigitsAreSeconds() {
        List<String> told = new ArrayList<>();
        TimeConversion millis = TimeConversion.of("epoch_millis", ZoneId.of("UTC"), told::add);
        assertEquals("2026-01-01T00:00:00+00:00", millis.convert("1767225600000"));
        assertEquals("1970-01-02T00:00:00+00:00", millis.convert("86400000"));
        assertEquals(List.of(), told);
        assertEquals("2026-01-01T00:00:00+00:00", millis.convert("1767225600"));
        assertEquals("2026-01-01T00:00:01+00:00", millis.convert("1767225601"));
        assertEquals(1, told.size());
        assertTrue(told.get(0).contains("1767225600"), told.get(0));
    }
}
