package org.intelmq.engine.operate;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import java.util.function.Function;
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
    /** By then every delivery has ended, or was cut off and will not return. */
    private static final Duration WAIT_WHEN_CLOSING = Duration.ofMillis(100);

    private final Installation installation;
    private final CurrentConfiguration configuration;
    private final Catalogue catalogue;
    private final Broker broker;
    private final ScheduledExecutorService scheduler;
    private final BotFactory factory;
    private final Roster roster;
    private final Flow flow;
    private final Waits waits;
    private final Departures departures;
    private final FirstTicks ticks;
    private final ByHand byHand;
    private final Elsewhere elsewhere;
    private final Refusals refusals = new Refusals();
    private final HarmonizationFile harmonization;
    private final RememberedBots remembered;
    /** The bots that should run, whether or not they can. */
    private final Set<String> wanted = ConcurrentHashMap.newKeySet();
    private final Map<String, Counters> statistics = new ConcurrentHashMap<>();
    private final Map<String, Taps> taps = new ConcurrentHashMap<>();
    private volatile Consumer<String> ends = bot -> { };
    /** As long as an orderly stop of the server lets a delivery go on. */
    private volatile Duration patience = Duration.ofSeconds(10);

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
        this.flow = new Flow(roster, broker, streams, scheduler, this::makeAnew);
        this.ticks = new FirstTicks(roster, broker, services.clock(), scheduler);
        this.departures = new Departures(roster, flow, refusals, scheduler);
        this.waits = new Waits(roster, flow, factory, refusals, services.clock(), scheduler);
        this.harmonization = new HarmonizationFile(installation.harmonization());
        this.byHand = new ByHand(roster, departures, configuration, factory,
                BotFactory.ofUnderstudies(installation, catalogue, new Forgetful(services)), this::harmonization, id -> want(id, FirstLook.AT_ONCE));
        this.remembered = new RememberedBots(installation.state().resolve("running-bots"));
    }

    /** Called before the start: who is notified of a bot that has ended by itself, and should not be started on another server either. */
    public void tellEnds(Consumer<String> told) {
        ends = told;
    }

    /** Called before the start: how long those who stop a bot wait for its last message. */
    public void waitAtMost(Duration longest) {
        patience = longest;
    }

    /** Decides when bots take messages. */
    public Flow flow() {
        return flow;
    }

    /** Bots that wait for other systems. */
    public Waits waits() {
        return waits;
    }

    /** Lets others work with bots without a delivery. */
    public ByHand byHand() {
        return byHand;
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
            Map<String, List<Problem>> refused = new LinkedHashMap<>();
            connections.startOrder(List.copyOf(wanted)).forEach(id -> {
                try {
                    startBot(now, id, FirstLook.UNLESS_PLANNED);
                } catch (BotStartException e) {
                    refused.put(id, e.problems());
                }
            });
            refusals.addAll(refused, now);
        }
    }

    /**
     * Does nothing if it is already running, or belongs on other servers. While the file is broken, the bot gets what could last be read. Throws
     * {@link BotStartException} if it cannot be started.
     */
    public void start(String id) {
        start(id, FirstLook.AT_ONCE);
    }

    /** Starts the bot because another server has started it. */
    public void startToo(String id) {
        start(id, FirstLook.UNLESS_PLANNED);
    }

    private void start(String id, FirstLook look) {
        Departure departing;
        synchronized (roster) {
            departing = departures.of(id);
            if (departing == null) {
                want(id, look);
            } else {
                departing.then(() -> want(id, look));
            }
        }
        requireEnd(id, departing);
    }

    /** The caller holds the roster's lock. */
    private void want(String id, FirstLook look) {
        RuntimeConfiguration now = configuration.lastReadable();
        if (now.bot(id) != null) {
            wanted.add(id);
        }
        try {
            startBot(now, id, look);
        } finally {
            remember();
        }
    }

    private void requireEnd(String id, Departure departing) {
        if (departing != null && !departures.await(departing, patience)) {
            throw refusal(id, "bot '" + id + "' " + departing.reason() + "; it starts as soon as that is done");
        }
    }

    /** False if its last message takes too long: it takes nothing more, and stops by itself then. Does nothing if it is not running. */
    public boolean stop(String id) {
        Departure departing;
        synchronized (roster) {
            refusals.remove(id);
            departing = end(id);
        }
        return departing == null || departures.await(departing, patience);
    }

    /** Whether it has been stopped, and is still finishing its last message. */
    public boolean isFinishing(String id) {
        return departures.isFinishing(id);
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
        // if it cannot be read, there is nothing new that the bot could take
        configuration.get();
        Departure departing;
        synchronized (roster) {
            departing = restart(id, look);
        }
        requireEnd(id, departing);
    }

    /** Returns what must end before it starts; {@code null} if that is done, or there is nothing to do. The caller holds the roster's lock. */
    private Departure restart(String id, FirstLook look) {
        if (!roster.runs(id)) {
            if (elsewhere.contains(id)) {
                want(id, look);
            }
            return null;
        }
        Departure departing = departures.begin(id);
        departing.then(() -> want(id, look));
        return departing;
    }

    /** It then stands in line again. The caller holds the roster's lock. */
    private void makeAnew(RunningBot bot) {
        Departure departing = restart(bot.id(), FirstLook.UNLESS_PLANNED);
        if (departing != null) {
            scheduler.execute(() -> departures.lookAgain(departing));
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
            Departure departing = end(id);
            ends.accept(id);
            return departing;
        });
    }

    /** Does the same for a bot that an error has ended: it should still be running, and is reported as missing. */
    public void failSoon(RunningBot bot, String reason) {
        stopSoon(bot, reason, id -> {
            Departure departing = departures.begin(id);
            if (bot.type().group() == BotGroup.COLLECTOR) {
                ends.accept(id);
            }
            return departing;
        });
    }

    private void stopSoon(RunningBot bot, String reason, Function<String, Departure> stop) {
        bot.log().logger().info(reason);
        scheduler.execute(() -> {
            Departure departing;
            synchronized (roster) {
                departing = roster.runs(bot) ? stop.apply(bot.id()) : null;
            }
            if (departing != null) {
                departures.lookAgain(departing);
            }
        });
    }

    /** Stops all bots, collectors first; they run again at the next start. The caller holds the roster's lock. */
    public void stopAll() {
        List<RunningBot> all = new ArrayList<>(roster.bots());
        remembered.write(wanted);
        all.sort(Comparator.comparing(bot -> bot.type().group()));
        all.forEach(bot -> departures.cutShort(departures.begin(bot.id()), WAIT_WHEN_CLOSING));
        departures.all().forEach(departing -> departures.cutShort(departing, WAIT_WHEN_CLOSING));
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
            throw refusal(id, "bot '" + id + "' is not in " + installation.runtimeConfiguration());
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
            departures.cutShort(departures.begin(id), WAIT_WHEN_CLOSING);
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

    private static BotStartException refusal(String id, String text) {
        return new BotStartException(List.of(Problem.of(id, Severity.REFUSED, text)), null);
    }

    /** Returns {@code null} if it does not run. */
    private Departure end(String id) {
        wanted.remove(id);
        elsewhere.remove(id);
        Departure departing = departures.begin(id);
        remember();
        return departing;
    }

    private void remember() {
        if (!roster.isClosing()) {
            remembered.write(wanted);
        }
    }
}
