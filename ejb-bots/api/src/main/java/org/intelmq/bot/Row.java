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

    /** @param text a report with this row alone (for CSV with its header line), made only when asked for */
    public Row(R content, Supplier<String> text) {
        this(content, text, text);
    }

    /** @param setAside what becomes the report of a failed row, where that is not the same; asked when the whole report was read */
    public Row(R content, Supplier<String> text, Supplier<String> setAside) {
        this.content = content;
        this.text = text;
        this.setAside = setAside;
    }

    /** A row that cannot even be read: it is set aside alone. */
    public static <R> Row<R> broken(Exception problem, Supplier<String> setAside) {
        Row<R> row = new Row<>(null, setAside);
        row.problem = problem;
        return row;
    }

    public R content() {
        return content;
    }

    /** What belongs into {@code raw}: the row as a report of its own. */
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

    /** A further event with the fields that another event of the row has now. */
    public Event newEventLike(Event event) {
        return keep(event.copy());
    }

    /** Refuses a row whose events would multiply its text beyond measure. */
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

    /** What keeps it from being read; {@code null} for nothing. */
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

    /** Once it has failed, so that only its text is kept. */
    void dropEvents() {
        events = List.of();
    }

    /** The report of the failed row alone; {@code null} if only the whole report can be set aside. */
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
