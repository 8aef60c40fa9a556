package org.intelmq.administration.queues;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.intelmq.access.Role;
import org.intelmq.administration.Command;
import org.intelmq.administration.Refusal;
import org.intelmq.administration.Site;
import org.intelmq.administration.dumps.PurgedDumps;
import org.intelmq.control.QueueControl;

/**
 * Empties a queue. What was in it is kept as a dump for a day, from which it can be put back.
 *
 * @param confirm the queue's name once more, so that nobody empties the wrong one by a slip
 */
public record PurgeQueue(String queue, String confirm) implements Command<Moved> {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss-SSS").withZone(ZoneOffset.UTC);

    @Override
    public Role needs() {
        return Role.OPERATOR;
    }

    @Override
    public String summary() {
        return "purge queue " + queue;
    }

    /** Empties the queue into a dump that is kept for a day. */
    public static Moved keep(QueueControl queues, String queue) {
        String dump = PurgedDumps.PREFIX + queue.replaceAll("[^0-9a-zA-Z-]", "-") + "-" + TIME.format(Instant.now());
        long count = queues.takeOut(queue, dump, "Purged from queue '" + queue + "'; this dump is kept for one day.");
        return new Moved(count, count == 0 ? null : dump);
    }

    @Override
    public Moved perform(Site site) {
        KnownQueue.of(site, queue);
        if (!queue.equals(confirm)) {
            throw new Refusal(Refusal.Kind.INVALID, "not-confirmed", "confirm cannot be '" + confirm + "': expected the name of the queue, '" + queue + "'",
                    "Type the name of the queue to empty.");
        }
        PurgedDumps.forget(site.installation().log(), Instant.now());
        return keep(site.queues(), queue);
    }
}
