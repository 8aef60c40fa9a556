package org.intelmq.engine.stream;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Commits together what a bot's threads pass on at the same time. Commits follow one another on a thread that nobody interrupts, because the
 * outcome of an interrupted commit would be unknown. Thread-safe.
 */
public final class GroupCommit {

    private static final int MOST_TOGETHER = 500;
    private static final long LOOK_AGAIN_MILLIS = 100;

    private final StreamOwner owner;
    private final Deque<Given> waiting = new ArrayDeque<>();
    private boolean closed;

    GroupCommit(StreamOwner owner) {
        this.owner = owner;
    }

    /**
     * Returns when it is committed.
     *
     * @throws InterruptedException if the commit had not begun when the bot had to stop
     * @throws RuntimeException if it cannot be taken
     */
    void take(Given given) throws InterruptedException {
        synchronized (this) {
            if (closed) {
                throw new InterruptedException("bot '" + owner.botId() + "' is being stopped");
            }
            waiting.add(given);
            notifyAll();
            while (waiting.contains(given)) {
                try {
                    wait();
                } catch (InterruptedException e) {
                    if (waiting.remove(given)) {
                        throw e;
                    }
                    Thread.currentThread().interrupt();
                    break;
                }
                if (closed && waiting.remove(given)) {
                    throw new InterruptedException("bot '" + owner.botId() + "' is being stopped");
                }
            }
        }
        given.await();
    }

    /** Begins no further commit; one that has begun is finished. */
    synchronized void close() {
        closed = true;
        notifyAll();
    }

    /** Commits until it is closed. */
    void run() {
        for (List<Given> next = next(); !next.isEmpty(); next = next()) {
            commit(next);
            next.forEach(Given::finish);
        }
    }

    /** Empty when nothing more will come. */
    private synchronized List<Given> next() {
        while (!closed && (waiting.isEmpty() || owner.isHeld())) {
            try {
                wait(waiting.isEmpty() ? 0 : LOOK_AGAIN_MILLIS);
            } catch (InterruptedException e) {
                // the container is being stopped; close() tells those who wait
                closed = true;
            }
        }
        List<Given> next = new ArrayList<>();
        for (int items = 0; !closed && !waiting.isEmpty() && items < MOST_TOGETHER; ) {
            Given given = waiting.poll();
            items += Math.max(1, given.items().size());
            next.add(given);
        }
        notifyAll();
        return next;
    }

    /** If a shared commit fails, its messages are tried again one by one. */
    private void commit(List<Given> together) {
        try {
            owner.commit(together);
        } catch (Throwable e) {
            if (together.size() == 1) {
                together.get(0).fail(e instanceof RuntimeException unchecked ? unchecked : new IllegalStateException(e.toString(), e));
                return;
            }
            together.forEach(each -> {
                each.fail(null);
                commit(List.of(each));
            });
        }
    }
}
