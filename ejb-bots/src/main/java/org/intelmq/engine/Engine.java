package org.intelmq.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.intelmq.bot.BotGroup;
import org.intelmq.bot.Tick;
import org.intelmq.catalogue.Catalogue;
import org.intelmq.control.BotState;
import org.intelmq.control.Trial;
import org.intelmq.jms.Broker;
import org.intelmq.jms.Delivery;
import org.intelmq.jms.Parcel;
import org.intelmq.message.Harmonization;
import org.intelmq.message.Message;
import org.intelmq.message.MessageJson;
import org.intelmq.message.Report;
import org.intelmq.pipeline.BotConfiguration;
import org.intelmq.pipeline.Installation;
import org.intelmq.pipeline.RuntimeConfiguration;

/**
 * Runs the bots of {@code runtime.yaml} on a broker: starts and stops them, and processes what the broker delivers. Free of
 * container types, so that tests and replays run it too. Thread-safe.
 */
public final class Engine implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(Engine.class.getName());

    private final Installation installation;
    private final Map<String, String> environment;
    private final Catalogue catalogue;
    private final Broker broker;
    private final Services services;
    private final ScheduledExecutorService scheduler;
    private final BotFactory factory;
    private final RunningBots remembered;
    private final HarmonizationFile harmonization;
    private final Map<String, RunningBot> running = new ConcurrentHashMap<>();
    private final Map<String, RunningBot> byQueue = new ConcurrentHashMap<>();
    private final Map<String, Counters> statistics = new ConcurrentHashMap<>();
    private final Map<String, List<String>> refused = new ConcurrentHashMap<>();
    private volatile boolean closing;

    /** @param scheduler for pauses and for stops that bots ask for; stays the caller's */
    public Engine(Installation installation, Map<String, String> environment, Catalogue catalogue, Broker broker, Services services,
                  ScheduledExecutorService scheduler) {
        this.installation = installation;
        this.environment = environment;
        this.catalogue = catalogue;
        this.broker = broker;
        this.services = services;
        this.scheduler = scheduler;
        this.factory = new BotFactory(installation, catalogue, services);
        this.harmonization = new HarmonizationFile(installation.harmonization());
        this.remembered = new RunningBots(installation.state().resolve("running-bots"));
    }

    public Catalogue catalogue() {
        return catalogue;
    }

    public Installation installation() {
        return installation;
    }

    /** As it stands in the file now. */
    public RuntimeConfiguration configuration() {
        return RuntimeConfiguration.read(installation.runtimeConfiguration(), environment);
    }

    /** Starts the bots that ran before the server stopped; at the very first start, those that are enabled. */
    public synchronized void start() {
        RuntimeConfiguration configuration = configuration();
        configuration.problems().forEach(LOG::warning);
        configuration.unreadQueues().forEach(LOG::warning);
        List<String> wanted = remembered.read()
                .<List<String>>map(ids -> configuration.bots().keySet().stream().filter(ids::contains).toList())
                .orElseGet(() -> configuration.bots().values().stream().filter(BotConfiguration::enabled).map(BotConfiguration::id).toList());
        fromOutputsToCollectors(configuration, wanted).forEach(id -> {
            try {
                startBot(configuration, id);
            } catch (BotStartException e) {
                report(id, e);
            }
        });
    }

    /** Bots are started against the flow, so that each finds the next one running. */
    private List<String> fromOutputsToCollectors(RuntimeConfiguration configuration, List<String> ids) {
        return ids.stream().sorted(Comparator.comparing((String id) -> group(configuration.bot(id))).reversed()).toList();
    }

    private static BotGroup group(BotConfiguration bot) {
        return bot.group() == null ? BotGroup.EXPERT : switch (bot.group()) {
            case "Collector" -> BotGroup.COLLECTOR;
            case "Parser" -> BotGroup.PARSER;
            case "Output" -> BotGroup.OUTPUT;
            default -> BotGroup.EXPERT;
        };
    }

    // ------------------------------------------------------------------ control

    public BotState status(String id) {
        if (running.containsKey(id)) {
            return BotState.RUNNING;
        }
        BotConfiguration bot = configuration().bot(id);
        if (bot == null) {
            return BotState.UNKNOWN;
        }
        return bot.enabled() ? BotState.STOPPED : BotState.DISABLED;
    }

    /** Does nothing if it runs. @throws BotStartException if it cannot be started */
    public synchronized void start(String id) {
        startBot(configuration(), id);
        remember();
    }

    /** Returns when its last message is through. Does nothing if it does not run. */
    public synchronized void stop(String id) {
        stopBot(id);
        remember();
    }

    /** Takes the bot's new configuration; a bot that does not run stays as it is. */
    public synchronized void reload(String id) {
        if (running.containsKey(id)) {
            stopBot(id);
            start(id);
        }
    }

    private void startBot(RuntimeConfiguration configuration, String id) {
        if (running.containsKey(id)) {
            return;
        }
        refused.remove(id);
        BotConfiguration wanted = configuration.bot(id);
        if (wanted == null) {
            throw new BotStartException(List.of("bot '" + id + "' is not in " + installation.runtimeConfiguration()), null);
        }
        RunningBot bot = factory.create(wanted, harmonization(), counters(id));
        RunningBot other = byQueue.putIfAbsent(bot.queue(), bot);
        if (other != null) {
            close(bot);
            throw new BotStartException(List.of("bot '" + id + "': source_queue cannot be \"" + bot.queue() + "\": bot '" + other.id()
                    + "' takes its messages already"), null);
        }
        running.put(id, bot);
        broker.ensureQueue(bot.queue());
        wanted.destinations().forEach(broker::ensureQueue);
        if (bot.type().group() == BotGroup.COLLECTOR) {
            broker.clear(bot.queue());
            broker.send(bot.queue(), new Parcel(Parcel.Kind.TICK, 1, new byte[0], null, 0, 0));
        }
        bot.log().logger().info("Bot is starting.");
        startConsumer(bot);
    }

    private void stopBot(String id) {
        RunningBot bot = running.remove(id);
        if (bot == null) {
            return;
        }
        byQueue.remove(bot.queue());
        broker.stopConsumer(bot.queue());
        bot.log().logger().info("Bot stopped.");
        close(bot);
    }

    private static void close(RunningBot bot) {
        try {
            bot.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            LOG.log(Level.WARNING, "bot '" + bot.id() + "' was not waited for when it stopped", e);
        }
    }

    private void startConsumer(RunningBot bot) {
        broker.startConsumer(bot.type().group().title().toLowerCase(Locale.ROOT) + "s", bot.queue(), bot.sessions());
    }

    private void remember() {
        if (!closing) {
            remembered.write(running.keySet());
        }
    }

    /** Stops all bots, to be run again at the next start. */
    @Override
    public synchronized void close() {
        closing = true;
        List<RunningBot> all = new ArrayList<>(running.values());
        remembered.write(running.keySet());
        all.sort(Comparator.comparing(bot -> bot.type().group()));
        all.forEach(bot -> stopBot(bot.id()));
    }

    // ------------------------------------------------------------------ what an operator sees

    Counters counters(String id) {
        return statistics.computeIfAbsent(id, missing -> new Counters());
    }

    /** All that is wrong in {@code runtime.yaml}: first what keeps bots from running, each one line. */
    public List<String> problems() {
        RuntimeConfiguration configuration = configuration();
        Set<String> problems = new LinkedHashSet<>(configuration.problems());
        configuration.bots().values().forEach(bot -> {
            problems.addAll(factory.check(bot).problems());
            problems.addAll(refused.getOrDefault(bot.id(), List.of()));
        });
        configuration.bots().values().forEach(bot -> problems.addAll(factory.check(bot).warnings()));
        problems.addAll(configuration.unreadQueues());
        return List.copyOf(problems);
    }

    Broker broker() {
        return broker;
    }

    Harmonization harmonization() {
        return harmonization.read();
    }

    Instant instant() {
        return services.clock().instant();
    }

    void report(String id, BotStartException problem) {
        refused.put(id, problem.problems());
        problem.problems().forEach(LOG::severe);
    }

    /** Takes the oldest message out of a queue, in serialised form; {@code null} if it is empty. */
    String pop(String queue) {
        AtomicReference<String> taken = new AtomicReference<>();
        broker.receive(queue, delivery -> {
            List<Message> messages = Wire.decode(delivery.parcel(), harmonization(), delivery.messageId());
            taken.set(MessageJson.serialize(messages.get(0)));
            List<Message> others = messages.subList(1, messages.size());
            Wire.encode(delivery.parcel().kind(), others, 0, 0).forEach(parcel -> delivery.sender().send(queue, parcel));
        });
        return taken.get();
    }

    /** See {@link org.intelmq.control.BotControl#process}. A running bot is stopped for it and started again. */
    synchronized Trial tryOnce(String id, String message, boolean dryRun) {
        boolean wasRunning = running.containsKey(id);
        stopBot(id);
        BotConfiguration configuration = configuration().bot(id);
        if (configuration == null) {
            throw new BotStartException(List.of("bot '" + id + "' is not in " + installation.runtimeConfiguration()), null);
        }
        RunningBot bot = factory.create(configuration, harmonization(), new Counters());
        try {
            return bot.type().group() == BotGroup.COLLECTOR || message != null ? tryWith(bot, message, dryRun) : tryNext(bot, dryRun);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the trial of bot '" + id + "' was interrupted", e);
        } finally {
            close(bot);
            if (wasRunning) {
                startBot(configuration(), id);
            }
        }
    }

    private Trial tryWith(RunningBot bot, String message, boolean dryRun) throws InterruptedException {
        Message input = message == null ? null : MessageJson.parse(message, bot.harmonization(), bot.isParser() ? "Report" : "Event");
        TrialRun run = new TrialRun(bot);
        Trial trial = run.call(input, instant());
        if (!dryRun) {
            run.outgoing().forEach((queue, parcels) -> parcels.forEach(parcel -> broker.send(queue, parcel)));
            run.committed();
        }
        return trial;
    }

    private Trial tryNext(RunningBot bot, boolean dryRun) throws InterruptedException {
        List<Parcel> next = broker.peek(bot.queue(), 1);
        if (next.isEmpty()) {
            return new Trial(List.of("Waiting for a message: queue '" + bot.queue() + "' is empty."), List.of());
        }
        Message first = Wire.decode(next.get(0), bot.harmonization(), bot.queue()).get(0);
        Trial trial = tryWith(bot, MessageJson.serialize(first), dryRun);
        if (!dryRun) {
            pop(bot.queue());
        }
        return trial;
    }

    /** {@code null} if it does not run. */
    RunningBot running(String id) {
        return running.get(id);
    }

    // ------------------------------------------------------------------ work

    /**
     * Processes one delivery and sends the results over its sender, within the caller's transaction.
     *
     * @return to be told how that transaction ended
     * @throws RollbackException or any other exception if the transaction must be rolled back
     */
    public Completion deliver(Delivery delivery) {
        RunningBot bot = byQueue.get(delivery.queue());
        if (bot == null) {
            throw new RollbackException("no running bot takes messages from queue '" + delivery.queue() + "'", null);
        }
        Transaction transaction = new Transaction(delivery.sender());
        try {
            BotInstance instance = bot.acquire();
            transaction.take(instance);
            transaction.atWork(instance, true);
            process(instance, delivery, transaction);
            transaction.complete();
            return transaction;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RollbackException("bot '" + bot.id() + "' is being stopped", e);
        } catch (RuntimeException | Error e) {
            transaction.rolledBack();
            bot.log().logger().log(Level.SEVERE, "The delivery is rolled back; its messages will come again.", e);
            throw e;
        }
    }

    private void process(BotInstance instance, Delivery delivery, Transaction transaction) {
        RunningBot bot = instance.owner();
        Parcel parcel = delivery.parcel();
        ChainRun run = new ChainRun(this, transaction);
        if (parcel.kind() == Parcel.Kind.TICK) {
            run.collect(instance, new Tick(Instant.now(services.clock())), delivery.messageId(), parcel.attempt());
            return;
        }
        List<Message> messages;
        try {
            messages = Wire.decode(parcel, bot.harmonization(), delivery.messageId());
        } catch (RuntimeException e) {
            bot.problem(e, "Could not decode message from pipeline. No retries useful.");
            bot.dump(parcel.body(), Trace.of(e));
            return;
        }
        messages.replaceAll(bot::fit);
        if (bot.hasRateLimit() && parcel.deliverAt() == 0) {
            messages = withinRate(bot, messages, parcel.attempt(), transaction);
        }
        if (!messages.isEmpty()) {
            run.process(instance, messages, parcel.attempt());
        }
    }

    /** The messages that {@code rate_limit} lets through now; the others go back, each for its time. */
    private List<Message> withinRate(RunningBot bot, List<Message> messages, int attempt, Transaction transaction) {
        List<Message> due = new ArrayList<>();
        for (Message message : messages) {
            long slot = bot.takeSlot();
            if (slot <= now()) {
                due.add(message);
            } else {
                transaction.enqueue(bot.queue(), List.of(message), slot, attempt);
            }
        }
        return due;
    }

    long now() {
        return services.clock().millis();
    }

    /**
     * An instance of the queue's bot to be run within its sender's delivery; {@code null} if the message must take the queue:
     * a report is safe on disk before it is parsed, and a bot that waits, is stopped, full or behind is not waited for.
     */
    BotInstance fused(String queue, Message message, Transaction transaction) {
        RunningBot consumer = byQueue.get(queue);
        if (consumer == null || message instanceof Report || !consumer.canBeFused() || broker.length(queue) > 0) {
            return null;
        }
        BotInstance instance = transaction.taken(consumer);
        if (instance != null) {
            return transaction.isAtWork(instance) ? null : instance;
        }
        instance = consumer.acquireIfIdle();
        if (instance != null) {
            transaction.take(instance);
        }
        return instance;
    }

    /** Takes nothing from the bot's queue for a while; what it is at is finished. */
    void pause(RunningBot bot, Duration time) {
        if (bot.paused()) {
            return;
        }
        bot.paused(true);
        scheduler.execute(() -> {
            synchronized (this) {
                if (running.get(bot.id()) == bot) {
                    broker.stopConsumer(bot.queue());
                }
            }
        });
        scheduler.schedule(() -> resume(bot), Math.max(1, time.toMillis()), TimeUnit.MILLISECONDS);
    }

    private synchronized void resume(RunningBot bot) {
        bot.paused(false);
        if (running.get(bot.id()) == bot) {
            startConsumer(bot);
        }
    }

    /** Stops the bot once the delivery under way is through. */
    void stopSoon(RunningBot bot, String reason) {
        bot.log().logger().info(reason);
        scheduler.execute(() -> {
            synchronized (this) {
                if (running.get(bot.id()) == bot) {
                    stop(bot.id());
                }
            }
        });
    }
}
