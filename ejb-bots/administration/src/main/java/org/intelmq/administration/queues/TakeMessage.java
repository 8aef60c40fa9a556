package org.intelmq.administration.queues;

import org.intelmq.access.Role;
import org.intelmq.administration.Command;
import org.intelmq.administration.Site;

/** Takes the oldest message out of a queue; {@code null} if there is none. */
public record TakeMessage(String queue) implements Command<String> {

    @Override
    public Role needs() {
        return Role.OPERATOR;
    }

    @Override
    public String summary() {
        return "take a message out of queue " + queue;
    }

    @Override
    public String perform(Site site) {
        return site.control().pop(queue);
    }
}
