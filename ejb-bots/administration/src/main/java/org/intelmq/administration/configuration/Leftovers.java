package org.intelmq.administration.configuration;

import org.intelmq.administration.queues.PurgeQueue;
import org.intelmq.control.QueueControl;

/** What is done with queues whose bot is removed. */
public interface Leftovers {

    /** Moves all that waits, losing and doubling nothing. */
    void move(String from, String to);

    /** Takes all out that waits; a dump of it is kept for a day. */
    void discard(String queue);

    static Leftovers of(QueueControl queues) {
        return new Leftovers() {
            @Override
            public void move(String from, String to) {
                queues.move(from, to);
            }

            @Override
            public void discard(String queue) {
                PurgeQueue.keep(queues, queue);
            }
        };
    }
}
