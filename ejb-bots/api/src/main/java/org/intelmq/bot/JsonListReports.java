package org.intelmq.bot;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.intelmq.message.Fields;
import org.intelmq.message.IfPresent;
import org.intelmq.message.Json;
import org.intelmq.message.Report;
import org.intelmq.text.encoding.Base64Text;

/**
 * Sends the items of a JSON list in one report, or in as few as the size limit allows. Each report is a list that a parser can read by itself.
 * For one input and one thread.
 */
public final class JsonListReports {

    /** The limit of one report, in characters. */
    private static final long MOST = Math.min(ReportSize.MOST / 2, 64L << 20);

    private final long most;
    private final Supplier<Report> reports;
    private final Outbox out;
    private final List<String> elements = new ArrayList<>();
    private long length;
    private boolean anySent;

    /** @param reports creates a report with all fields except its data */
    public JsonListReports(Supplier<Report> reports, Outbox out) {
        this(reports, out, MOST);
    }

    JsonListReports(Supplier<Report> reports, Outbox out, long most) {
        this.most = most;
        this.reports = reports;
        this.out = out;
    }

    /** @throws ReportTooLargeException if this element alone is larger than a report may be */
    public void add(Object element) throws IOException {
        String text = Json.writeAsRead(element);
        ReportSize.check("an element", text.length());
        if (length > 0 && length + text.length() > most) {
            send();
        }
        elements.add(text);
        length += text.length() + 2;
    }

    /** Sends what is left; an empty list if there were no elements at all. */
    public void finish() {
        if (!elements.isEmpty() || !anySent) {
            send();
        }
    }

    private void send() {
        Report report = reports.get();
        report.addUnsanitized(Fields.RAW, Base64Text.encode('[' + String.join(", ", elements) + ']'), IfPresent.REPLACE, true);
        out.send(report);
        anySent = true;
        elements.clear();
        length = 0;
    }
}
