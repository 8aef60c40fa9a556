package org.intelmq.administration.queues;

import java.util.List;
import org.intelmq.access.Role;
import org.intelmq.administration.Limit;
import org.intelmq.administration.Page;
import org.intelmq.administration.Query;
import org.intelmq.administration.Site;
import org.intelmq.control.QueueControl;
import org.intelmq.message.Json;
import org.intelmq.message.JsonException;

/**
 * Messages that wait, oldest first; they stay in the queue. What is taken meanwhile moves those after it forward.
 *
 * @param limit  how many
 * @param cursor as the page before answered it; {@code null} for the oldest
 * @param full   whether messages of more than 20,000 characters are included
 */
public record PeekQueue(String queue, int limit, String cursor, boolean full) implements Query<Page<WaitingMessage>> {

    private static final int MOST = 1000;
    private static final int LONGEST = 20_000;

    @Override
    public Role needs() {
        return Role.OPERATOR;
    }

    @Override
    public Page<WaitingMessage> perform(Site site) {
        KnownQueue.of(site, queue);
        long from = Page.number(cursor, 0);
        List<QueueControl.Waiting> found = site.queues().look(queue, from, Limit.of("limit", limit, MOST));
        boolean more = !found.isEmpty() && site.queues().state(queue).waiting() > from + found.size();
        return new Page<>(found.stream().map(this::told).toList(), more ? String.valueOf(from + found.size()) : null);
    }

    private WaitingMessage told(QueueControl.Waiting one) {
        return new WaitingMessage(one.index(), one.text().length(), full || one.text().length() <= LONGEST ? json(one.text()) : null);
    }

    private static Object json(String text) {
        try {
            return Json.parse(text);
        } catch (JsonException e) {
            return text;
        }
    }
}
