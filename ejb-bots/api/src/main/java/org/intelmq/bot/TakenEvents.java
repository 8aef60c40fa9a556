package org.intelmq.bot;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.intelmq.message.Message;

/**
 * The events that another system has accepted although their batch failed. When they come again, one by one or in another batch, they are not
 * sent again. For systems that cannot detect duplicates themselves. Forgotten when the bot ends. Not thread-safe.
 */
public final class TakenEvents {

    /** More than there are in a batch. Beyond this, some may be sent twice rather than memory be used up. */
    private static final int MOST = 100_000;

    private final Set<String> ids = new HashSet<>();

    /** Those that have not been taken yet. The others are forgotten, because each comes again only once. */
    public List<Message> left(List<Message> events) {
        if (ids.isEmpty()) {
            return events;
        }
        List<Message> left = new ArrayList<>(events.size());
        for (Message event : events) {
            if (event.id() == null || !ids.remove(event.id())) {
                left.add(event);
            }
        }
        return left;
    }

    /** To be called with what was taken of a failed batch. */
    public void add(List<Message> events) {
        for (Message event : events) {
            if (event.id() != null && ids.size() < MOST) {
                ids.add(event.id());
            }
        }
    }
}
