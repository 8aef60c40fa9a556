package org.intelmq.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

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
        "epoch_millis, 170964209678, 2024-03-05T12:34:56+00:00",
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

    @Test
    void refusesWhatIsNoTime() {
        assertThrows(IllegalArgumentException.class, () -> TimeConversion.of("timestamp").convert("soon"));
        assertThrows(IllegalArgumentException.class, () -> TimeConversion.of("timestamp").convert(1e15));
        assertThrows(IllegalArgumentException.class, () -> TimeConversion.of("utc_isoformat").convert("2024-03-05"));
        assertThrows(IllegalArgumentException.class, () -> TimeConversion.of("from_format|%Y").convert("24"));
        assertThrows(IllegalArgumentException.class, () -> TimeConversion.of("from_format|%Q"));
        assertThrows(IllegalArgumentException.class, () -> TimeConversion.of("sometimes"));
        assertNull(TimeConversion.of("epoch_millis").convert("17096420967"));
    }
}
