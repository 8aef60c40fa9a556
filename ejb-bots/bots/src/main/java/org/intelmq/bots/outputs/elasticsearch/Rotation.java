package org.intelmq.bots.outputs.elasticsearch;

import java.time.Clock;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import org.intelmq.message.Field;
import org.intelmq.message.Fields;
import org.intelmq.message.Message;
import org.intelmq.text.python.Strftime;
import org.intelmq.text.time.IsoTime;
import org.intelmq.text.time.UnreadableTime;

/** How often a new index begins. Weeks begin on Monday; days before the first Monday of a year are in its week 00, as in IntelMQ. */
enum Rotation {
    NEVER(null), DAILY("%Y-%m-%d"), WEEKLY("%Y-%W"), MONTHLY("%Y-%m"), YEARLY("%Y");

    private final String format;

    Rotation(String format) {
        this.format = format;
    }

    /** The index for an event: by {@code time.source}, else {@code time.observation}, else today. */
    String index(String name, Message event, Clock clock) {
        if (format == null) {
            return name;
        }
        ZonedDateTime time = time(event, Fields.TIME_SOURCE);
        if (time == null) {
            time = time(event, Fields.TIME_OBSERVATION);
        }
        return name + '-' + Strftime.format(format, time == null ? clock.instant().atZone(ZoneOffset.UTC) : time);
    }

    private static ZonedDateTime time(Message event, Field field) {
        try {
            return event.get(field) instanceof String text ? IsoTime.parse(text).atZone(ZoneOffset.UTC) : null;
        } catch (UnreadableTime e) {
            return null;
        }
    }
}
