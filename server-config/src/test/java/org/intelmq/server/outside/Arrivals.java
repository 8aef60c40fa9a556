package org.intelmq.server.outside;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** What has arrived somewhere, by its name in the test, and how often. Can hold up who brought it. Thread-safe. */
public final class Arrivals {

    private final Map<String, AtomicInteger> counts = new ConcurrentHashMap<>();
    private final AtomicInteger all = new AtomicInteger();
    private final CountDownLatch opened = new CountDownLatch(1);
    private final CountDownLatch reached = new CountDownLatch(1);
    private volatile int limit = Integer.MAX_VALUE;

    /** From now on, once so many have arrived, nobody gets an answer until {@link #open}. */
    public Arrivals holdAt(int number) {
        limit = number;
        return this;
    }

    public void arrived(String name) {
        counts.computeIfAbsent(name, missing -> new AtomicInteger()).incrementAndGet();
        all.incrementAndGet();
    }

    /** Called between an arrival and the answer to it. */
    public void hold() {
        if (all.get() >= limit) {
            reached.countDown();
            try {
                opened.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Somebody waits for an answer now. */
    public boolean holds() {
        return reached.getCount() == 0;
    }

    /** Nobody is held up any more. */
    public void open() {
        opened.countDown();
    }

    /** Each counted as often as it came. */
    public int all() {
        return all.get();
    }

    public int distinct() {
        return counts.size();
    }

    /** How many came that had come before. */
    public int doubled() {
        return all() - distinct();
    }

    public boolean has(String name) {
        return counts.containsKey(name);
    }
}
