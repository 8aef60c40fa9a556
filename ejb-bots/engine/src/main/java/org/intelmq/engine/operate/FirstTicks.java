package org.intelmq.engine.operate;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.intelmq.engine.hosted.RunningBot;
import org.intelmq.jms.Broker;
import org.intelmq.jms.KnownIdException;
import org.intelmq.jms.Parcel;

/**
 * Sees to it that a collector has its tick, and only one, however many servers share the broker. Each run sends the next tick together
 * with the receipt of the last, so one that is in the queue, due or not, or under way on whichever server, stays one. Thread-safe.
 */
final class FirstTicks {

    private static final Logger LOG = Logger.getLogger(FirstTicks.class.getName());

    /** Servers that begin within this time of each other, by their own clocks, may not see each other's first tick; the broker compares. */
    private static final Duration TOGETHER = Duration.ofSeconds(10);
    private static final String LEDGER = "intelmq.first-ticks";

    private final Roster roster;
    private final Broker broker;
    private final Clock clock;
    private final ScheduledExecutorService scheduler;

    FirstTicks(Roster roster, Broker broker, Clock clock, ScheduledExecutorService scheduler) {
        this.roster = roster;
        this.broker = broker;
        this.clock = clock;
        this.scheduler = scheduler;
    }

    /** The bot looks at its source at once, wherever it does. */
    void now(RunningBot bot) {
        if (!broker.isShared()) {
            broker.clear(bot.queue());
            broker.send(bot.queue(), tick());
        } else if (broker.hasten(bot.queue()) == 0) {
            unlessThereIsOne(bot);
        }
    }

    /** The bot looks at its source at once, unless another server has it look already. */
    void unlessThereIsOne(RunningBot bot) {
        if (!broker.isShared()) {
            now(bot);
        } else if (broker.length(bot.queue()) == 0) {
            sendOnce(bot);
        }
    }

    private void sendOnce(RunningBot bot) {
        long slot = clock.millis() / TOGETHER.toMillis();
        try {
            broker.inTransaction(transaction -> {
                transaction.remember(LEDGER, bot.queue() + ' ' + slot);
                transaction.remember(LEDGER, bot.queue() + ' ' + (slot + 1));
                transaction.send(bot.queue(), tick());
            });
        } catch (KnownIdException e) {
            LOG.log(Level.FINE, "another server has sent the first tick of '" + bot.id() + "'", e);
            // or this one, whose bot has ended since: then there is none
            scheduler.schedule(() -> lookAgain(bot), 2 * TOGETHER.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void lookAgain(RunningBot bot) {
        synchronized (roster) {
            if (roster.runs(bot) && !roster.isClosing()) {
                unlessThereIsOne(bot);
            }
        }
    }

    private static Parcel tick() {
        return new Parcel(Parcel.Kind.TICK, 1, new byte[0], null, 0, 0);
    }
}
