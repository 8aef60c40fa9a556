package org.intelmq.text.python;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Random;
import org.intelmq.text.VersionOrder;
import org.intelmq.text.time.RelativeTime;
import org.intelmq.text.time.TimeSpan;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumbersTest {

    @ParameterizedTest
    @CsvSource({"0.1, 0.1", "1e16, 1e+16", "123456789012345680, 1.2345678901234568e+17", "9999999999999998, 9999999999999998.0", "0.0001, 0.0001",
        "0.00001, 1e-05", "5e-324, 5e-324", "1e-322, 1e-322", "-0.0, -0.0", "2e-323, 2e-323", "1.5e300, 1.5e+300", "100, 100.0"})
    void floatsAreWrittenInTheFewestDigits(double number, String expected) {
        assertEquals(expected, FloatText.format(number));
    }

    @Test
    void writtenFloatsReadBackTheSame() {
        Random random = new Random(3);
        for (int i = 0; i < 20_000; i++) {
            double number = Double.longBitsToDouble(random.nextLong());
            if (Double.isFinite(number)) {
                assertEquals(number, FloatText.parse(FloatText.format(number)));
            }
        }
    }

    @Test
    void spansOfTimeAreForPeople() {
        assertEquals("1d 1h 1m 1s", TimeSpan.format(90_061, 0));
        assertEquals("-2.00m -1.50s", TimeSpan.format(-121.5, 2));
        assertEquals("", TimeSpan.format(0, 0));
    }

    @Test
    void versionsGoFromOldToNew() {
        assertEquals(1, Integer.signum(VersionOrder.INSTANCE.compare(List.of(3L, 0L, 0L), List.of(3L, 0L, 0L, "beta", 2L))));
        assertEquals(-1, Integer.signum(VersionOrder.INSTANCE.compare(List.of(3L, 0L, 0L, "alpha"), List.of(3L, 0L, 0L, "alpha", 1L))));
        assertEquals(0, VersionOrder.INSTANCE.compare(List.of(3L, 0L, 1L), List.of(3L, 0L, 1L, "stable", 0L)));
    }

    @Test
    void spansAreCountedInMinutes() {
        assertEquals(2880L, RelativeTime.minutes(" 2 days "));
        assertEquals(0.5, RelativeTime.minutes("30 seconds"));
    }
}
