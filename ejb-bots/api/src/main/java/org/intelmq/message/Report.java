package org.intelmq.message;

import java.time.Clock;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.intelmq.text.time.IsoTime;

/** What a collector has fetched, as a whole: the data in {@code raw}, and where it came from. */
public final class Report extends Message {

    /** An empty report, without {@code time.observation}. */
    public Report(Harmonization harmonization) {
        super(harmonization, harmonization.reportRules());
    }

    /** A report whose {@code time.observation} is the current time, to the second. */
    public static Report create(Harmonization harmonization, Clock clock) {
        Report report = new Report(harmonization);
        report.observeAt(clock);
        return report;
    }

    /** The fields of an event that a report knows. */
    public static Report from(Message event) {
        Report report = new Report(event.harmonization());
        for (int i = 0; i < event.size(); i++) {
            if (report.rules().isKnown(event.fieldAt(i))) {
                report.addUnsanitized(event.fieldAt(i), event.valueAt(i), IfPresent.FAIL, true);
            }
        }
        return report;
    }

    /** As {@link #from(Message)}, with {@code time.observation} from the clock if the event has none. */
    public static Report from(Message event, Clock clock) {
        Report report = from(event);
        report.observeAt(clock);
        return report;
    }

    private void observeAt(Clock clock) {
        LocalDateTime now = LocalDateTime.ofInstant(clock.instant(), ZoneOffset.UTC).truncatedTo(ChronoUnit.SECONDS);
        addUnsanitized(Fields.TIME_OBSERVATION, IsoTime.format(now), IfPresent.KEEP, true);
    }

    @Override
    public String typeName() {
        return "Report";
    }

    @Override
    public Report copy() {
        return (Report) copyInto(emptyCopy(), true, false);
    }

    @Override
    public Report deepCopy() {
        return (Report) super.deepCopy();
    }

    @Override
    public Report handedOn() {
        return (Report) super.handedOn();
    }

    @Override
    Report emptyCopy() {
        return new Report(harmonization());
    }
}
