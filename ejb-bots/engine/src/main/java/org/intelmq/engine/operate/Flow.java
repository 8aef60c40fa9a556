package org.intelmq.engine.operate;

import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.intelmq.engine.hosted.RunningBot;
import org.intelmq.jms.Broker;
import org.intelmq.jms.Turn;

/** Decides when running bots take messages: not while they are paused, nor while they are held because a queue of a next bot is full. Thread-safe. */
public final class Flow {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    /** Consumers that have nothing to do take a moment to end. */
    private static final Duration AT_REST = Duration.ofMillis(100);
    private static final long LOOK_AGAIN_MILLIS = 1000;

    private final Roster roster;
    private final Broker broker;
    private final ScheduledExecutorService scheduler;
    private final BotStreams streams;
    private final BackPressure backPressure;
    private final Turns turns;
    private boolean looksAgain;

    /** @param anew creates a stream again when its turn comes a second time */
    Flow(Roster roster, Broker broker, BotStreams streams, ScheduledExecutorService scheduler, Consumer<RunningBot> anew) {
        this.roster = roster;
        this.broker = broker;
        this.streams = streams;
        this.scheduler = scheduler;
        this.turns = new Turns(roster, broker, scheduler, this::turnChanged, anew);
        this.backPressure = new BackPressure(broker, roster);
    }

    /** Lets a bot that has just been started take messages. The caller holds the roster's lock. */
    void open(RunningBot bot) {
        regulate(bot);
        if (!bot.held() && !bot.paused()) {
            startConsumer(bot);
        }
    }

    /** Stops taking from the bot's queue, without waiting for deliveries that are being processed. */
    void close(RunningBot bot) {
        broker.stopConsumer(bot.queue(), Duration.ZERO);
    }

    /** Ends the bot's stream, if it has one, and returns whether no delivery is being processed any more. The bot is closed. */
    boolean isAtRest(RunningBot bot) {
        streams.stop(bot, PATIENCE);
        return broker.stopConsumer(bot.queue(), AT_REST);
    }

    /** The bot is at rest, and another server may run it. The caller holds the roster's lock. */
    void leave(RunningBot bot) {
        turns.leave(bot);
    }

    /** Takes nothing from the bot's queue for a while; deliveries being processed are finished. */
    void pause(RunningBot bot, Duration time) {
        if (bot.paused()) {
            return;
        }
        bot.paused(true);
        scheduler.execute(() -> {
            synchronized (roster) {
                if (roster.runs(bot)) {
                    close(bot);
                }
            }
        });
        scheduler.schedule(() -> resume(bot), Math.max(1, time.toMillis()), TimeUnit.MILLISECONDS);
    }

    void resume(RunningBot bot) {
        synchronized (roster) {
            bot.paused(false);
            if (roster.runs(bot) && !bot.held()) {
                startConsumer(bot);
            }
        }
    }

    private void startConsumer(RunningBot bot) {
        if (standsInLine(bot) && !turns.isOurTurn(bot)) {
            return;
        }
        if (bot.type().streams()) {
            streams.start(bot);
            return;
        }
        broker.startConsumer(bot.type().group().title().toLowerCase(Locale.ROOT) + "s", bot.queue(), bot.instances().size());
    }

    /** Whether one server at a time may work for the bot. */
    boolean standsInLine(RunningBot bot) {
        return bot.placement().isOne() && broker.isShared();
    }

    /** The caller holds the roster's lock. */
    private void turnChanged(RunningBot bot, Turn.State turn) {
        boolean working = bot.type().streams() ? streams.runs(bot) : broker.isConsumed(bot.queue());
        if (turn == Turn.State.OURS && !working && !bot.held() && !bot.paused()) {
            startConsumer(bot);
        } else if (turn != Turn.State.OURS && bot.type().streams() && working) {
            bot.log().logger().warning("The bot leaves its source: this server has lost the broker, and another may take over.");
            streams.stop(bot, PATIENCE);
            turns.spend(bot);
        } else if (turn == Turn.State.WAITING && working) {
            bot.log().logger().info("Another server runs the bot now.");
            close(bot);
        }
    }

    /** Called after a commit: holds the bots that have filled a queue. */
    public void sent(Set<RunningBot> bots) {
        for (RunningBot bot : bots) {
            bot.goOn();
            if (!bot.held() && backPressure.fullBehind(bot) != null) {
                scheduler.execute(() -> regulate(bot));
            }
        }
    }

    /** Holds the bot or lets it continue, depending on the queues of the next bots. */
    private void regulate(RunningBot bot) {
        synchronized (roster) {
            if (!roster.runs(bot) || roster.isClosing()) {
                return;
            }
            String full = backPressure.fullBehind(bot);
            if (full != null && !bot.held()) {
                bot.log().logger().warning(backPressure.explain(bot, full));
                bot.hold(full);
                close(bot);
            } else if (full == null && bot.held()) {
                bot.log().logger().info("The bot continues.");
                bot.hold(null);
                if (!bot.paused()) {
                    startConsumer(bot);
                }
            }
            if (bot.held() && !looksAgain) {
                looksAgain = true;
                scheduler.schedule(this::lookAgain, LOOK_AGAIN_MILLIS, TimeUnit.MILLISECONDS);
            }
        }
    }

    private void lookAgain() {
        synchronized (roster) {
            looksAgain = false;
            roster.bots().stream().filter(RunningBot::held).forEach(this::regulate);
        }
    }
}
