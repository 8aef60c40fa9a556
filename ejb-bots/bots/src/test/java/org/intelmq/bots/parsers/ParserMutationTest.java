package org.intelmq.bots.parsers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.intelmq.bot.Bot;
import org.intelmq.bot.Outbox;
import org.intelmq.bots.QuietLog;
import org.intelmq.message.Message;
import org.intelmq.message.MessageJson;
import org.intelmq.message.Report;
import org.intelmq.testing.ParserSample;
import org.junit.jupiter.api.Test;

/**
 * Spoilt feeds end in events or in the error path, soon, and leave nothing behind. Short by default; {@code -Dmutations=1000000}
 * runs long, {@code -Dseed=…} runs others.
 */
class ParserMutationTest {

    private static final long LONGEST_NANOSECONDS = 1_000_000_000L;
    private static final long MOST_KEPT_BYTES = 200L << 20;

    private final int mutations = Integer.getInteger("mutations", 20_000);
    private final long seed = Long.getLong("seed", 20240517L);
    private final Counter counter = new Counter();
    private final List<String> problems = new ArrayList<>();
    private volatile String current;
    private volatile long begun;

    @Test
    void endsInEventsOrDumps() throws Exception {
        try (QuietLog quiet = new QuietLog()) {
            Thread worker = new Thread(this::run, "mutations");
            worker.setDaemon(true);
            worker.start();
            watch(worker);
        }
        System.out.printf("%,d mutations with seed %d: %,d events, %,d parts set aside, %,d reports refused; slowest %.0f ms (%s), %d MiB kept%n",
                mutations, seed, counter.sent, counter.rejected, counter.refused, counter.slowest / 1e6, counter.slowestSample, kept() >> 20);
        assertEquals(List.of(), problems);
        assertFalse(kept() > MOST_KEPT_BYTES, "memory kept: " + kept());
    }

    private void watch(Thread worker) throws InterruptedException {
        while (worker.isAlive()) {
            worker.join(1000);
            String hanging = current;
            if (hanging != null && System.nanoTime() - begun > 60 * LONGEST_NANOSECONDS && hanging.equals(current)) {
                problems.add("hangs: " + hanging);
                return;
            }
        }
    }

    private static long kept() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private void run() {
        try {
            List<ParserSample> samples = ParserSample.all();
            Map<ParserSample, Bot<Report>> bots = new HashMap<>();
            for (int i = 0; i < mutations && problems.size() < 10; i++) {
                ParserSample sample = samples.get(i % samples.size());
                if (!bots.containsKey(sample)) {
                    bots.put(sample, sample.bot());
                }
                parse(sample, bots.get(sample), i);
            }
        } catch (Throwable e) {
            problems.add(current + ": " + e);
        }
        current = null;
    }

    private void parse(ParserSample sample, Bot<Report> bot, int number) throws Exception {
        byte[] feed = new Mutation(new Random(seed + number)).of(sample.feed());
        Report report = sample.report(feed);
        current = sample + ", mutation " + number;
        begun = System.nanoTime();
        long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        try {
            bot.process(report, counter);
        } catch (Exception e) {
            counter.refused++;
        } catch (Throwable e) {
            problems.add(current + ": " + e);
        }
        long taken = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before;
        if (taken > counter.slowest) {
            counter.slowest = taken;
            counter.slowestSample = current;
        }
        if (taken > LONGEST_NANOSECONDS) {
            problems.add(current + ": took " + taken / 1_000_000 + " ms");
        }
    }

    /** Writes each message, as the host would. */
    private static final class Counter implements Outbox {

        private long sent;
        private long rejected;
        private long refused;
        private long slowest;
        private String slowestSample;

        @Override
        public void send(String path, Message message) {
            MessageJson.serialize(message);
            sent++;
        }

        @Override
        public void sendIfRouted(String path, Message message) {
            send(path, message);
        }

        @Override
        public void reject(Report part, Exception reason) {
            MessageJson.serialize(part);
            rejected++;
        }

        @Override
        public void afterCommit(Runnable action) { }
    }
}
