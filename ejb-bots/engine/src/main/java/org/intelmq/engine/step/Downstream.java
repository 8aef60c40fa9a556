package org.intelmq.engine.step;

import java.io.IOException;
import java.util.List;
import org.intelmq.bot.ReportData;
import org.intelmq.message.Report;

/** Takes results while the bot is still working on its input, so that memory need not hold all events of a large report. */
public interface Downstream {

    void take(List<Result> results);

    /** For a report whose data is kept elsewhere. */
    void take(Report report, ReportData data) throws IOException;
}
