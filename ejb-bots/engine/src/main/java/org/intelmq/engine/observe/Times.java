package org.intelmq.engine.observe;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.concurrent.TimeUnit;
import org.intelmq.control.BotTimes;
import org.intelmq.message.Fields;
import org.intelmq.message.Message;

/** How long a bot's work takes. Thread-safe; recorded per batch, not per event. */
public final class Times {

    private final DurationHistogram batch = new DurationHistogram(-4, 2);
    private final DurationHistogram event = new DurationHistogram(-6, 1);
    private final DurationHistogram queued = new DurationHistogram(-3, 5);
    private final DurationHistogram path = new DurationHistogram(-2, 5);

    /** @param nanos for all messages that arrived together */
    public void worked(long nanos, int messages) {
        batch.record(nanos, 1);
        event.record(nanos / Math.max(1, messages), messages);
    }

    public void waited(long millis, int messages) {
        queued.record(TimeUnit.MILLISECONDS.toNanos(millis), messages);
    }

    /** @param observed as {@link #observed} says; {@code null} is not recorded */
    public void arrived(String observed, Instant now) {
        if (observed != null) {
            try {
                path.record(TimeUnit.MILLISECONDS.toNanos(now.toEpochMilli() - OffsetDateTime.parse(observed).toInstant().toEpochMilli()), 1);
            } catch (DateTimeException e) {
                // a time set by somebody else, which says nothing about us
                return;
            }
        }
    }

    /** When the event was observed, according to its field; {@code null} if it has none. */
    public static String observed(Message message) {
        return message.get(Fields.TIME_OBSERVATION) instanceof String time ? time : null;
    }

    public BotTimes read() {
        return new BotTimes(batch.read(), event.read(), queued.read(), path.read());
    }
}
