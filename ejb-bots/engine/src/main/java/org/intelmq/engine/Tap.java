package org.intelmq.engine;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.intelmq.message.Message;

/** Keeps the next inputs of a bot, serialised, for somebody who watches; the bot does not notice. Thread-safe. */
final class Tap {

    private final Serialised seen;
    private final CountDownLatch complete = new CountDownLatch(1);

    Tap(int wanted) {
        seen = new Serialised(wanted);
    }

    synchronized void see(List<Message> inputs) {
        for (Message input : inputs) {
            seen.add(input);
        }
        if (seen.isFull()) {
            complete.countDown();
        }
    }

    /** All that were wanted and have place in an answer, or those that came until then. */
    List<String> await(Duration atMost) throws InterruptedException {
        complete.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
        return seen();
    }

    synchronized List<String> seen() {
        return seen.texts();
    }
}
