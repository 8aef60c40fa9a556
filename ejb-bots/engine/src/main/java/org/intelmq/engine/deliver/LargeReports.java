package org.intelmq.engine.deliver;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.intelmq.bot.ReportData;
import org.intelmq.bot.ReportSize;
import org.intelmq.bot.ReportTooLargeException;
import org.intelmq.engine.decode.ReportCutter;
import org.intelmq.engine.hosted.RunningBot;
import org.intelmq.engine.operate.Roster;
import org.intelmq.engine.transaction.Transaction;
import org.intelmq.engine.wire.Wire;
import org.intelmq.jms.Parcel;
import org.intelmq.message.Report;

/** Sends reports that do not fit in memory: their data goes to the parser's queue as a stream, see {@link ReportCutter}. Thread-safe. */
public final class LargeReports {

    private final Roster roster;

    LargeReports(Roster roster) {
        this.roster = roster;
    }

    /**
     * @param trace the span that sends it; {@code null} without tracing
     * @throws ReportTooLargeException if a bot behind one of the queues needs the report whole
     */
    void send(List<String> queues, Report report, ReportData data, String trace, Transaction transaction) throws IOException {
        for (String queue : queues) {
            RunningBot consumer = roster.takes(queue);
            if (consumer != null && consumer.instances().seams().isEmpty()) {
                ReportSize.check("for bot '" + consumer.id() + "', which reads reports whole: the data", data.size());
            }
        }
        for (int i = 0; i < queues.size(); i++) {
            Report head = report.copy();
            head.identify(i == 0 ? report.id() : report.id() + "." + i);
            try (InputStream content = data.open()) {
                Parcel parcel = Wire.encodeWithoutData(head);
                transaction.send(queues.get(i), trace == null ? parcel : parcel.withTrace(trace), content);
            }
        }
    }
}
