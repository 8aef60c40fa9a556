package org.intelmq.engine.step;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.logging.Level;
import org.intelmq.bot.FaultException;
import org.intelmq.bot.UnavailableException;
import org.intelmq.engine.hosted.BotInstance;
import org.intelmq.engine.hosted.RunningBot;
import org.intelmq.engine.observe.Times;
import org.intelmq.engine.operate.Supervisor;
import org.intelmq.engine.transaction.Transaction;
import org.intelmq.message.Message;

/**
 * A bot's work on the messages that arrived together: as a batch if it can, otherwise, or if the batch has failed, one by one, so that a
 * failure affects one message only. Used once.
 */
public final class Step {

    private final RunningBot bot;
    private final BotInstance instance;
    private final Transaction transaction;
    private final Supervisor supervisor;
    private final FailedMessages failedMessages;
    private final StagingOutbox outbox;
    private final List<Result> results = new ArrayList<>(2);

    public Step(Visit visit, Transaction transaction, Downstream downstream, Supervisor supervisor, FailedMessages failedMessages) {
        this.bot = visit.bot();
        this.instance = visit.instance();
        this.transaction = transaction;
        this.supervisor = supervisor;
        this.failedMessages = failedMessages;
        this.outbox = new StagingOutbox(bot, transaction, downstream);
    }

    /** @param attempt how many times processing them has failed before */
    public List<Result> process(List<Message> inputs, int attempt) {
        bot.statistics().received(inputs.size());
        bot.taps().show(null, inputs);
        bot.debug(() -> "Received " + messages(inputs.size()) + (attempt > 0 ? ", tried " + attempt + " times before." : "."));
        String observed = bot.isOutput() ? Times.observed(inputs.get(0)) : null;
        long begun = System.nanoTime();
        OptionalInt whole = asBatch(inputs, attempt);
        int through = whole.isPresent() ? whole.getAsInt() : oneByOne(inputs, attempt);
        bot.statistics().times().worked(System.nanoTime() - begun, inputs.size());
        outbox.takeInto(results);
        bot.debug(() -> through + " of " + messages(inputs.size()) + " went through.");
        transaction.afterCommit(bot.progress().counting(through));
        if (observed != null && through > 0) {
            transaction.afterCommit(bot.arriving(observed));
        }
        return results;
    }

    /** The number of messages processed; empty if they must be tried one by one. */
    private OptionalInt asBatch(List<Message> inputs, int attempt) {
        if (inputs.size() == 1 || !instance.takesBatches()) {
            return OptionalInt.empty();
        }
        List<Message> copies = new ArrayList<>(inputs.size());
        inputs.forEach(input -> copies.add(input.copy()));
        try {
            instance.beginInputs(inputs.stream().map(Message::id).toList());
        } catch (UnavailableException e) {
            return OptionalInt.empty();
        }
        outbox.beginBatch(copies);
        Transaction.Mark mark = transaction.mark();
        try {
            instance.processAll(new ArrayList<>(copies), outbox);
        } catch (Throwable thrown) {
            Exception e = FaultException.of(thrown);
            bot.log().logger().log(Level.FINE, "A batch of " + inputs.size() + " failed; its messages are tried one by one.", e);
            undo(mark, e);
            if (!failedMessages.comesOfStop(e)) {
                return OptionalInt.empty();
            }
            failedMessages.goesOn(bot, inputs, e, attempt, true, results);
            return OptionalInt.of(0);
        }
        succeeded(inputs.size());
        return OptionalInt.of(inputs.size());
    }

    /** Returns the number of messages processed, not counting those put back or dumped. */
    private int oneByOne(List<Message> inputs, int attempt) {
        int through = 0;
        try {
            instance.foresee(inputs);
        } catch (UnavailableException e) {
            failedMessages.goesOn(bot, inputs, e, attempt, false, results);
            return 0;
        }
        for (int i = 0; i < inputs.size(); i++) {
            if (supervisor.isClosing()) {
                results.add(new Result.Back(inputs.subList(i, inputs.size()), 0, attempt));
                return through;
            }
            Message input = inputs.get(i);
            try {
                instance.beginInput(input.id());
            } catch (UnavailableException e) {
                // its state is kept by a service that is unreachable
                failedMessages.goesOn(bot, inputs.subList(i, inputs.size()), e, attempt, false, results);
                return through;
            }
            outbox.begin(input, input.id());
            Transaction.Mark mark = transaction.mark();
            try {
                instance.process(input, outbox);
            } catch (Throwable thrown) {
                Exception e = FaultException.of(thrown);
                undo(mark, e);
                if (!failedMessages.goesOn(bot, inputs.subList(i, inputs.size()), e, attempt, failedMessages.comesOfStop(e), results)) {
                    return through;
                }
                continue;
            }
            through++;
            succeeded(1);
            if (bot.configuration().scheduled()) {
                supervisor.stopSoon(bot, "Shutting down scheduled bot.");
                results.add(new Result.Back(inputs.subList(i + 1, inputs.size()), 0, attempt));
                return through;
            }
        }
        return through;
    }

    private void succeeded(int messages) {
        bot.statistics().succeeded(messages);
        bot.patience().success();
        FailedMessages.rejected(bot, outbox.takeRejections(), results);
    }

    private void undo(Transaction.Mark mark, Exception reason) {
        instance.undoState();
        outbox.undo();
        transaction.undo(mark, reason);
    }

    /** For the bot's log. */
    public static String messages(int number) {
        return number == 1 ? "1 message" : number + " messages";
    }
}
