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
import org.intelmq.pipeline.RuntimeConfiguration;
import org.intelmq.yaml.ConfigurationFileException;

/**
 * Runs the bots of {@code runtime.yaml} on a broker: which of them run, from when to when. Free of container types, so that tests
 * and replays run it too. Thread-safe.
 */
public final class Engine implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(Engine.class.getName());
    private static final long LOOK_AGAIN_MILLIS = 1000;

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
    private final Deliveries deliveries = new Deliveries(this);
    private volatile Ends ends = Ends.inMemory();
    private final Damage damage = new Damage();
    private final LargeReports largeReports = new LargeReports(this);
    private final BackPressure backPressure;
    private final Waits waits;
    private boolean looksAgain;
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
        RunningBot bot = factory.prepare(wanted, harmonization(), counters(id));
        waits.equip(bot);
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
        Set<String> problems = new LinkedHashSet<>(damage.problems());
        problems.addAll(configuration.problems());
        List<String> warnings = new ArrayList<>();
        Harmonization fields = harmonizationUnless(problems::add);
        configuration.bots().values().forEach(bot -> {
            BotFactory.Findings findings = factory.check(bot, fields);
            problems.addAll(findings.problems());
            problems.addAll(refused.getOrDefault(bot.id(), List.of()));
            warnings.addAll(findings.warnings());
        });
        problems.addAll(warnings);
        problems.addAll(configuration.unreadQueues());
        return List.copyOf(problems);
    }

    private Harmonization harmonizationUnless(Consumer<String> problem) {
        try {
            return harmonization();
        } catch (ConfigurationFileException e) {
            problem.accept(e.getMessage());
            return null;
        }
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
        problem.problems().forEach(LOG::severe);
    }

    /** Makes the bot for one use by hand; a running one is stopped for it and started again. */
    synchronized <T> T aside(String id, Function<RunningBot, T> use) {
        boolean wasRunning = running.containsKey(id);
        stopBot(id);
        BotConfiguration configuration = configuration().bot(id);
        if (configuration == null) {
            throw new BotStartException(List.of("bot '" + id + "' is not in " + installation.runtimeConfiguration()), null);
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
