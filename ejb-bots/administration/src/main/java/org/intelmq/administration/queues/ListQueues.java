package org.intelmq.administration.queues;

import java.util.ArrayList;
import java.util.List;
import org.intelmq.administration.Query;
import org.intelmq.administration.Site;

/** The queues by name, but for those that tell collectors when to look. */
public record ListQueues() implements Query<List<QueueView>> {

    @Override
    public List<QueueView> perform(Site site) {
        List<QueueView> views = new ArrayList<>();
        site.queues().states().forEach((queue, state) -> views.add(KnownQueue.view(site, queue, state)));
        return views;
    }
}
