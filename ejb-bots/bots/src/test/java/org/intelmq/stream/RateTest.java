package org.intelmq.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class RateTest {

    private static final long SECOND = 1_000_000_000L;

    private static int taken(Rate rate, long now) {
        int taken = 0;
        while (taken < 1000 && rate.tryTake(now)) {
            taken++;
        }
        return taken;
    }

    @Test
    void takesSoManyASecond() {
        Rate rate = new Rate(10);
        assertEquals(10, taken(rate, -5 * SECOND));
        assertEquals(0, taken(rate, -5 * SECOND + 1));
        assertEquals(5, taken(rate, -5 * SECOND + SECOND / 2));
        assertEquals(10, taken(rate, 100 * SECOND));
    }

    @Test
    void zeroIsNoLimit() {
        assertTrue(taken(new Rate(0), 0) == 1000);
    }
}
