package org.intelmq.administration.queues;

import java.io.IOException;
import org.intelmq.access.Role;
import org.intelmq.administration.Command;
import org.intelmq.administration.Site;
import org.intelmq.administration.dumps.RecoverEntries;

/**
 * Lets what waits for its next try be taken at once; or puts back what was purged.
 *
 * @param dump that a purge has kept; {@code null} for what waits
 */
public record RetryQueue(String queue, String dump) implements Command<Moved> {

    @Override
    public Role needs() {
        return Role.OPERATOR;
    }

    @Override
    public String summary() {
        return "retry queue " + queue + (dump == null ? "" : " from dump " + dump);
    }

    @Override
    public Moved perform(Site site) throws IOException {
        KnownQueue.of(site, queue);
        if (dump != null) {
            return new Moved(new RecoverEntries(dump, null, null, true, queue).perform(site).total(), dump);
        }
        return new Moved(site.queues().hasten(queue), null);
    }
}
