package org.intelmq.jms.artemis;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ClockWatchTest {

    private final AtomicLong clock = new AtomicLong(1_000_000);
    private final AtomicLong steadyClock = new AtomicLong();
    private final AtomicInteger putBack = new AtomicInteger();

    @Test
    void tellsOnceThatTheClockWasPutBack() {
        try (ClockWatch watch = new ClockWatch(clock::get, steadyClock::get, putBack::incrementAndGet)) {
            pass(1000);
            watch.look();
            assertEquals(0, putBack.get(), "time that passes");
            clock.addAndGet(86_400_000);
            watch.look();
            assertEquals(0, putBack.get(), "put on");
            clock.addAndGet(-3_600_000);
            watch.look();
            watch.look();
            assertEquals(1, putBack.get(), "put back");
        }
    }

    private void pass(long millis) {
        clock.addAndGet(millis);
        steadyClock.addAndGet(millis);
    }
}
