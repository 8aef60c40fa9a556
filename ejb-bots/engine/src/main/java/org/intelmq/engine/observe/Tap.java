package org.intelmq.engine.observe;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.intelmq.control.Watcher;
import org.intelmq.message.Message;

/** Keeps a bot's next inputs, serialised, for an observer, without disturbing the bot. Thread-safe. */
public final class Tap implements Watcher {

    private final Serialised seen;
    private final CountDownLatch complete = new CountDownLatch(1);

    public Tap(int wanted) {
        seen = new Serialised(wanted);
    }

    @Override
    public synchronized void see(String path, List<Message> inputs) {
        if (path != null) {
            return;
        }
        for (Message input : inputs) {
            seen.add(input);
        }
        if (seen.isFull()) {
            complete.countDown();
        }
    }

    /** All that were wanted and fit into an answer, or those that have arrived by then. */
    public List<String> await(Duration atMost) throws InterruptedException {
        complete.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
        return seen();
    }

    public synchronized List<String> seen() {
        return seen.texts();
    }
}
