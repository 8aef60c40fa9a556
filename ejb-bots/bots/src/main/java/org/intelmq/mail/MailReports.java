package org.intelmq.mail;

import java.io.IOException;
import org.intelmq.bot.Outbox;
import org.intelmq.bot.ReportData;
import org.intelmq.message.Report;

/** Sends the reports of one mail, each with its own identity. */
public final class MailReports {

    private final Outbox out;
    private final String identity;
    private int number;

    MailReports(Outbox out, String identity) {
        this.out = out;
        this.identity = identity;
    }

    public void send(Report report) {
        report.identify(identity + '.' + number++);
        out.send(report);
    }

    /** @throws org.intelmq.bot.ReportTooLargeException as for {@link Outbox#send(Report, ReportData)} */
    public void send(Report report, ReportData data) throws IOException {
        report.identify(identity + '.' + number++);
        out.send(report, data);
    }
}
