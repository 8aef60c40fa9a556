package org.intelmq.engine.step;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.logging.Level;
import org.intelmq.engine.failure.Away;
import org.intelmq.engine.failure.FailurePolicy;
import org.intelmq.engine.failure.Interruption;
import org.intelmq.engine.failure.Verdict;
import org.intelmq.engine.hosted.RunningBot;
import org.intelmq.engine.observe.Trace;
import org.intelmq.engine.operate.Supervisor;
import org.intelmq.engine.wire.Readability;
import org.intelmq.message.Message;
import org.intelmq.message.MessageJson;

/** Carries out what {@link FailurePolicy} decides about messages, and logs it. Thread-safe. */
public final class FailedMessages {

    private static final String ON_ERROR = "_on_error";
    private static final Duration TIME_TO_STOP = Duration.ofSeconds(1);

    private final Supervisor supervisor;
    private final Clock clock;

    public FailedMessages(Supervisor supervisor, Clock clock) {
        this.supervisor = supervisor;
        this.clock = clock;
    }

    /**
     * An error while bots are being stopped may be caused by the stop, for instance by an interrupted wait, or a file closed meanwhile. It is
     * not blamed on the messages.
     */
    boolean comesOfStop(Exception reason) {
        return Interruption.causes(reason) || supervisor.isClosing();
    }

    /**
     * Deals with the failure of the first of the messages.
     *
     * @param attempt how many times it has failed before
     * @param stopped see {@link #comesOfStop}
     * @param results takes what follows
     * @return whether the bot continues with the others; otherwise they go back too
     */
    boolean goesOn(RunningBot bot, List<Message> messages, Exception reason, int attempt, boolean stopped, List<Result> results) {
        Verdict verdict = FailurePolicy.ofMessage(reason, attempt, stopped, bot.runtime(), bot.patience());
        if (verdict instanceof Verdict.GoBack) {
            bot.log().logger().info(messages.size() + " messages go back to the queue, because the bot is being stopped: " + Away.reason(reason));
            results.add(new Result.Back(messages, 0, attempt));
            return false;
        }
        if (verdict instanceof Verdict.Wait wait) {
            long then = later(supervisor.waits().during(bot, reason));
            if (wait.doubtful()) {
                results.add(new Result.Back(messages.subList(1, messages.size()), then, 0));
                results.add(new Result.Back(messages.subList(0, 1), then, attempt));
            } else {
                results.add(new Result.Back(messages, then, 0));
            }
            return false;
        }
        if (verdict instanceof Verdict.Stop) {
            bot.problem(reason, "The bot stops because of its configuration.");
            supervisor.failSoon(bot, "Bot stopped.");
            results.add(new Result.Back(messages, later(TIME_TO_STOP), 0));
            return false;
        }
        Message message = messages.get(0);
        tellOf(bot, message, reason);
        if (verdict instanceof Verdict.RetryAfter retry) {
            bot.log().logger().info("The message will be tried again in " + retry.delay().toSeconds() + " seconds.");
            results.add(new Result.Back(List.of(message), later(retry.delay()), attempt + 1));
            return true;
        }
        giveUp(bot, message, reason, results);
        if (verdict instanceof Verdict.GiveUp last && last.stop()) {
            supervisor.failSoon(bot, "Bot stopped because error_procedure is 'stop'.");
        }
        return true;
    }

    private long later(Duration delay) {
        return clock.millis() + delay.toMillis();
    }

    private static void tellOf(RunningBot bot, Message message, Exception reason) {
        bot.problem(reason, "Bot has found a problem.");
        List<String> refused = Readability.mend(message);
        if (!refused.isEmpty()) {
            bot.log().logger().warning("Fields " + refused + " are left out of the dumped message: no bot could read it with them.");
        }
        if (bot.runtime().errorLogMessage()) {
            bot.log().logger().info("Current Message(event): " + MessageJson.serialize(message) + ".");
        }
        if (Away.isConnection(reason)) {
            bot.patience().doubt();
        }
    }

    /** Dumps the message for an operator, and sends it to {@code _on_error} if that path exists. */
    private static void giveUp(RunningBot bot, Message message, Exception reason, List<Result> results) {
        if (bot.runtime().errorDumpMessage()) {
            bot.dump(message, Trace.of(reason));
        }
        if (bot.routes(ON_ERROR)) {
            results.add(new Result.Onward(ON_ERROR, List.of(message)));
        }
    }

    /** Dumps parts of a report, or of what was collected, that could not be understood. */
    public static void rejected(RunningBot bot, List<StagingOutbox.Rejection> rejections, List<Result> results) {
        for (StagingOutbox.Rejection rejection : rejections) {
            String what = bot.isParser() ? "Failed to parse line." + Trace.row(rejection.part()) : "A part of the collected data is dumped.";
            bot.log().logger().log(Level.SEVERE, what, rejection.reason());
            giveUp(bot, rejection.part(), rejection.reason(), results);
        }
    }
}
