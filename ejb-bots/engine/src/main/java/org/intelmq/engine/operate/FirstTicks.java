package org.intelmq.engine.operate;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.intelmq.engine.hosted.RunningBot;
import org.intelmq.jms.Broker;
import org.intelmq.jms.BrokerException;
import org.intelmq.jms.KnownIdException;
import org.intelmq.jms.Parcel;
import org.intelmq.pipeline.TickQueues;

/**
 * Makes sure that a collector has exactly one tick, however many servers share the broker. Each run sends the next tick in the transaction
 * that acknowledges the last one. So once there is one, whether in the queue or being processed on any server, there stays exactly one.
 * Thread-safe.
 */
final class FirstTicks {

    private static final Logger LOG = Logger.getLogger(FirstTicks.class.getName());

    /** Servers that start within this time of each other, by their own clocks, may not see each other's first tick; then the broker compares them. */
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

    /** Makes the bot poll its source now, on whichever server it runs. */
    void now(RunningBot bot) {
        if (!broker.isShared()) {
            broker.clear(bot.queue());
            broker.send(bot.queue(), tick());
        } else if (broker.hasten(bot.queue()) == 0) {
            sendIfMissing(bot, bot.queue());
        }
    }

    /** Makes the bot poll its source now, unless another server already has it do so. */
    void unlessThereIsOne(RunningBot bot) {
        if (!broker.isShared()) {
            now(bot);
        } else {
            sendIfMissing(bot, bot.queue());
        }
    }

    /** Sends the message that only the server whose turn it is holds. */
    void turn(RunningBot bot) {
        String queue = TickQueues.turnOf(bot.id());
        broker.ensureQueue(queue);
        sendIfMissing(bot, queue);
    }

    private void sendIfMissing(RunningBot bot, String queue) {
        if (broker.length(queue) > 0) {
            return;
        }
        long slot = clock.millis() / TOGETHER.toMillis();
        try {
            broker.inTransaction(transaction -> {
                transaction.remember(LEDGER, queue + ' ' + slot);
                transaction.remember(LEDGER, queue + ' ' + (slot + 1));
                transaction.send(queue, tick());
            });
        } catch (KnownIdException e) {
            LOG.log(Level.FINE, "another server has sent the first message of " + queue, e);
            // or on this one, but the bot has since ended: then there is none
            lookLater(bot, queue);
        }
    }

    private void lookLater(RunningBot bot, String queue) {
        scheduler.schedule(() -> lookAgain(bot, queue), 2 * TOGETHER.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void lookAgain(RunningBot bot, String queue) {
        synchronized (roster) {
            if (roster.runs(bot) && !roster.isClosing()) {
                try {
                    sendIfMissing(bot, queue);
                } catch (BrokerException e) {
                    LOG.log(Level.FINE, "whether " + queue + " has its message will be known when the broker is back", e);
                    lookLater(bot, queue);
                }
            }
        }
    }

    private static Parcel tick() {
        return new Parcel(Parcel.Kind.TICK, 1, new byte[0], null, 0, 0);
    }
}
