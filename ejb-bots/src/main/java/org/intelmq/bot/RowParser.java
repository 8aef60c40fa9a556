package org.intelmq.bot;

import org.intelmq.message.Event;
import org.intelmq.message.Fields;
import org.intelmq.message.Report;
import org.intelmq.text.Base64Text;

/** The shared way to parse: rows are split, mapped and sent one by one; a row that fails is set aside with its text. */
public final class RowParser<R> implements Bot<Report> {

    private final Rows<R> rows;
    private final RowMapper<R> mapper;
    private final BotContext context;

    public RowParser(BotContext context, Rows<R> rows, RowMapper<R> mapper) {
        this.context = context;
        this.rows = rows;
        this.mapper = mapper;
    }

    @Override
    public void process(Report report, Outbox out) throws Exception {
        String raw = report.text(Fields.RAW);
        if (raw == null) {
            context.log().warning("Report without raw field received. Possible bug or misconfiguration in previous bots.");
            return;
        }
        rows.split(Base64Text.decode(raw), row -> map(row.within(report, context), report, out));
    }

    private void map(Row<R> row, Report report, Outbox out) {
        try {
            mapper.map(row);
        } catch (Exception e) {
            Report part = report.copy();
            part.put(Fields.RAW, row.text());
            out.reject(part, e);
            return;
        }
        for (Event event : row.events()) {
            out.send(event);
        }
    }
}
