package org.intelmq.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class QuietMemoryTest {

    private long processor;
    private long time;
    private int given;

    private final QuietMemory memory = new QuietMemory(() -> processor, () -> time, () -> {
        given++;
        processor += TimeUnit.SECONDS.toNanos(5);
    });

    private void look(long workedMillis) {
        time += TimeUnit.SECONDS.toNanos(10);
        processor += TimeUnit.MILLISECONDS.toNanos(workedMillis);
        memory.look();
    }

    @Test
    void givesBackOnceInAQuietTime() {
        for (int i = 0; i < 10 * QuietMemory.LOOKS; i++) {
            look(100);
        }
        assertEquals(1, given);
    }

    @Test
    void givesNothingBackWhileThereIsWork() {
        for (int i = 0; i < 10 * QuietMemory.LOOKS; i++) {
            look(i % QuietMemory.LOOKS == 0 ? 5000 : 100);
        }
        assertEquals(0, given);
    }

    @Test
    void givesBackAgainAfterWork() {
        for (int round = 0; round < 3; round++) {
            look(5000);
            for (int i = 0; i < 2 * QuietMemory.LOOKS; i++) {
                look(0);
            }
        }
        assertEquals(3, given);
    }

    @Test
    void collectsAndLeavesTheOptionsAsTheyWere() {
        String before = options();
        long collected = collections();
        QuietMemory.giveBack();
        // what is held softly goes with the second
        assertTrue(collections() >= collected + 2);
        assertEquals(before, options());
    }

    private static String options() {
        HotSpotDiagnosticMXBean options = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
        return options.getVMOption("MinHeapFreeRatio").getValue() + " " + options.getVMOption("MaxHeapFreeRatio").getValue();
    }

    private static long collections() {
        return ManagementFactory.getGarbageCollectorMXBeans().stream().mapToLong(GarbageCollectorMXBean::getCollectionCount).sum();
    }
}
