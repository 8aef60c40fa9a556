package org.intelmq.bot;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.intelmq.message.Event;
import org.intelmq.message.Fields;
import org.intelmq.message.MessageLimits;
import org.intelmq.message.Report;

/**
 * The usual way to parse: rows are split, mapped and sent one by one; a row that fails is set aside with its text, and processing continues
 * with the next. If the rest of a report cannot be split, the whole report is set aside, and the events so far are kept.
 */
public final class RowParser<R> implements Bot<Report>, Divisible {

    private static final int MOST_FAILURES = 10_000;
    /** Of rows that are set aside: more than any report has, but each row may have a long header. */
    private static final long MOST_CHARACTERS = 2 * MessageLimits.LONGEST_RAW;

    private final Rows<R> rows;
    private final RowMapper<R> mapper;
    private final BotContext context;
    private final boolean bare;

    public RowParser(BotContext context, Rows<R> rows, RowMapper<R> mapper) {
        this(context, rows, mapper, false);
    }

    private RowParser(BotContext context, Rows<R> rows, RowMapper<R> mapper, boolean bare) {
        this.context = context;
        this.rows = rows;
        this.mapper = mapper;
        this.bare = bare;
    }

    /** A parser whose events get no {@code default_fields}, and that refuses the whole report if it has no {@code raw} or no good row. */
    public static <R> RowParser<R> bare(BotContext context, Rows<R> rows, RowMapper<R> mapper) {
        return new RowParser<>(context, rows, mapper, true);
    }

    @Override
    public Optional<Seams> seams() {
        return rows.seams();
    }

    @Override
    public void process(Report report, Outbox out) throws Exception {
        String raw = report.text(Fields.RAW);
        if (raw == null && bare) {
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
        } catch (Throwable thrown) {
            Exception e = FaultException.of(thrown);
            if (pass.sent == 0 || pass.sending) {
                throw e;
            }
            out.reject(report, e);
        }
        context.log().info(() -> "Sent " + pass.sent + " events and found " + pass.failed.size() + " problem(s).");
    }

    /** One pass through one report. */
    private final class Pass {

        private record Failure(Row<?> row, Exception reason) { }

        private final Report report;
        private final Outbox out;
        private final List<Failure> failed = new ArrayList<>();
        private int good;
        private int sent;
        private boolean sending;

        Pass(Report report, Outbox out) {
            this.report = report;
            this.out = out;
        }

        void accept(Row<R> row) {
            row.within(report, context);
            try {
                if (row.problem() != null) {
                    throw row.problem();
                }
                mapper.map(row);
                if (!bare) {
                    row.events().forEach(context::complete);
                }
            } catch (Throwable thrown) {
                fail(row, FaultException.of(thrown));
                return;
            }
            good++;
            sending = true;
            try {
                for (Event event : row.events()) {
                    out.send(event);
                    sent++;
                }
            } catch (UnsendableException e) {
                sending = false;
                fail(row, e);
            }
            sending = false;
        }

        /** With so many failures it is the report that has another form, and its pieces would fill memory and dump. */
        private void fail(Row<R> row, Exception reason) {
            if (failed.size() == MOST_FAILURES) {
                throw new UndecodableException("more than " + MOST_FAILURES + " rows of the report cannot be parsed, the last because of: " + reason,
                        reason);
            }
            row.dropEvents();
            failed.add(new Failure(row, reason));
        }

        void rejectFailed() throws Exception {
            if (bare && good == 0 && !failed.isEmpty()) {
                throw failed.get(0).reason();
            }
            List<Report> parts = new ArrayList<>(failed.size());
            long characters = 0;
            for (Failure failure : failed) {
                Report part = failure.row().setAside(context.encoding());
                if (part == null) {
                    throw failure.reason();
                }
                characters += part.get(Fields.RAW) instanceof String raw ? raw.length() : 0;
                if (characters > MOST_CHARACTERS) {
                    throw new UndecodableException("rows of the report that cannot be parsed have more than " + MOST_CHARACTERS
                            + " characters together, each with its header; the first because of: " + failed.get(0).reason(), failed.get(0).reason());
                }
                parts.add(part);
            }
            for (int i = 0; i < parts.size(); i++) {
                out.reject(parts.get(i), failed.get(i).reason());
            }
        }
    }
}
