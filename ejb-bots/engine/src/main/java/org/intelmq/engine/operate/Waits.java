package org.intelmq.engine.operate;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.intelmq.engine.failure.Away;
import org.intelmq.engine.failure.FailurePolicy;
import org.intelmq.engine.failure.Verdict;
import org.intelmq.engine.hosted.BotFactory;
import org.intelmq.engine.hosted.BotInstance;
import org.intelmq.engine.hosted.BotStartException;
import org.intelmq.engine.hosted.RunningBot;

/**
 * Bots that wait for unreachable systems: when they are created, while they run, and when their transaction ends. A waiting bot counts as
 * running and its messages stay in its queue. The wait is logged once; if the system comes and goes, at most once a minute. Thread-safe.
 */
public final class Waits {

    private static final String SOURCE = " The bot connects again in %d s, then with growing pauses.";
    private static final String PATIENCE = " The bot waits, and its messages stay in the queue; next try in %d s, then with growing pauses.";

    private final Roster roster;
    private final Flow flow;
    private final BotFactory factory;
    private final Refusals refusals;
    private final Clock clock;
    private final ScheduledExecutorService scheduler;

    Waits(Roster roster, Flow flow, BotFactory factory, Refusals refusals, Clock clock, ScheduledExecutorService scheduler) {
        this.roster = roster;
        this.flow = flow;
        this.factory = factory;
        this.refusals = refusals;
        this.clock = clock;
        this.scheduler = scheduler;
    }

    /**
     * Makes the bot ready to work, or lets it wait until it can be.
     *
     * @throws BotStartException if waiting would not help
     */
    void equip(RunningBot bot) {
        try {
            bot.instances().fill(factory.instances(bot));
        } catch (Exception e) {
            if (FailurePolicy.ofStart(e) instanceof Verdict.Stop) {
                throw factory.refused(bot, e);
            }
            bot.paused(true);
            tryAgainLater(bot, e);
        }
    }

    private void tryAgainLater(RunningBot bot, Exception reason) {
        scheduler.schedule(() -> tryAgain(bot), begin(bot, reason).toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Other systems may take their time, so this must not hold up anybody else. */
    private void tryAgain(RunningBot bot) {
        if (!roster.runs(bot)) {
            return;
        }
        List<BotInstance> instances;
        try {
            instances = factory.instances(bot);
        } catch (Exception e) {
            if (FailurePolicy.ofStart(e) instanceof Verdict.Stop) {
                refuse(bot, factory.refused(bot, e));
            } else {
                tryAgainLater(bot, e);
            }
            return;
        }
        bot.patience().success();
        bot.goOn();
        if (!goOn(bot, instances)) {
            instances.forEach(BotInstance::close);
        }
    }

    /** Returns false if the bot is no longer wanted. */
    private boolean goOn(RunningBot bot, List<BotInstance> instances) {
        synchronized (roster) {
            if (!roster.runs(bot)) {
                return false;
            }
            bot.instances().fill(instances);
            flow.resume(bot);
            return true;
        }
    }

    /** Called when it can never be created. */
    private void refuse(RunningBot bot, BotStartException reason) {
        synchronized (roster) {
            if (roster.runs(bot)) {
                roster.remove(bot.id());
                refusals.add(bot.id(), reason.problems());
            }
        }
    }

    /** The bot cannot work now, and takes nothing until the next attempt. Returns the time until then. */
    public Duration during(RunningBot bot, Exception reason) {
        if (bot.paused()) {
            return bot.runtime().errorRetryDelay();
        }
        Duration pause = begin(bot, reason);
        flow.pause(bot, pause);
        return pause;
    }

    /** Logs the wait, unless that has been done. Returns the pause until the next attempt. */
    public Duration begin(RunningBot bot, Exception reason) {
        boolean known = bot.patience().reason() != null;
        Duration pause = bot.patience().pause(Away.reason(reason), bot.runtime().errorRetryDelay());
        tell(bot, known, Away.reason(reason), PATIENCE, pause);
        return pause;
    }

    /** The source that feeds the bot is unreachable; the time of the next attempt is already fixed. */
    public void forSource(RunningBot bot, Exception reason, Duration pause) {
        boolean known = bot.patience().reason() != null;
        bot.patience().pause(Away.reason(reason), pause);
        tell(bot, known, Away.reason(reason), SOURCE, pause);
    }

    private void tell(RunningBot bot, boolean known, String reason, String consequence, Duration pause) {
        if (!known) {
            bot.statistics().waits(clock.instant(), reason);
        }
        long seconds = Math.max(1, pause.toSeconds());
        if (!bot.patience().isNews(clock.millis())) {
            bot.debug(() -> "Next try in " + seconds + " s: " + reason);
        } else {
            bot.log().logger().warning(reason + (reason.endsWith(".") ? "" : ".") + consequence.formatted(seconds));
        }
    }
}
