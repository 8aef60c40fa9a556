package org.intelmq.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.intelmq.bot.BotGroup;
import org.intelmq.catalogue.Catalogue;
import org.intelmq.control.BotState;
import org.intelmq.jms.Broker;
import org.intelmq.jms.Delivery;
import org.intelmq.jms.Parcel;
import org.intelmq.message.Harmonization;
import org.intelmq.pipeline.BotConfiguration;
import org.intelmq.pipeline.Installation;
import org.intelmq.pipeline.PipelineCheck;
import org.intelmq.pipeline.Problem;
import org.intelmq.pipeline.RuntimeConfiguration;
import org.intelmq.pipeline.Severity;
import org.intelmq.upgrade.OldConfiguration;

/**
 * Runs the bots of {@code runtime.yaml} on a broker: which of them run, from when to when. Free of container types, so that tests
 * and replays run it too. Thread-safe.
 */
public final class Engine implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(Engine.class.getName());
    private static final long LOOK_AGAIN_MILLIS = 1000;
    private static final Duration LONGEST_WAIT_FOR_INSTANCE = Duration.ofSeconds(10);
    /** Every delivery has ended by then, or was cut off and does not come back. */
    private static final Duration WAIT_WHEN_CLOSING = Duration.ofMillis(100);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Installation installation;
    private final Map<String, String> environment;
    private final Catalogue catalogue;
    private final Broker broker;
    private final Services services;
    private final ScheduledExecutorService scheduler;
    private final BotFactory factory;
    private final RunningBots remembered;
    private final HarmonizationFile harmonization;
    /** What is to run, whether it can or not. */
    private final Set<String> wanted = ConcurrentHashMap.newKeySet();
    private final Map<String, RunningBot> running = new ConcurrentHashMap<>();
    private final Map<String, RunningBot> byQueue = new ConcurrentHashMap<>();
    private final Map<String, Counters> statistics = new ConcurrentHashMap<>();
    private final Map<String, List<Problem>> refused = new ConcurrentHashMap<>();
    private final Deliveries deliveries = new Deliveries(this);
    private volatile Ends ends = Ends.inMemory();
    private final Damage damage = new Damage();
    private final LargeReports largeReports = new LargeReports(this);
    private final BackPressure backPressure;
    private final Waits waits;
    private final BotStreams streams;
    private volatile Problem takenOver;
    private boolean looksAgain;
    private boolean closed;
    private volatile boolean closing;

    /**
     * @param scheduler for pauses and for stops that bots ask for; stays the caller's
     * @param threads   for bots that are told things; {@code null} if they are to be told nothing
     */
    public Engine(Installation installation, Map<String, String> environment, Catalogue catalogue, Broker broker, Services services,
                  ScheduledExecutorService scheduler, ThreadFactory threads) {
        this.installation = installation;
        this.environment = environment;
        this.catalogue = catalogue;
        this.broker = broker;
        this.services = services;
        this.scheduler = scheduler;
        this.factory = new BotFactory(installation, catalogue, services);
        this.harmonization = new HarmonizationFile(installation.harmonization());
        this.streams = new BotStreams(this, threads);
        this.waits = new Waits(this, factory, scheduler);
        this.backPressure = new BackPressure(broker, byQueue::get);
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
        ends = Ends.at(installation.state(), installation.log());
        closing = false;
        closed = false;
        new OldConfiguration(installation).takeOver(services.clock()).ifPresent(line -> {
            LOG.warning(line);
            takenOver = new Problem(null, null, Severity.WARNING, line);
        });
        RuntimeConfiguration configuration = configuration();
        PipelineCheck connections = ConfigurationCheck.connections(configuration, catalogue);
        connections.problems().forEach(problem -> LOG.warning(problem.text()));
        wanted.addAll(remembered.read()
                .<List<String>>map(ids -> configuration.bots().keySet().stream().filter(ids::contains).toList())
                .orElseGet(() -> configuration.bots().values().stream().filter(BotConfiguration::enabled).map(BotConfiguration::id).toList()));
        connections.startOrder(List.copyOf(wanted)).forEach(id -> {
            try {
                startBot(configuration, id);
            } catch (BotStartException e) {
                report(id, e);
            }
        });
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
        RuntimeConfiguration configuration = configuration();
        if (configuration.bot(id) != null) {
            wanted.add(id);
        }
        try {
            startBot(configuration, id);
        } finally {
            remember();
        }
    }

    /** Returns when its last message is through. Does nothing if it does not run. */
    public synchronized void stop(String id) {
        refused.remove(id);
        end(id);
    }

    private void end(String id) {
        wanted.remove(id);
        stopBot(id);
        remember();
    }

    /** Bots that were to run and do not: they could not be started, or have stopped because of an error. */
    public List<String> missing() {
        Map<String, BotConfiguration> bots = configuration().bots();
        return bots.keySet().stream().filter(id -> !running.containsKey(id) && (wanted.contains(id) || refused.containsKey(id))).sorted().toList();
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
        if (closing) {
            throw new BotStartException(List.of(Problem.of(id, Severity.REFUSED, "bot '" + id + "' is not started: the server is being stopped")), null);
        }
        refused.remove(id);
        BotConfiguration wanted = configuration.bot(id);
        if (wanted == null) {
            throw unknown(id);
        }
        List<Problem> refusals = ConfigurationCheck.connections(configuration, catalogue).refusals(id);
        if (!refusals.isEmpty()) {
            throw new BotStartException(refusals, null);
        }
        RunningBot bot = factory.prepare(wanted, harmonization(), counters(id));
        RunningBot other = byQueue.get(bot.queue());
        if (other != null) {
            bot.log().close();
            throw new BotStartException(List.of(new Problem(id, "source_queue", Severity.REFUSED, PipelineCheck.sharedQueue(wanted, other.id()))), null);
        }
        waits.equip(bot);
        byQueue.put(bot.queue(), bot);
        running.put(id, bot);
        wanted.destinations().forEach(broker::ensureQueue);
        if (!bot.type().streams()) {
            broker.ensureQueue(bot.queue());
        }
        if (bot.type().group() == BotGroup.COLLECTOR && !bot.type().streams()) {
            broker.clear(bot.queue());
            broker.send(bot.queue(), new Parcel(Parcel.Kind.TICK, 1, new byte[0], null, 0, 0));
        }
        bot.log().logger().info("Bot is starting.");
        regulate(bot);
        if (!bot.held() && !bot.paused()) {
            startConsumer(bot);
        }
    }

    private void stopBot(String id) {
        RunningBot bot = running.remove(id);
        if (bot == null) {
            return;
        }
        byQueue.remove(bot.queue());
        broker.stopConsumer(bot.queue());
        streams.stop(bot, PATIENCE);
        bot.log().logger().info("Bot stopped.");
        close(bot);
    }

    private void close(RunningBot bot) {
        try {
            bot.close(closing ? WAIT_WHEN_CLOSING : LONGEST_WAIT_FOR_INSTANCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            LOG.log(Level.WARNING, "bot '" + bot.id() + "' was not waited for when it stopped", e);
        }
    }

    private void startConsumer(RunningBot bot) {
        if (bot.type().streams()) {
            streams.start(bot);
            return;
        }
        broker.startConsumer(bot.type().group().title().toLowerCase(Locale.ROOT) + "s", bot.queue(), bot.sessions());
    }

    private void remember() {
        if (!closing) {
            remembered.write(wanted);
        }
    }

    /**
     * Stops all bots, to be run again at the next start: no delivery begins any more, those under way end or are rolled back within
     * seconds, then the bots are closed, collectors first. What waits stays in the queues; the log says how much. Does nothing the
     * second time.
     */
    @Override
    public void close() {
        // not waiting for whoever is just stopping a bot, for that may wait for a delivery in turn
        closing = true;
        streams.refuse();
        broker.endDeliveries(PATIENCE);
        closeBots();
    }

    private synchronized void closeBots() {
        if (closed) {
            return;
        }
        closed = true;
        List<RunningBot> all = new ArrayList<>(running.values());
        remembered.write(wanted);
        all.sort(Comparator.comparing(bot -> bot.type().group()));
        all.forEach(bot -> stopBot(bot.id()));
        ends.stopped();
        LOG.info(waiting().text());
    }

    /** Whether all bots are being stopped, or are. */
    public boolean isClosing() {
        return closing;
    }

    /** What waits in the queues, the collectors' ticks left out. */
    public WaitingEvents waiting() {
        return WaitingEvents.in(broker);
    }

    // ------------------------------------------------------------------ what an operator sees

    Counters counters(String id) {
        return statistics.computeIfAbsent(id, missing -> new Counters());
    }

    /** All that is wrong, the worst first. */
    public List<Problem> problems() {
        return new CurrentProblems(this, new ConfigurationCheck(installation, catalogue, environment, services)).list();
    }

    /** What the start has made of an old configuration, {@code null} if there was none. */
    Problem takenOver() {
        return takenOver;
    }

    /** Why the bot did not start when it was last told to. */
    List<Problem> refused(String id) {
        return refused.getOrDefault(id, List.of());
    }

    private BotStartException unknown(String id) {
        return new BotStartException(List.of(Problem.of(id, Severity.REFUSED, "bot '" + id + "' is not in " + installation.runtimeConfiguration())), null);
    }

    Deliveries deliveries() {
        return deliveries;
    }

    Ends ends() {
        return ends;
    }

    Damage damage() {
        return damage;
    }

    LargeReports largeReports() {
        return largeReports;
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

    Waits waits() {
        return waits;
    }

    void report(String id, BotStartException problem) {
        refused.put(id, problem.problems());
        problem.problems().forEach(each -> LOG.severe(each.text()));
    }

    /** Makes the bot for one use by hand; a running one is stopped for it and started again. */
    synchronized <T> T aside(String id, Function<RunningBot, T> use) {
        boolean wasRunning = running.containsKey(id);
        stopBot(id);
        BotConfiguration configuration = configuration().bot(id);
        if (configuration == null) {
            throw unknown(id);
        }
        RunningBot bot = factory.create(configuration, harmonization(), new Counters());
        try {
            return use.apply(bot);
        } finally {
            close(bot);
            if (wasRunning) {
                startBot(configuration(), id);
            }
        }
    }

    /** {@code null} if it does not run. */
    RunningBot running(String id) {
        return running.get(id);
    }

    /** The running bot that takes the queue's messages; {@code null} if there is none. */
    RunningBot takes(String queue) {
        return byQueue.get(queue);
    }

    // ------------------------------------------------------------------ work

    /**
     * Processes one delivery and sends the results over its sender, within the caller's transaction.
     *
     * @return to be told how that transaction ended
     * @throws RollbackException or any other exception if the transaction must be rolled back
     */
    public Completion deliver(Delivery delivery) {
        return deliveries.deliver(delivery);
    }

    long now() {
        return services.clock().millis();
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

    /** A bot that waited to be made can work now; false if it is no longer wanted. */
    synchronized boolean equip(RunningBot bot, List<BotInstance> instances) {
        if (running.get(bot.id()) != bot) {
            return false;
        }
        bot.equip(instances);
        resume(bot);
        return true;
    }

    /** A bot that waited to be made never can be. */
    synchronized void refuse(RunningBot bot, BotStartException reason) {
        if (running.remove(bot.id(), bot)) {
            byQueue.remove(bot.queue());
            report(bot.id(), reason);
        }
    }

    private synchronized void resume(RunningBot bot) {
        bot.paused(false);
        if (running.get(bot.id()) == bot && !bot.held()) {
            startConsumer(bot);
        }
    }

    /** After a commit: holds those of the bots that have filled a queue. */
    void sent(Set<RunningBot> bots) {
        for (RunningBot bot : bots) {
            bot.goOn();
            if (!bot.held() && backPressure.fullBehind(bot) != null) {
                scheduler.execute(() -> regulate(bot));
            }
        }
    }

    /** Holds the bot, or lets it go on, as the queues behind it are. */
    private synchronized void regulate(RunningBot bot) {
        if (running.get(bot.id()) != bot || closing) {
            return;
        }
        String full = backPressure.fullBehind(bot);
        if (full != null && !bot.held()) {
            bot.log().logger().warning(backPressure.explain(bot, full));
            bot.hold(full);
            broker.stopConsumer(bot.queue());
        } else if (full == null && bot.held()) {
            bot.log().logger().info("The bot goes on.");
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

    private synchronized void lookAgain() {
        looksAgain = false;
        running.values().stream().filter(RunningBot::held).forEach(this::regulate);
    }

    /** Stops the bot, which has done what it was to do, once the delivery under way is through. */
    void stopSoon(RunningBot bot, String reason) {
        stopSoon(bot, reason, this::end);
    }

    /** The same for a bot that an error has ended: it is still to run, and is missed. */
    void failSoon(RunningBot bot, String reason) {
        stopSoon(bot, reason, this::stopBot);
    }

    private void stopSoon(RunningBot bot, String reason, Consumer<String> stop) {
        bot.log().logger().info(reason);
        scheduler.execute(() -> {
            synchronized (this) {
                if (running.get(bot.id()) == bot) {
                    stop.accept(bot.id());
                }
            }
        });
    }
}
