package org.intelmq.administration.queues;

import org.intelmq.access.Role;
import org.intelmq.administration.Command;
import org.intelmq.administration.Refusal;
import org.intelmq.administration.Site;

/**
 * Puts all that waits now into another queue, without anything being lost or doubled.
 *
 * @param to a queue that exists
 */
public record MoveQueue(String queue, String to) implements Command<Moved> {

    @Override
    public Role needs() {
        return Role.OPERATOR;
    }

    @Override
    public String summary() {
        return "move queue " + queue + " to " + to;
    }

    @Override
    public Moved perform(Site site) {
        KnownQueue.of(site, queue);
        if (to == null || to.equals(queue)) {
            throw new Refusal(Refusal.Kind.INVALID, "invalid-target", "to cannot be " + (to == null ? "missing" : "'" + to + "', the queue itself")
                    + ": expected another queue", "Name the queue to move the messages to.");
        }
        KnownQueue.of(site, to);
        return new Moved(site.queues().move(queue, to), null);
    }
}
