package org.intelmq.engine;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.logging.Level;
import java.util.stream.IntStream;
import org.intelmq.bot.BatchBot;
import org.intelmq.bot.ConfigurationException;
import org.intelmq.bot.FaultException;
import org.intelmq.bot.Outbox;
import org.intelmq.bot.ReportData;
import org.intelmq.bot.Tick;
import org.intelmq.bot.UnavailableException;
import org.intelmq.bot.UndecodableException;
import org.intelmq.jms.Parcel;
import org.intelmq.message.InvalidValue;
import org.intelmq.message.Message;
import org.intelmq.message.MessageJson;
import org.intelmq.message.Report;

/**
 * The way of one delivery through the bot it was for and on through the bots fused to it: bots that only compute and whose queue
 * is empty get the results within the same transaction, all others through their queue. Failures are dealt with per input.
 */
final class ChainRun {

    private static final String ON_ERROR = "_on_error";
    private static final Duration TIME_TO_STOP = Duration.ofSeconds(1);

    private final Engine engine;
    private final Deliveries deliveries;
    private final Transaction transaction;

    ChainRun(Engine engine, Deliveries deliveries, Transaction transaction) {
        this.engine = engine;
        this.deliveries = deliveries;
        this.transaction = transaction;
    }

    /** Gives the messages to the bot and passes its results on. */
    void process(BotInstance instance, List<Message> inputs, int attempt) {
        RunningBot bot = instance.owner();
        StagingOutbox outbox = new StagingOutbox(bot, this, transaction);
        bot.statistics().received(inputs.size());
        bot.show(inputs);
        bot.debug(() -> "Received " + messages(inputs.size()) + (attempt > 0 ? ", tried " + attempt + " times before." : "."));
        OptionalInt whole = asBatch(instance, inputs, attempt, outbox);
        int through = whole.isPresent() ? whole.getAsInt() : oneByOne(instance, inputs, attempt, outbox);
        outbox.forward();
        bot.debug(() -> through + " of " + messages(inputs.size()) + " went through.");
        transaction.afterCommit(() -> bot.logProgress(through));
    }

    /** How many went through; empty if they are to be tried one by one. */
    private OptionalInt asBatch(BotInstance instance, List<Message> inputs, int attempt, StagingOutbox outbox) {
        if (inputs.size() == 1 || !(instance.bot() instanceof BatchBot<?>)) {
            return OptionalInt.empty();
        }
        @SuppressWarnings("unchecked")
        BatchBot<Object> bot = (BatchBot<Object>) instance.bot();
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
            bot.processAll(new ArrayList<>(copies), outbox);
        } catch (Throwable thrown) {
            Exception e = FaultException.of(thrown);
            instance.owner().log().logger().log(Level.FINE, "A batch of " + inputs.size() + " failed, its messages are tried one by one.", e);
            instance.undoState();
            outbox.undo();
            undo(mark, e);
            return stopped(instance.owner(), inputs, e, attempt) ? OptionalInt.of(0) : OptionalInt.empty();
        }
        instance.owner().statistics().succeeded(inputs.size());
        instance.owner().patience().success();
        return OptionalInt.of(inputs.size());
    }

    /** Returns how many went through, rather than back or into the dump. */
    private int oneByOne(BotInstance instance, List<Message> inputs, int attempt, StagingOutbox outbox) {
        RunningBot bot = instance.owner();
        int through = 0;
        for (int i = 0; i < inputs.size(); i++) {
            if (engine.isClosing()) {
                requeue(bot, inputs.subList(i, inputs.size()), 0, attempt);
                return through;
            }
            Message input = inputs.get(i);
            if (!begins(instance, inputs.subList(i, inputs.size()), attempt)) {
                return through;
            }
            outbox.begin(input, input.id());
            Transaction.Mark mark = transaction.mark();
            try {
                instance.bot().process(input, outbox);
            } catch (Throwable thrown) {
                Exception e = FaultException.of(thrown);
                instance.undoState();
                outbox.undo();
                undo(mark, e);
                if (stopped(bot, inputs.subList(i, inputs.size()), e, attempt) || setAside(bot, inputs.subList(i, inputs.size()), e, attempt)) {
                    return through;
                }
                failed(bot, input, e, attempt);
                continue;
            }
            through++;
            bot.statistics().succeeded(1);
            bot.patience().success();
            reportRejections(bot, outbox);
            if (bot.configuration().scheduled()) {
                engine.stopSoon(bot, "Shutting down scheduled bot.");
                requeue(bot, inputs.subList(i + 1, inputs.size()), 0, attempt);
                return through;
            }
        }
        return through;
    }

    /** What the bot remembers may be kept by a service that is away. */
    private boolean begins(BotInstance instance, List<Message> inputs, int attempt) {
        try {
            instance.beginInput(inputs.get(0).id());
            return true;
        } catch (UnavailableException e) {
            setAside(instance.owner(), inputs, e, attempt);
            return false;
        }
    }

    /**
     * A service that is away, or a parameter that does not do, is no fault of the messages: they go back unharmed, to come again
     * when the bot has had time to pause or stop.
     */
    private boolean setAside(RunningBot bot, List<Message> inputs, Exception reason, int attempt) {
        Duration delay;
        if (Away.isService(reason)) {
            delay = engine.waits().during(bot, reason);
        } else if (Away.isConnection(reason) && !bot.patience().worked()) {
            // not the first that fails so, and none has gone through between them: it is not the messages
            delay = engine.waits().during(bot, reason);
            long then = engine.now() + delay.toMillis();
            requeue(bot, inputs.subList(1, inputs.size()), then, 0);
            requeue(bot, inputs.subList(0, 1), then, attempt);
            return true;
        } else if (reason instanceof ConfigurationException) {
            delay = TIME_TO_STOP;
            bot.problem(reason, "The bot stops because of its configuration.");
            engine.failSoon(bot, "Bot stopped.");
        } else {
            return false;
        }
        requeue(bot, inputs, engine.now() + delay.toMillis(), 0);
        return true;
    }

    /**
     * An error while bots are being stopped may come of that: of an interrupted wait, of a file that it closed. It is not put down
     * to the messages; they come again at the next start, as they are.
     */
    private boolean stopped(RunningBot bot, List<Message> inputs, Exception reason, int attempt) {
        if (!isInterrupted(reason)) {
            return false;
        }
        bot.log().logger().info(inputs.size() + " messages go back to the queue, for the bot is being stopped: " + Away.reason(reason));
        requeue(bot, inputs, 0, attempt);
        return true;
    }

    private boolean isInterrupted(Exception reason) {
        // the interruption was for the bot; what is sent back from here must not be disturbed
        boolean interrupted = Thread.interrupted();
        for (Throwable each = reason; each != null && !interrupted; each = each.getCause()) {
            interrupted = each instanceof InterruptedException || each instanceof ClosedByInterruptException;
        }
        return interrupted || engine.isClosing();
    }

    private void failed(RunningBot bot, Message input, Exception reason, int attempt) {
        RuntimeParams params = bot.runtime();
        boolean retryUseless = reason instanceof InvalidValue || reason instanceof UndecodableException;
        bot.problem(reason, "Bot has found a problem.");
        List<String> refused = Readability.mend(input);
        if (!refused.isEmpty()) {
            bot.log().logger().warning("Fields " + refused + " are left out of the message that is kept: no bot could read it with them.");
        }
        if (params.errorLogMessage()) {
            bot.log().logger().info("Current Message(event): " + MessageJson.serialize(input) + ".");
        }
        boolean doubtful = Away.isConnection(reason);
        if (doubtful) {
            bot.patience().doubt();
        }
        if (!retryUseless && attempt < (doubtful ? Math.max(1, params.errorMaxRetries()) : params.errorMaxRetries())) {
            bot.log().logger().info("The message will be tried again in " + params.errorRetryDelay().toSeconds() + " seconds.");
            requeue(bot, List.of(input), engine.now() + params.errorRetryDelay().toMillis(), attempt + 1);
            return;
        }
        giveUp(bot, input, reason);
        if (params.errorProcedure() == RuntimeParams.ErrorProcedure.STOP) {
            engine.failSoon(bot, "Bot stopped because error_procedure is 'stop'.");
        }
    }

    /** Keeps the message for an operator, and sends it to {@code _on_error} if that is routed. */
    private void giveUp(RunningBot bot, Message message, Exception reason) {
        if (bot.runtime().errorDumpMessage()) {
            bot.dump(message, Trace.of(reason));
        }
        if (bot.routes(ON_ERROR)) {
            forward(bot, ON_ERROR, new ArrayList<>(List.of(message)));
        }
    }

    void reportRejections(RunningBot bot, StagingOutbox outbox) {
        for (StagingOutbox.Rejection rejection : outbox.takeRejections()) {
            bot.log().logger().log(Level.SEVERE, "Failed to parse line." + Trace.row(rejection.part()), rejection.reason());
            giveUp(bot, rejection.part(), rejection.reason());
        }
    }

    void undo(Transaction.Mark mark, Exception reason) {
        if (!transaction.goBackTo(mark)) {
            throw new RollbackException("a part of the results was handed over already, so the whole delivery is rolled back", reason);
        }
    }

    /** Puts messages back into the bot's own queue, encoded as they are now. */
    private void requeue(RunningBot bot, List<Message> messages, long deliverAt, int attempt) {
        if (!messages.isEmpty()) {
            bot.debug(() -> messages(messages.size()) + " back to queue '" + bot.queue() + "'" + (deliverAt == 0 ? "." : ", to come again at "
                    + Instant.ofEpochMilli(deliverAt) + "."));
            transaction.enqueue(bot.queue(), messages, deliverAt, attempt);
        }
    }

    /** Sends along one of the bot's paths. */
    void forward(RunningBot from, String path, List<Message> messages) {
        List<String> queues = from.configuration().destinationQueues().get(path);
        from.statistics().sent(path, messages.size());
        if (from.runtime().loadBalance() && queues.size() > 1) {
            List<List<Message>> shares = from.share(path, messages, queues.size());
            for (int i = 0; i < queues.size(); i++) {
                toQueue(from, path, queues.get(i), shares.get(i));
            }
            return;
        }
        for (int i = queues.size() - 1; i > 0; i--) {
            toQueue(from, path, queues.get(i), copies(messages, i));
        }
        toQueue(from, path, queues.get(0), messages);
    }

    /** Sends a report whose data is not in it along the default path. */
    void forward(RunningBot from, Report report, ReportData data) throws IOException {
        List<String> queues = from.configuration().destinationQueues().get(Outbox.DEFAULT_PATH);
        boolean inTurn = from.runtime().loadBalance() && queues.size() > 1;
        List<List<Message>> shares = inTurn ? from.share(Outbox.DEFAULT_PATH, List.of(report), queues.size()) : List.of();
        List<String> targets = inTurn ? IntStream.range(0, shares.size()).filter(i -> !shares.get(i).isEmpty()).mapToObj(queues::get).toList() : queues;
        engine.largeReports().send(targets, report, data, transaction);
        from.debug(() -> "Sent a report too large for memory along path '" + Outbox.DEFAULT_PATH + "' to queues " + targets + ".");
        from.statistics().sent(Outbox.DEFAULT_PATH, 1);
    }

    private static String messages(int number) {
        return number == 1 ? "1 message" : number + " messages";
    }

    private static List<Message> copies(List<Message> messages, int way) {
        List<Message> copies = new ArrayList<>(messages.size());
        for (Message message : messages) {
            Message copy = message.copy();
            copy.identify(message.id() + "." + way);
            copies.add(copy);
        }
        return copies;
    }

    private void toQueue(RunningBot from, String path, String queue, List<Message> messages) {
        if (messages.isEmpty()) {
            return;
        }
        BotInstance fused = transaction.sendsTo(queue) ? null : deliveries.fused(queue, messages.get(0), transaction);
        from.debug(() -> "Sent " + messages(messages.size()) + " along path '" + path + "' to "
                + (fused == null ? "queue '" + queue + "'." : "bot '" + fused.owner().id() + "', past its queue '" + queue + "'."));
        if (fused == null) {
            transaction.enqueue(queue, messages, 0, 0);
            return;
        }
        transaction.atWork(fused, true);
        try {
            process(fused, messages, 0);
        } finally {
            transaction.atWork(fused, false);
        }
    }

    /** Lets a collector look at its source and plans its next run. */
    void collect(BotInstance instance, Tick tick, String tickId, int attempt) {
        RunningBot bot = instance.owner();
        bot.debug(() -> "Looks at its source" + (attempt > 0 ? ", tried " + attempt + " times before." : "."));
        StagingOutbox outbox = new StagingOutbox(bot, this, transaction);
        try {
            instance.beginInput(tickId);
        } catch (UnavailableException e) {
            collectionFailed(bot, e, attempt);
            return;
        }
        outbox.begin(null, tickId);
        Transaction.Mark mark = transaction.mark();
        try {
            instance.bot().process(tick, outbox);
        } catch (Throwable thrown) {
            Exception e = FaultException.of(thrown);
            instance.undoState();
            outbox.undo();
            undo(mark, e);
            if (isInterrupted(e)) {
                throw new RollbackException("bot '" + bot.id() + "' is being stopped", e);
            }
            collectionFailed(bot, e, attempt);
            return;
        }
        bot.statistics().succeeded(1);
        bot.patience().success();
        int reports = outbox.results();
        outbox.forward();
        bot.debug(() -> "Collected " + reports + (reports == 1 ? " report." : " reports."));
        transaction.afterCommit(() -> bot.logProgress(reports));
        if (bot.configuration().scheduled()) {
            engine.stopSoon(bot, "Shutting down scheduled bot.");
            return;
        }
        planNextRun(bot, bot.pause(reports > 0).toMillis(), 0);
    }

    private void collectionFailed(RunningBot bot, Exception reason, int attempt) {
        RuntimeParams params = bot.runtime();
        if (Away.isService(reason) || Away.isConnection(reason)) {
            Duration pause = engine.waits().begin(bot, reason);
            Duration usual = params.rateLimit();
            planNextRun(bot, (usual.isZero() || pause.compareTo(usual) < 0 ? pause : usual).toMillis(), 0);
            return;
        }
        bot.problem(reason, "Bot has found a problem.");
        if (reason instanceof ConfigurationException) {
            engine.failSoon(bot, "Bot stopped.");
            return;
        }
        if (attempt < params.errorMaxRetries()) {
            planNextRun(bot, params.errorRetryDelay().toMillis(), attempt + 1);
            return;
        }
        if (bot.configuration().scheduled()) {
            engine.stopSoon(bot, "Bot stopped.");
            return;
        }
        if (params.errorProcedure() == RuntimeParams.ErrorProcedure.STOP) {
            engine.failSoon(bot, "Bot stopped.");
            return;
        }
        planNextRun(bot, Math.max(bot.pause(false).toMillis(), params.errorRetryDelay().toMillis()), 0);
    }

    private void planNextRun(RunningBot bot, long delayMillis, int attempt) {
        bot.debug(() -> "Looks at its source again in " + Duration.ofMillis(delayMillis).toSeconds() + " s.");
        transaction.enqueue(bot.queue(), new Parcel(Parcel.Kind.TICK, 1, new byte[0], null, engine.now() + delayMillis, attempt));
    }
}
