package org.intelmq.engine;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Costly work that many ask for at once: one run at a time, and all who come while one is under way share the next. Nobody gets what
 * was begun before they asked, so that whoever has just changed something sees it. Thread-safe.
 */
final class SharedRun<T> {

    private final Supplier<T> work;
    private final ReentrantLock running = new ReentrantLock();
    private CompletableFuture<T> next;

    SharedRun(Supplier<T> work) {
        this.work = work;
    }

    /** Fails for all who share a run as that run does. */
    T get() {
        CompletableFuture<T> shared;
        boolean leads;
        synchronized (this) {
            leads = next == null;
            if (leads) {
                next = new CompletableFuture<>();
            }
            shared = next;
        }
        if (leads) {
            lead(shared);
        }
        try {
            return shared.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }

    private void lead(CompletableFuture<T> shared) {
        running.lock();
        try {
            synchronized (this) {
                next = null;
            }
            shared.complete(work.get());
        } catch (RuntimeException | Error e) {
            shared.completeExceptionally(e);
        } finally {
            running.unlock();
        }
    }
}
