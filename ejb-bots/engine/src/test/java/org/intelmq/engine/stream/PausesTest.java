package org.intelmq.engine.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

class PausesTest {

    @Test
    void pausesGrowUpToFiveMinutes() {
        Pauses pauses = new Pauses(new Random(1));
        double before = 0;
        for (double expected : new double[] {1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300}) {
            double seconds = pauses.next().toMillis() / 1000.0;
            assertEquals(expected, seconds, expected * 0.2);
            assertTrue(seconds != before);
            before = seconds;
        }
        pauses.reset();
        assertEquals(1, pauses.next().toMillis() / 1000.0, 0.2);
    }
}
