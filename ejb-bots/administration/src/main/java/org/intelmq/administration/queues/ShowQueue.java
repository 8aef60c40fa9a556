package org.intelmq.administration.queues;

import org.intelmq.administration.Query;
import org.intelmq.administration.Site;

/** One queue. */
public record ShowQueue(String queue) implements Query<QueueView> {

    @Override
    public QueueView perform(Site site) {
        return KnownQueue.view(site, queue, KnownQueue.of(site, queue));
    }
}
