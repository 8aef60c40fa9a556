package org.intelmq.engine;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Expensive work that many may ask for at the same time. Only one run happens at a time, and everybody who asks while it is under way shares
 * the next. Nobody gets the result of a run that began before they asked, so whoever has just changed something sees the change. Thread-safe.
 */
final class SharedRun<T> {

    private final Supplier<T> work;
    private final ReentrantLock running = new ReentrantLock();
    private CompletableFuture<T> next;

    SharedRun(Supplier<T> work) {
        this.work = work;
    }

    /** If a run fails, it fails for everybody who shares it. */
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
