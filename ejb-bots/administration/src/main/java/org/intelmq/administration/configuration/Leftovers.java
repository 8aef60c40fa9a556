package org.intelmq.administration.configuration;

import org.intelmq.control.BotControl;

/** What is done with queues whose bot is removed. */
public interface Leftovers {

    /** Moves all that waits, losing and doubling nothing. */
    void move(String from, String to);

    /** Takes all out that waits. */
    void discard(String queue);

    /** Over what every server offers, one message after the other. */
    static Leftovers of(BotControl control) {
        return new Leftovers() {
            @Override
            public void move(String from, String to) {
                for (String message = control.pop(from); message != null; message = control.pop(from)) {
                    control.send(to, message);
                }
            }

            @Override
            public void discard(String queue) {
                control.clear(queue);
            }
        };
    }
}
