package org.intelmq.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SharedMemoryTest {

    private static final Duration LONG_ENOUGH = Duration.ofSeconds(50);

    private final SharedMemory memory = new SharedMemory(100);
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void close() {
        threads.shutdownNow();
    }

    @Test
    void aReportCountsTwice() throws Exception {
        try (SharedMemory.Share share = memory.share()) {
            share.takeWithReport(50);
            assertFalse(memory.tryTake(1, 100));
            assertThrows(SharedMemory.TooLargeException.class, () -> share.takeWithReport(1));
            assertThrows(SharedMemory.NoRoomException.class, () -> memory.share().takeWithReport(1));
            assertThrows(SharedMemory.NoRoomException.class, () -> memory.share().takeWithReport(1, Duration.ofMillis(1)));
        }
        assertTrue(memory.tryTake(100, 100));
    }

    /** Each turn has two threads that need all of it, so that one always waits for the other. */
    @Test
    void whoWaitsIsWokenByWhoeverGivesBack() throws Exception {
        CyclicBarrier begin = new CyclicBarrier(2);
        Callable<Integer> turns = () -> {
            int taken = 0;
            for (int i = 0; i < 2000; i++) {
                begin.await(50, TimeUnit.SECONDS);
                try (SharedMemory.Share share = memory.share()) {
                    share.takeWithReport(50, LONG_ENOUGH);
                    taken++;
                }
            }
            return taken;
        };
        Future<Integer> one = threads.submit(turns);
        Future<Integer> other = threads.submit(turns);
        assertEquals(4000, one.get() + other.get());
        assertTrue(memory.tryTake(100, 100));
    }
}
