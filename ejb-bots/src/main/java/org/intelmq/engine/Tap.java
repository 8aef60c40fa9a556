package org.intelmq.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.intelmq.message.Message;
import org.intelmq.message.MessageJson;

/** Keeps the next inputs of a bot, serialised, for somebody who watches; the bot does not notice. Thread-safe. */
final class Tap {

    private final int wanted;
    private final List<String> seen = new ArrayList<>();
    private final CountDownLatch complete = new CountDownLatch(1);

    Tap(int wanted) {
        this.wanted = wanted;
    }

    synchronized void see(List<Message> inputs) {
        for (Message input : inputs) {
            if (seen.size() < wanted) {
                seen.add(MessageJson.serialize(input));
            }
        }
        if (seen.size() >= wanted) {
            complete.countDown();
        }
    }

    /** All that were wanted, or those that came until then. */
    List<String> await(Duration atMost) throws InterruptedException {
        complete.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
        return seen();
    }

    synchronized List<String> seen() {
        return List.copyOf(seen);
    }
}
