package org.intelmq.bots;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/**
 * Measures in processor time of the thread that works, which other load on the machine hardly moves, and prints a line a
 * measurement. Collecting garbage is told at the end.
 */
final class Gauge {

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final long SECOND = 1_000_000_000L;
    private static final String LINE = "%14s %13s %12s %8s  %s%n";

    interface Work {
        /** @return the number of events worked on */
        long run() throws Exception;
    }

    static void title() {
        System.out.printf(LINE, "events/CPU-s", "µs per event", "original", "ratio", "what");
    }

    static void print(String what, Work work) throws Exception {
        double taken = measure(work, SECOND, SECOND / 2);
        System.out.printf(LINE, rate(taken), micros(taken), "", "", what);
    }

    static void print(String what, Original original, Work work) throws Exception {
        double taken = measure(work, 2 * SECOND, SECOND);
        double ratio = SECOND / taken / original.eventsPerCpuSecond;
        System.out.printf(LINE, rate(taken), micros(taken), "%,d".formatted(original.eventsPerCpuSecond), "%.1f".formatted(ratio),
                ratio < original.aim ? what + " (BELOW the aim of " + original.aim + ")" : what);
    }

    static void printGarbageCollection() {
        long collecting = ManagementFactory.getGarbageCollectorMXBeans().stream().mapToLong(GarbageCollectorMXBean::getCollectionTime).sum();
        double working = THREADS.getCurrentThreadCpuTime() / 1e6;
        System.out.printf("All work stood still for garbage collection for %.1f %% of the time worked.%n", 100 * collecting / working);
    }

    private static String rate(double nanoseconds) {
        return "%,.0f".formatted(SECOND / nanoseconds);
    }

    private static String micros(double nanoseconds) {
        return "%.2f".formatted(nanoseconds / 1000);
    }

    /** @return nanoseconds an event */
    private static double measure(Work work, long warmUp, long measured) throws Exception {
        repeat(work, warmUp);
        return repeat(work, measured);
    }

    private static double repeat(Work work, long nanoseconds) throws Exception {
        long start = THREADS.getCurrentThreadCpuTime();
        long taken;
        long count = 0;
        do {
            count += work.run();
            taken = THREADS.getCurrentThreadCpuTime() - start;
        } while (taken < nanoseconds);
        return (double) taken / count;
    }

    private Gauge() { }
}
