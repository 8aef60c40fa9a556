package org.intelmq.engine.operate;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.intelmq.bot.BotGroup;
import org.intelmq.catalogue.Catalogue;
import org.intelmq.engine.check.ConfigurationCheck;
import org.intelmq.engine.hosted.BotFactory;
import org.intelmq.engine.hosted.BotStartException;
import org.intelmq.engine.hosted.RunningBot;
import org.intelmq.engine.lend.Forgetful;
import org.intelmq.engine.lend.Services;
import org.intelmq.engine.observe.Counters;
import org.intelmq.engine.observe.Taps;
import org.intelmq.engine.settings.HarmonizationFile;
import org.intelmq.engine.settings.Node;
import org.intelmq.jms.Broker;
import org.intelmq.jms.BrokerException;
import org.intelmq.message.Harmonization;
import org.intelmq.pipeline.BotConfiguration;
import org.intelmq.pipeline.CurrentConfiguration;
import org.intelmq.pipeline.Installation;
import org.intelmq.pipeline.PipelineCheck;
import org.intelmq.pipeline.Problem;
import org.intelmq.pipeline.RuntimeConfiguration;
import org.intelmq.pipeline.Severity;

/** Starts and stops bots, and knows which ones should run. It does not deal with messages. Thread-safe. */
public final class Supervisor {

    private static final Logger LOG = Logger.getLogger(Supervisor.class.getName());
    private static final Duration LONGEST_WAIT_FOR_INSTANCE = Duration.ofSeconds(10);
    /** By then every delivery has ended, or was cut off and will not return. */
    private static final Duration WAIT_WHEN_CLOSING = Duration.ofMillis(100);

    private final Installation installation;
    private final CurrentConfiguration configuration;
    private final Catalogue catalogue;
    private final Broker broker;
    private final ScheduledExecutorService scheduler;
    private final BotFactory factory;
    private final BotFactory understudies;
    private final Roster roster;
    private final Flow flow;
    private final Waits waits;
    private final FirstTicks ticks;
    private final Elsewhere elsewhere;
    private final Refusals refusals = new Refusals();
    private final HarmonizationFile harmonization;
    private final RememberedBots remembered;
    /** The bots that should run, whether or not they can. */
    private final Set<String> wanted = ConcurrentHashMap.newKeySet();
    private final Map<String, Counters> statistics = new ConcurrentHashMap<>();
    private final Map<String, Taps> taps = new ConcurrentHashMap<>();
    private volatile Consumer<String> ends = bot -> { };

    /** How soon a collector polls its source when it starts. */
    private enum FirstLook { AT_ONCE, UNLESS_PLANNED }

    /** @param configuration the file's content at the time of the call */
    public Supervisor(Installation installation, Node self, CurrentConfiguration configuration, Catalogue catalogue, Broker broker,
               BotStreams streams, Services services, ScheduledExecutorService scheduler, Roster roster) {
        this.installation = installation;
        this.configuration = configuration;
        this.catalogue = catalogue;
        this.broker = broker;
        this.scheduler = scheduler;
        this.roster = roster;
        this.factory = new BotFactory(installation, catalogue, services);
        this.elsewhere = new Elsewhere(self, factory);
        this.understudies = BotFactory.ofUnderstudies(installation, catalogue, new Forgetful(services));
        this.flow = new Flow(roster, broker, streams, scheduler, this::makeAnew);
        this.ticks = new FirstTicks(roster, broker, services.clock(), scheduler);
        this.waits = new Waits(roster, flow, factory, refusals, services.clock(), scheduler);
        this.harmonization = new HarmonizationFile(installation.harmonization());
        this.remembered = new RememberedBots(installation.state().resolve("running-bots"));
    }

    /** Called before the start: who is notified of a bot that has ended by itself, and should not be started on another server either. */
    public void tellEnds(Consumer<String> told) {
        ends = told;
    }

    /** Decides when bots take messages. */
    public Flow flow() {
        return flow;
    }

    /** Bots that wait for other systems. */
    public Waits waits() {
        return waits;
    }

    /** Bots that other servers run. */
    public Elsewhere elsewhere() {
        return elsewhere;
    }

    /** Why bots do not run. */
    public Refusals refusals() {
        return refusals;
    }

    public Harmonization harmonization() {
        return harmonization.read();
    }

    public Counters counters(String id) {
        return statistics.computeIfAbsent(id, missing -> new Counters());
    }

    /** Those who watch the bot. */
    public Taps taps(String id) {
        return taps.computeIfAbsent(id, missing -> new Taps());
    }

    /** Starts the bots that ran before the server stopped; at the very first start, those that are enabled. */
    public void startAll() {
        synchronized (roster) {
            RuntimeConfiguration now = configuration.get();
            PipelineCheck connections = ConfigurationCheck.connections(now, catalogue);
            Stream.concat(catalogue.problems().stream(), connections.problems().stream()).forEach(problem -> LOG.warning(problem.text()));
            wanted.addAll(remembered.read()
                    .<List<String>>map(ids -> now.bots().keySet().stream().filter(ids::contains).toList())
                    .orElseGet(() -> now.bots().values().stream().filter(BotConfiguration::enabled).map(BotConfiguration::id).toList()));
            connections.startOrder(List.copyOf(wanted)).forEach(id -> {
                try {
                    startBot(now, id, FirstLook.UNLESS_PLANNED);
                } catch (BotStartException e) {
                    refusals.add(id, e.problems());
                }
            });
        }
    }

    /** Does nothing if it is already running, or belongs on other servers. Throws {@link BotStartException} if it cannot be started. */
    public void start(String id) {
        start(id, FirstLook.AT_ONCE);
    }

    /** Starts the bot because another server has started it. */
    public void startToo(String id) {
        start(id, FirstLook.UNLESS_PLANNED);
    }

    private void start(String id, FirstLook look) {
        synchronized (roster) {
            RuntimeConfiguration now = configuration.get();
            if (now.bot(id) != null) {
                wanted.add(id);
            }
            try {
                startBot(now, id, look);
            } finally {
                remember();
            }
        }
    }

    /** Returns once the bot has processed its last message. Does nothing if it is not running. */
    public void stop(String id) {
        synchronized (roster) {
            refusals.remove(id);
            end(id);
        }
    }

    /** Takes the bot's new configuration; a bot that does not run stays as it is. */
    public void reload(String id) {
        reload(id, FirstLook.AT_ONCE);
    }

    /** Reloads the bot because another server has reloaded it. */
    public void reloadToo(String id) {
        reload(id, FirstLook.UNLESS_PLANNED);
    }

    private void reload(String id, FirstLook look) {
        synchronized (roster) {
            if (roster.runs(id) || elsewhere.contains(id)) {
                stopBot(id);
                start(id, look);
            }
        }
    }

    /** It then stands in line again. The caller holds the roster's lock. */
    private void makeAnew(RunningBot bot) {
        try {
            reload(bot.id(), FirstLook.UNLESS_PLANNED);
        } catch (BotStartException e) {
            refusals.add(bot.id(), e.problems());
        }
    }

    /** Whether all bots are stopped, or being stopped. */
    public boolean isClosing() {
        return roster.isClosing();
    }

    /** Bots that should be running but are not: they could not be started, or an error has stopped them. */
    public List<String> missing() {
        return configuration.lastReadable().bots().keySet().stream()
                .filter(id -> !roster.runs(id) && !elsewhere.contains(id) && (wanted.contains(id) || refusals.has(id))).sorted().toList();
    }

    /** Stops the bot, which has finished its work, once the current delivery has ended. */
    public void stopSoon(RunningBot bot, String reason) {
        stopSoon(bot, reason, id -> {
            end(id);
            ends.accept(id);
        });
    }

    /** Does the same for a bot that an error has ended: it should still be running, and is reported as missing. */
    public void failSoon(RunningBot bot, String reason) {
        stopSoon(bot, reason, id -> {
            stopBot(id);
            if (bot.type().group() == BotGroup.COLLECTOR) {
                ends.accept(id);
            }
        });
    }

    private void stopSoon(RunningBot bot, String reason, Consumer<String> stop) {
        bot.log().logger().info(reason);
        scheduler.execute(() -> {
            synchronized (roster) {
                if (roster.runs(bot)) {
                    stop.accept(bot.id());
                }
            }
        });
    }

    /** Creates the bot for use by hand. If it is running, it is stopped meanwhile and then started again. */
    public <T> T aside(String id, Function<RunningBot, T> use) {
        synchronized (roster) {
            boolean wasRunning = roster.runs(id);
            stopBot(id);
            BotConfiguration bot = configuration.get().bot(id);
            if (bot == null) {
                throw unknown(id);
            }
            RunningBot made = factory.create(bot, harmonization(), new Counters());
            try {
                return use.apply(made);
            } finally {
                close(made);
                if (wasRunning) {
                    startBot(configuration.get(), id, FirstLook.AT_ONCE);
                }
            }
        }
    }

    /**
     * Creates a copy of the bot for a trial; the copy takes nothing from the bot itself.
     *
     * @throws BotStartException if it cannot be created
     */
    public <T> T beside(String id, Function<RunningBot, T> use) {
        BotConfiguration bot = configuration.get().bot(id);
        if (bot == null) {
            throw unknown(id);
        }
        RunningBot made = understudies.create(bot, harmonization(), new Counters());
        try {
            return use.apply(made);
        } finally {
            close(made);
        }
    }

    /** Stops all bots, collectors first; they run again at the next start. The caller holds the roster's lock. */
    public void stopAll() {
        List<RunningBot> all = new ArrayList<>(roster.bots());
        remembered.write(wanted);
        all.sort(Comparator.comparing(bot -> bot.type().group()));
        all.forEach(bot -> stopBot(bot.id()));
    }

    private void startBot(RuntimeConfiguration now, String id, FirstLook look) {
        if (roster.runs(id)) {
            return;
        }
        if (roster.isClosing()) {
            throw refusal(id, "bot '" + id + "' is not started: the server is being stopped");
        }
        refusals.remove(id);
        elsewhere.remove(id);
        BotConfiguration configured = now.bot(id);
        if (configured == null) {
            throw unknown(id);
        }
        List<Problem> problems = ConfigurationCheck.connections(now, catalogue).refusals(id);
        if (!problems.isEmpty()) {
            throw factory.refused(configured, harmonization(), problems);
        }
        RunningBot bot = factory.prepare(configured, harmonization(), counters(id));
        if (elsewhere.takes(bot)) {
            return;
        }
        RunningBot other = roster.takes(bot.queue());
        if (other != null) {
            bot.log().close();
            throw new BotStartException(List.of(new Problem(id, "source_queue", Severity.REFUSED, PipelineCheck.sharedQueue(configured, other.id()))), null);
        }
        bot.watchedBy(taps(id));
        bot.statistics().nextRun(0);
        waits.equip(bot);
        if (flow.standsInLine(bot)) {
            bot.worksWhen(() -> false);
        }
        roster.add(bot);
        try {
            open(bot, look);
        } catch (BrokerException e) {
            stopBot(id);
            throw refusal(id, "bot '" + id + "' is not started: " + e.getMessage());
        }
    }

    private void open(RunningBot bot, FirstLook look) {
        bot.configuration().destinations().forEach(broker::ensureQueue);
        if (!bot.type().streams()) {
            broker.handOutTo(bot.placement().isOne() ? Broker.Readers.ONE_SERVER : Broker.Readers.ALL_SERVERS, bot.queue());
        }
        if (flow.standsInLine(bot)) {
            ticks.turn(bot);
        }
        if (bot.type().group() == BotGroup.COLLECTOR && !bot.type().streams()) {
            plan(bot, look);
        }
        bot.log().logger().info("Bot is starting.");
        flow.open(bot);
    }

    private void plan(RunningBot bot, FirstLook look) {
        if (look == FirstLook.AT_ONCE) {
            ticks.now(bot);
        } else {
            ticks.unlessThereIsOne(bot);
        }
    }

    private BotStartException unknown(String id) {
        return refusal(id, "bot '" + id + "' is not in " + installation.runtimeConfiguration());
    }

    private static BotStartException refusal(String id, String text) {
        return new BotStartException(List.of(Problem.of(id, Severity.REFUSED, text)), null);
    }

    private void end(String id) {
        wanted.remove(id);
        elsewhere.remove(id);
        stopBot(id);
        remember();
    }

    private void stopBot(String id) {
        RunningBot bot = roster.remove(id);
        if (bot == null) {
            return;
        }
        flow.close(bot);
        bot.log().logger().info("Bot stopped.");
        close(bot);
    }

    private void close(RunningBot bot) {
        try {
            bot.close(roster.isClosing() ? WAIT_WHEN_CLOSING : LONGEST_WAIT_FOR_INSTANCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            LOG.log(Level.WARNING, "bot '" + bot.id() + "' was stopped, but the wait for it was interrupted", e);
        }
    }

    private void remember() {
        if (!roster.isClosing()) {
            remembered.write(wanted);
        }
    }
}
