package org.intelmq.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SharedRunTest {

    private static final int AT_ONCE = 8;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicInteger runs = new AtomicInteger();
    private final AtomicInteger asking = new AtomicInteger();
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch release = new CountDownLatch(1);

    @AfterEach
    void end() {
        release.countDown();
        threads.shutdownNow();
    }

    /** The first run lasts until it is released. */
    private final SharedRun<Integer> shared = new SharedRun<>(() -> {
        int run = runs.incrementAndGet();
        if (run == 1) {
            begun.countDown();
            try {
                release.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
        if (run == 3) {
            throw new IllegalArgumentException("the third");
        }
        return run;
    });

    @Test
    void whoComesDuringARunSharesTheNext() throws Exception {
        Future<Integer> first = threads.submit(shared::get);
        begun.await();
        List<Thread> waiting = new ArrayList<>();
        List<Future<Integer>> others = new ArrayList<>();
        for (int i = 0; i < AT_ONCE; i++) {
            others.add(threads.submit(() -> {
                synchronized (waiting) {
                    waiting.add(Thread.currentThread());
                }
                asking.incrementAndGet();
                return shared.get();
            }));
        }
        Awaitility.await().until(() -> asking.get() == AT_ONCE && allWait(waiting));
        assertTrue(others.stream().noneMatch(Future::isDone), "nobody gets what was begun before");
        release.countDown();
        assertEquals(1, first.get());
        for (Future<Integer> other : others) {
            assertEquals(2, other.get());
        }
        assertEquals(2, runs.get());
    }

    private static boolean allWait(List<Thread> threads) {
        synchronized (threads) {
            return threads.stream().allMatch(thread -> thread.getState() == Thread.State.WAITING);
        }
    }

    @Test
    void aFailureIsToldAndTheNextRunIsAnother() throws ExecutionException, InterruptedException {
        release.countDown();
        assertEquals(1, shared.get());
        assertEquals(2, shared.get());
        assertEquals("the third", assertThrows(IllegalArgumentException.class, shared::get).getMessage());
        assertEquals(4, threads.submit(shared::get).get());
    }
}
