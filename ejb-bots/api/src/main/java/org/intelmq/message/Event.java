package org.intelmq.message;

import java.util.Collection;
import java.util.List;

/** One observation: what was seen where, when, and how it is classified. */
public final class Event extends Message {

    private static final Field[] FROM_REPORT = {Fields.FEED_ACCURACY, Fields.FEED_CODE, Fields.FEED_DOCUMENTATION,
            Fields.FEED_NAME, Fields.FEED_PROVIDER, Fields.FEED_URL, Fields.RTIR_ID, Fields.TIME_OBSERVATION};

    public Event(Harmonization harmonization) {
        super(harmonization, harmonization.eventRules());
    }

    /** An event with the feed fields of its report; {@code moreFields} of the report are copied too if they are set. */
    public static Event from(Report report, Collection<Field> moreFields) {
        Event event = new Event(report.harmonization());
        for (Field field : FROM_REPORT) {
            copy(report, field, event);
        }
        for (Field field : moreFields) {
            copy(report, field, event);
        }
        return event;
    }

    /** An event with the feed fields of its report. */
    public static Event from(Report report) {
        return from(report, List.of());
    }

    private static void copy(Report report, Field field, Event event) {
        Object value = report.has(field) ? report.get(field) : null;
        if (value != null) {
            event.admit(field, value, IfPresent.REPLACE);
        }
    }

    @Override
    public String typeName() {
        return "Event";
    }

    @Override
    public Event copy() {
        return (Event) copyInto(emptyCopy(), true, false);
    }

    @Override
    public Event deepCopy() {
        return (Event) super.deepCopy();
    }

    @Override
    public Event handedOn() {
        return (Event) super.handedOn();
    }

    @Override
    Event emptyCopy() {
        return new Event(harmonization());
    }
}
