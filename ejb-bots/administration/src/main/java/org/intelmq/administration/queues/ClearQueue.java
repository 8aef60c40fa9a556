package org.intelmq.administration.queues;

import org.intelmq.access.Role;
import org.intelmq.administration.Command;
import org.intelmq.administration.Site;

/** Takes all out of a queue for good, as IntelMQ's {@code clear} does; {@link PurgeQueue} keeps it for a day. Answers how many events it held. */
public record ClearQueue(String queue) implements Command<Long> {

    @Override
    public Role needs() {
        return Role.OPERATOR;
    }

    @Override
    public String summary() {
        return "clear " + queue;
    }

    @Override
    public Long perform(Site site) {
        return site.control().clear(queue);
    }
}
