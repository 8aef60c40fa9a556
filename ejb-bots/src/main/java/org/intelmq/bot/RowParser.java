package org.intelmq.bot;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.intelmq.message.Event;
import org.intelmq.message.Fields;
import org.intelmq.message.Report;

/**
 * The shared way to parse: rows are split, mapped and sent one by one; a row that fails is set aside with its text. If the rest
 * of a report cannot be split, the whole report is set aside, and the events before stay.
 */
public final class RowParser<R> implements Bot<Report>, Divisible {

    private final Rows<R> rows;
    private final RowMapper<R> mapper;
    private final BotContext context;
    private final boolean endsAtBadRow;

    public RowParser(BotContext context, Rows<R> rows, RowMapper<R> mapper) {
        this(context, rows, mapper, false);
    }

    private RowParser(BotContext context, Rows<R> rows, RowMapper<R> mapper, boolean endsAtBadRow) {
        this.context = context;
        this.rows = rows;
        this.mapper = mapper;
        this.endsAtBadRow = endsAtBadRow;
    }

    /** A parser that ends at the first bad row and sets the whole report aside; such rows get no {@code default_fields}. */
    public static <R> RowParser<R> endingAtBadRow(BotContext context, Rows<R> rows, RowMapper<R> mapper) {
        return new RowParser<>(context, rows, mapper, true);
    }

    @Override
    public Optional<Seams> seams() {
        return rows.seams();
    }

    @Override
    public void process(Report report, Outbox out) throws Exception {
        String raw = report.text(Fields.RAW);
        if (raw == null && endsAtBadRow) {
            throw new UndecodableException("the report has no raw field");
        }
        if (raw == null) {
            context.log().warning("Report without raw field received. Possible bug or misconfiguration in previous bots.");
            return;
        }
        Pass pass = new Pass(report, out);
        try {
            rows.split(context.encoding().decode(raw, context.log()), pass::accept);
            pass.rejectFailed();
        } catch (Exception e) {
            Exception reason = e instanceof BadRow bad ? bad.reason : e;
            if (pass.sent == 0 || pass.sending) {
                throw reason;
            }
            out.reject(report, reason);
        }
        context.log().info(() -> "Sent " + pass.sent + " events and found " + pass.failed.size() + " problem(s).");
    }

    /** The way through one report. */
    private final class Pass {

        private record Failure(Row<?> row, Exception reason) { }

        private final Report report;
        private final Outbox out;
        private final List<Failure> failed = new ArrayList<>();
        private int sent;
        private boolean sending;

        Pass(Report report, Outbox out) {
            this.report = report;
            this.out = out;
        }

        void accept(Row<R> row) {
            try {
                mapper.map(row.within(report, context));
                if (!endsAtBadRow) {
                    row.events().forEach(context::complete);
                }
            } catch (Exception e) {
                if (endsAtBadRow) {
                    throw new BadRow(e);
                }
                row.dropEvents();
                failed.add(new Failure(row, e));
                return;
            }
            sending = true;
            for (Event event : row.events()) {
                out.send(event);
                sent++;
            }
            sending = false;
        }

        void rejectFailed() throws Exception {
            for (Failure failure : failed) {
                Report part = failure.row().setAside(context.encoding());
                if (part == null) {
                    throw failure.reason();
                }
                out.reject(part, failure.reason());
            }
        }
    }

    private static final class BadRow extends RuntimeException {

        private static final long serialVersionUID = 1L;
        private final transient Exception reason;

        BadRow(Exception reason) {
            super(null, reason, false, false);
            this.reason = reason;
        }
    }
}
