package org.intelmq.bot;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.intelmq.message.Event;
import org.intelmq.message.Fields;
import org.intelmq.message.Report;

/** One row of a report: its content, the text it came from, and the events made from it. */
public final class Row<R> {

    /** For a row that cannot be set aside by itself: if it fails, the whole report is set aside, once. */
    public static final Supplier<String> WHOLE_REPORT = () -> null;

    private static final long MOST_RAW = 64L << 20;

    private final R content;
    private final Supplier<String> text;
    private final Supplier<String> setAside;
    private Report report;
    private BotContext context;
    private List<Event> events = List.of();
    private long rawLength;
    private Exception problem;

    /** @param text a report with only this row (for CSV, with its header line), made only on request */
    public Row(R content, Supplier<String> text) {
        this(content, text, text);
    }

    /** @param setAside the report of a failed row, where it differs; made when the whole report has been read */
    public Row(R content, Supplier<String> text, Supplier<String> setAside) {
        this.content = content;
        this.text = text;
        this.setAside = setAside;
    }

    /** A row that cannot even be read: only this row is set aside. */
    public static <R> Row<R> broken(Exception problem, Supplier<String> setAside) {
        Row<R> row = new Row<>(null, setAside);
        row.problem = problem;
        return row;
    }

    public R content() {
        return content;
    }

    /** What belongs in {@code raw}: the row as a report of its own. */
    public String text() {
        return text.get();
    }

    public Report report() {
        return report;
    }

    /** A new event with the report's feed; it is sent when the whole row has been understood. */
    public Event newEvent() {
        return keep(context.newEvent(report));
    }

    /** Another event with the fields that an event of the row has now. */
    public Event newEventLike(Event event) {
        return keep(event.copy());
    }

    /** Refuses a row whose events would repeat its text too many times. */
    private Event keep(Event event) {
        if (events.isEmpty()) {
            events = new ArrayList<>(1);
        } else if (events.get(events.size() - 1).get(Fields.RAW) instanceof String raw) {
            rawLength += raw.length();
            if (rawLength > MOST_RAW) {
                throw new IllegalArgumentException("the row makes more than " + events.size() + " events of " + raw.length() + " characters each");
            }
        }
        events.add(event);
        return event;
    }

    /** Why it cannot be read; {@code null} if it can. */
    Exception problem() {
        return problem;
    }

    Row<R> within(Report itsReport, BotContext itsContext) {
        this.report = itsReport;
        this.context = itsContext;
        return this;
    }

    List<Event> events() {
        return events;
    }

    /** Called when the row has failed, so that only its text is kept. */
    void dropEvents() {
        events = List.of();
    }

    /** A report with only the failed row; {@code null} if only the whole report can be set aside. */
    Report setAside(ReportEncoding encoding) {
        String raw = setAside.get();
        if (raw == null) {
            return null;
        }
        Report part = report.copy();
        part.put(Fields.RAW, encoding.again(raw));
        return part;
    }
}
