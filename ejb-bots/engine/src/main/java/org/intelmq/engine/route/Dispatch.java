package org.intelmq.engine.route;

import java.util.ArrayList;
import java.util.List;
import org.intelmq.engine.step.Visit;
import org.intelmq.message.Message;

/**
 * Messages on their way to a queue.
 *
 * @param from where they come from, along which of its paths
 * @param way  0 for the messages themselves, which go last; for other queues of the path, a number that distinguishes their copies
 */
public record Dispatch(Visit from, String path, String queue, List<Message> messages, int way) {

    /** As they are sent: a message with several destinations is not shared. */
    public List<Message> sent() {
        if (way == 0) {
            return messages;
        }
        List<Message> copies = new ArrayList<>(messages.size());
        for (Message message : messages) {
            Message copy = message.copy();
            copy.identify(message.id() + "." + way);
            copies.add(copy);
        }
        return copies;
    }
}
