package org.intelmq.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.intelmq.bot.ConfigurationException;
import org.intelmq.bot.Intake;
import org.intelmq.bot.StreamBot;
import org.intelmq.engine.stream.Given;
import org.intelmq.engine.stream.Identity;
import org.intelmq.engine.stream.Stream;
import org.intelmq.engine.stream.StreamOwner;
import org.intelmq.jms.KnownIdException;
import org.intelmq.jms.OwnTransaction;

/** The running bots that are told things, where other collectors are asked by a tick. Thread-safe. */
final class BotStreams {

    private static final String LEDGER = ".taken";

    private final Engine engine;
    private final ThreadFactory threads;
    private final Map<RunningBot, Stream> streams = new ConcurrentHashMap<>();

    /** @param threads {@code null} if no bot is to be told anything */
    BotStreams(Engine engine, ThreadFactory threads) {
        this.engine = engine;
        this.threads = threads;
    }

    /** Does nothing if it is started already. */
    void start(RunningBot bot) {
        if (threads != null) {
            streams.computeIfAbsent(bot, this::open);
        }
    }

    private Stream open(RunningBot bot) {
        BotInstance instance = bot.acquireIfIdle();
        Stream stream = new Stream((StreamBot) (Object) instance.bot(), new Owner(bot));
        stream.start(threads);
        bot.release(instance);
        return stream;
    }

    /** Returns when its run has ended, or does not end. */
    void stop(RunningBot bot, Duration patience) {
        Stream stream = streams.remove(bot);
        if (stream == null) {
            return;
        }
        try {
            if (!stream.stop(patience)) {
                bot.log().logger().warning("The bot does not stop what it is at within " + patience.toSeconds() + " s: it is left to itself, "
                        + "and nothing is taken from it any more.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Before the server stops: all at the same time take nothing any more. */
    void refuse() {
        streams.values().forEach(Stream::refuse);
    }

    private final class Owner implements StreamOwner {

        private final RunningBot bot;
        /** With a number, what messages are called whose source has no name for them. */
        private final String origin = UUID.randomUUID().toString();
        private long number;

        private Owner(RunningBot bot) {
            this.bot = bot;
        }

        @Override
        public String botId() {
            return bot.id();
        }

        @Override
        public Logger log() {
            return bot.log().logger();
        }

        @Override
        public boolean isHeld() {
            return bot.held();
        }

        @Override
        public void commit(List<Given> given) {
            List<Runnable> committed = new ArrayList<>();
            try {
                engine.broker().inTransaction(sending -> committed.add(send(given, sending)));
            } catch (KnownIdException e) {
                log().log(Level.FINE, "Some of what came has been taken in the meantime, the rest is taken again.", e);
                given.forEach(each -> each.fail(null));
                committed.clear();
                engine.broker().inTransaction(sending -> committed.add(send(given, sending)));
            }
            committed.forEach(Runnable::run);
        }

        /** Returns what is to be done when it is committed. */
        private Runnable send(List<Given> all, OwnTransaction sending) {
            Transaction transaction = new Transaction(sending);
            transaction.keepToQueues();
            ChainRun run = new ChainRun(engine, engine.deliveries(), transaction);
            StagingOutbox outbox = new StagingOutbox(bot, run, transaction);
            Set<String> ids = new LinkedHashSet<>();
            int items = 0;
            for (Given given : all) {
                Transaction.Mark mark = transaction.mark();
                try {
                    items += stage(given, run, outbox, ids);
                } catch (RuntimeException e) {
                    outbox.undo();
                    run.undo(mark, e);
                    given.fail(e);
                }
            }
            outbox.forward();
            transaction.complete(engine.waits()::during);
            ids.forEach(id -> sending.remember(bot.id() + LEDGER, id));
            int number = items;
            return () -> committed(transaction, number);
        }

        /** Returns how many it was, but for those that were taken before. */
        private int stage(Given given, ChainRun run, StagingOutbox outbox, Set<String> ids) {
            outbox.begin(null, origin + '-' + number++);
            if (given.rejected() != null) {
                outbox.reject(given.rejected(), given.reason());
                run.reportRejections(bot, outbox);
                return 1;
            }
            Set<String> own = new LinkedHashSet<>();
            int items = 0;
            for (Intake.Item item : given.items()) {
                String id = item.identity() == null ? null : Identity.key(item.identity());
                if (id != null) {
                    if (ids.contains(id) || !own.add(id) || engine.broker().isKnown(bot.id() + LEDGER, id)) {
                        own.remove(id);
                        log().fine(() -> "Taken before: " + item.identity());
                        continue;
                    }
                    item.message().identify(bot.id() + '/' + id);
                }
                outbox.send(item.message());
                items++;
            }
            ids.addAll(own);
            return items;
        }

        private void committed(Transaction transaction, int items) {
            transaction.committed();
            bot.debug(() -> "Took " + items + (items == 1 ? " message." : " messages."));
            bot.statistics().received(items);
            bot.statistics().succeeded(items);
            bot.patience().success();
            bot.logProgress(items);
            engine.sent(Set.of(bot));
        }

        @Override
        public void connected() {
            bot.patience().success();
            bot.goOn();
        }

        @Override
        public Optional<Duration> ended(Exception failure, Duration pause) {
            if (failure == null) {
                return endedByItself(pause);
            }
            if (failure instanceof ConfigurationException) {
                bot.problem(failure, "The bot stops because of its configuration.");
                engine.failSoon(bot, "Bot stopped.");
                return Optional.empty();
            }
            if (Away.keepsFromStarting(failure)) {
                engine.waits().forSource(bot, failure, pause);
                return Optional.of(pause);
            }
            bot.problem(failure, "Bot has found a problem.");
            if (bot.runtime().errorProcedure() == RuntimeParams.ErrorProcedure.STOP) {
                engine.failSoon(bot, "Bot stopped because error_procedure is 'stop'.");
                return Optional.empty();
            }
            log().info("The bot connects again in " + seconds(pause) + " s.");
            return Optional.of(pause);
        }

        private static long seconds(Duration pause) {
            return Math.max(1, pause.toSeconds());
        }

        private Optional<Duration> endedByItself(Duration pause) {
            if (bot.configuration().scheduled()) {
                engine.stopSoon(bot, "Shutting down scheduled bot.");
                return Optional.empty();
            }
            Duration usual = bot.runtime().rateLimit();
            Duration longer = pause.compareTo(usual) > 0 ? pause : usual;
            log().info("The source has ended the connection; the bot connects again in " + seconds(longer) + " s.");
            return Optional.of(longer);
        }
    }
}
