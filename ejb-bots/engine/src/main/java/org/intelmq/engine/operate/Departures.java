package org.intelmq.engine.operate;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.intelmq.engine.hosted.BotStartException;
import org.intelmq.engine.hosted.RunningBot;

/**
 * Bots that are stopped and have not ended yet: a message may take its time. Nobody who waits for one holds the roster's lock, so that others
 * can be started and stopped meanwhile. Thread-safe.
 */
final class Departures {

    private static final Logger LOG = Logger.getLogger(Departures.class.getName());
    private static final long LOOK_AGAIN_MILLIS = 200;
    private static final long LOOK_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private final Roster roster;
    private final Flow flow;
    private final Refusals refusals;
    private final ScheduledExecutorService scheduler;
    private final Map<String, Departure> byId = new ConcurrentHashMap<>();

    Departures(Roster roster, Flow flow, Refusals refusals, ScheduledExecutorService scheduler) {
        this.roster = roster;
        this.flow = flow;
        this.refusals = refusals;
        this.scheduler = scheduler;
    }

    /** Returns {@code null} if nothing keeps the bot from being started. */
    Departure of(String id) {
        return byId.get(id);
    }

    boolean isFinishing(String id) {
        Departure departure = byId.get(id);
        return departure != null && departure.bot() != null;
    }

    Collection<Departure> all() {
        return List.copyOf(byId.values());
    }

    /**
     * Stops a bot that runs: it takes nothing more. If it is stopped already, what was to be done after that is forgotten. Returns {@code null}
     * if it is not there. The caller holds the roster's lock.
     */
    Departure begin(String id) {
        RunningBot bot = roster.remove(id);
        if (bot == null) {
            Departure earlier = byId.get(id);
            if (earlier != null) {
                earlier.then(null);
            }
            return earlier;
        }
        flow.close(bot);
        Departure departure = new Departure(id, bot);
        byId.put(id, departure);
        return departure;
    }

    /**
     * Keeps a bot that does not run from being started, until {@link #end}. The caller holds the roster's lock.
     *
     * @param next what is done after that; {@code null} for nothing
     */
    Departure byHand(String id, Runnable next) {
        Departure departure = new Departure(id, null);
        departure.then(next);
        byId.put(id, departure);
        return departure;
    }

    /**
     * Returns false if it has not ended by then; it is followed up. The caller does not hold the roster's lock.
     *
     * @throws BotStartException if it has ended, and the bot could not be started again
     */
    boolean await(Departure departure, Duration patience) {
        long begun = System.nanoTime();
        while (!tryEnd(departure)) {
            if (System.nanoTime() - begun > patience.toNanos() || Thread.currentThread().isInterrupted()) {
                if (departure.bot() != null) {
                    departure.bot().log().logger().warning("The bot is still finishing its last message. It takes no other, and has stopped when that one "
                            + "is done.");
                    lookAgain(departure);
                }
                return false;
            }
            LockSupport.parkNanos(LOOK_AGAIN_NANOS);
        }
        try {
            departure.end().join();
            return true;
        } catch (CompletionException e) {
            throw e.getCause() instanceof BotStartException reason ? reason : e;
        }
    }

    /** Follows it up until it has ended. */
    void lookAgain(Departure departure) {
        if (!tryEnd(departure) && !roster.isClosing()) {
            scheduler.schedule(() -> lookAgain(departure), LOOK_AGAIN_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private boolean tryEnd(Departure departure) {
        RunningBot bot = departure.bot();
        if (bot == null || departure.end().isDone()) {
            return departure.end().isDone();
        }
        synchronized (departure) {
            if (!departure.isClosed()) {
                if (!flow.isAtRest(bot) || !bot.closeIfIdle()) {
                    return false;
                }
                departure.closed();
            }
        }
        end(departure);
        return true;
    }

    /** Does what comes after it. */
    void end(Departure departure) {
        synchronized (roster) {
            if (departure.end().isDone()) {
                return;
            }
            byId.remove(departure.id(), departure);
            if (departure.bot() != null) {
                flow.leave(departure.bot());
            }
            try {
                if (departure.next() != null && !roster.isClosing()) {
                    departure.next().run();
                }
                departure.end().complete(null);
            } catch (BotStartException e) {
                refusals.add(departure.id(), e.problems());
                departure.end().completeExceptionally(e);
            } catch (RuntimeException e) {
                LOG.log(Level.SEVERE, "bot '" + departure.id() + "' was not started again: " + e.getMessage(), e);
                departure.end().completeExceptionally(e);
            }
        }
    }

    /**
     * Ends it, whether or not a message is still being processed: the server is being stopped. The caller holds the roster's lock.
     *
     * @param patience for each instance that is working
     */
    void cutShort(Departure departure, Duration patience) {
        RunningBot bot = departure.bot();
        if (bot == null) {
            return;
        }
        departure.then(null);
        synchronized (departure) {
            if (!departure.isClosed()) {
                flow.isAtRest(bot);
                bot.log().logger().info("Bot stopped.");
                close(bot, patience);
                departure.closed();
            }
        }
        end(departure);
    }

    /** @param patience for each instance that is working */
    static void close(RunningBot bot, Duration patience) {
        try {
            bot.close(patience);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            LOG.log(Level.WARNING, "bot '" + bot.id() + "' was stopped, but the wait for it was interrupted", e);
        }
    }
}
