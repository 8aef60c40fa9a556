package org.intelmq.engine.operate;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.intelmq.engine.hosted.RunningBot;
import org.intelmq.jms.Broker;
import org.intelmq.jms.Turn;

/** Decides when running bots take messages: not while they are paused, nor while they are held because a queue of a next bot is full. Thread-safe. */
public final class Flow {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final long LOOK_AGAIN_MILLIS = 1000;

    private final Roster roster;
    private final Broker broker;
    private final ScheduledExecutorService scheduler;
    private final BotStreams streams;
    private final BackPressure backPressure;
    private final Consumer<RunningBot> whenTurnIsOver;
    private final Map<RunningBot, Turn> turns = new ConcurrentHashMap<>();
    private boolean looksAgain;

    /** @param whenTurnIsOver told that another server runs the bot, which has begun to run on this one */
    Flow(Roster roster, Broker broker, BotStreams streams, ScheduledExecutorService scheduler, Consumer<RunningBot> whenTurnIsOver) {
        this.roster = roster;
        this.broker = broker;
        this.streams = streams;
        this.scheduler = scheduler;
        this.whenTurnIsOver = whenTurnIsOver;
        this.backPressure = new BackPressure(broker, roster);
    }

    /** Lets a bot that was just started take messages. The caller holds the roster. */
    void open(RunningBot bot) {
        regulate(bot);
        if (!bot.held() && !bot.paused()) {
            startConsumer(bot);
        }
    }

    /** Stops taking from the bot's queue; returns when no delivery is under way. The caller holds the roster. */
    void close(RunningBot bot) {
        broker.stopConsumer(bot.queue());
        streams.stop(bot, PATIENCE);
        Turn turn = turns.remove(bot);
        if (turn != null) {
            turn.close();
        }
    }

    /** Takes nothing from the bot's queue for a while; deliveries under way are finished. */
    void pause(RunningBot bot, Duration time) {
        if (bot.paused()) {
            return;
        }
        bot.paused(true);
        scheduler.execute(() -> {
            synchronized (roster) {
                if (roster.runs(bot)) {
                    broker.stopConsumer(bot.queue());
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
        if (bot.type().streams()) {
            startStream(bot);
            return;
        }
        broker.startConsumer(bot.type().group().title().toLowerCase(Locale.ROOT) + "s", bot.queue(), bot.instances().size());
    }

    /** Whether only one of several servers may be connected to the bot's source. */
    boolean standsInLine(RunningBot bot) {
        return bot.type().streams() && bot.placement().isOne() && broker.isShared();
    }

    private void startStream(RunningBot bot) {
        if (standsInLine(bot)) {
            Turn turn = turns.computeIfAbsent(bot, first -> {
                first.log().logger().info("The bot waits for its turn: one server at a time is connected to its source.");
                return broker.standInLine(first.queue(), () -> scheduler.execute(() -> turnChanged(first)));
            });
            if (!turn.isOurs()) {
                return;
            }
            bot.log().logger().info("It is this server's turn.");
        }
        streams.start(bot);
    }

    private void turnChanged(RunningBot bot) {
        synchronized (roster) {
            Turn turn = turns.get(bot);
            if (turn == null || !roster.runs(bot)) {
                return;
            }
            if (streams.runs(bot) && !turn.isOurs()) {
                bot.log().logger().warning("This server's turn is over: it has lost the broker, and another may be connected to the source.");
                whenTurnIsOver.accept(bot);
            } else if (turn.isOurs() && !bot.held() && !bot.paused()) {
                startStream(bot);
            }
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
                broker.stopConsumer(bot.queue());
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
