package org.intelmq.engine.deliver;

import java.util.List;
import java.util.logging.Logger;
import org.intelmq.bot.UndecodableException;
import org.intelmq.engine.failure.Ends;
import org.intelmq.engine.failure.RollbackException;
import org.intelmq.engine.hosted.RunningBot;
import org.intelmq.engine.observe.Trace;
import org.intelmq.engine.operate.Supervisor;
import org.intelmq.engine.transaction.Transaction;
import org.intelmq.engine.wire.Suspects;
import org.intelmq.engine.wire.Wire;
import org.intelmq.jms.Delivery;
import org.intelmq.jms.Parcel;
import org.intelmq.pipeline.Problem;
import org.intelmq.pipeline.Severity;

/**
 * Deals with messages that have brought down the server. After the first crash, a delivery is split into single messages, and so is all that
 * follows from it, so that only the culprit can cause the next crash. After the second, the message is set aside without being decoded,
 * because anything done with it may crash the server. Thread-safe.
 */
public final class SetAside {

    private static final Logger LOG = Logger.getLogger(SetAside.class.getName());

    private final Supervisor supervisor;

    SetAside(Supervisor supervisor) {
        this.supervisor = supervisor;
    }

    /** Whether this was all there was to do for the delivery. */
    boolean dealtWith(RunningBot bot, Delivery delivery, Ends.Attempt attempt, Transaction transaction) {
        Parcel parcel = delivery.parcel();
        boolean batch = parcel.kind() == Parcel.Kind.EVENTS || parcel.kind() == Parcel.Kind.REPORT;
        if (!attempt.count().tooOften()) {
            if (!batch || parcel.count() < 2 || attempt.count().own() == 0) {
                return false;
            }
            Suspects.apart(parcel).forEach(part -> transaction.enqueue(bot.queue(), part));
            return true;
        }
        String ended = "The server has ended " + attempt.count().all() + " times while bot '" + bot.id() + "' was working on ";
        if (batch) {
            dump(bot, parcel, ended);
            return true;
        }
        String what = parcel.kind() == Parcel.Kind.TICK ? "a run of it" : "a large report, which stays in queue '" + bot.queue() + "'";
        String line = "bot '" + bot.id() + "': " + ended + what + ". It is stopped: correct its source, or give the server more memory "
                + "(INTELMQ_HEAP), and start it again";
        LOG.severe(line);
        bot.problem(new UndecodableException(line), "Bot stopped.");
        supervisor.refusals().add(bot.id(), List.of(Problem.of(bot.id(), Severity.REFUSED, line)));
        supervisor.stopSoon(bot, "Bot stopped.");
        if (parcel.kind() == Parcel.Kind.LARGE_REPORT) {
            attempt.passed(0);
            throw new RollbackException(line, null);
        }
        return true;
    }

    private void dump(RunningBot bot, Parcel parcel, String ended) {
        List<Parcel> parts = Wire.apart(parcel);
        UndecodableException reason = new UndecodableException(ended + (parts.size() == 1 ? "this message" : "these " + parts.size() + " messages")
                + ", so it is dumped. Find out what is special about it, or give the server more memory (INTELMQ_HEAP), and send it again with "
                + "intelmqdump");
        LOG.severe(reason.getMessage() + " " + bot.id() + ".");
        bot.problem(reason, "The message is dumped.");
        for (Parcel part : parts) {
            bot.dump(new Wire.Broken(Wire.text(part), false, reason), Trace.of(reason));
        }
    }
}
