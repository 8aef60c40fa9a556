package org.intelmq.engine;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;
import java.util.logging.Logger;
import org.intelmq.catalogue.Catalogue;
import org.intelmq.control.BotState;
import org.intelmq.engine.check.ConfigurationCheck;
import org.intelmq.engine.deliver.Deliveries;
import org.intelmq.engine.failure.Ends;
import org.intelmq.engine.failure.RollbackException;
import org.intelmq.engine.hosted.BotStartException;
import org.intelmq.engine.lend.Services;
import org.intelmq.engine.nodes.Nodes;
import org.intelmq.engine.observe.Taps;
import org.intelmq.engine.observe.Tracing;
import org.intelmq.engine.operate.BotStreams;
import org.intelmq.engine.operate.Roster;
import org.intelmq.engine.operate.Supervisor;
import org.intelmq.engine.settings.Node;
import org.intelmq.engine.settings.Placement;
import org.intelmq.jms.Broker;
import org.intelmq.jms.Completion;
import org.intelmq.jms.Delivery;
import org.intelmq.message.Harmonization;
import org.intelmq.parameters.ParameterSchema.Parameter;
import org.intelmq.pipeline.BotConfiguration;
import org.intelmq.pipeline.CurrentConfiguration;
import org.intelmq.pipeline.Installation;
import org.intelmq.pipeline.Problem;
import org.intelmq.pipeline.RuntimeConfiguration;
import org.intelmq.pipeline.Severity;
import org.intelmq.upgrade.OldConfiguration;
import org.intelmq.yaml.ConfigurationFileException;

/**
 * Runs the bots of {@code runtime.yaml} on a broker. The supervisor starts and stops them; deliveries are their work. Free of container types,
 * so that tests and replays can run it too. Thread-safe.
 */
public final class Engine implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(Engine.class.getName());
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Installation installation;
    private final Map<String, String> environment;
    private final Node self;
    private final CurrentConfiguration configuration;
    private final Catalogue catalogue;
    private final Broker broker;
    private final Services services;
    private final Roster roster = new Roster();
    private final BotStreams streams;
    private final Supervisor supervisor;
    private final Deliveries deliveries;
    private final Nodes nodes;
    /** How an old configuration was converted at the start; {@code null} if there was none. */
    private volatile Problem takenOver;
    private boolean closed;
    private volatile Runnable catchUp = () -> { };
    private final SharedRun<List<Problem>> problems = new SharedRun<>(this::findProblems);

    /**
     * @param scheduler for pauses, and for stops that bots request; the caller closes it
     * @param threads for streams; {@code null} if streams are not run
     */
    public Engine(Installation installation, Map<String, String> environment, Catalogue catalogue, Broker broker, Services services,
                  ScheduledExecutorService scheduler, ThreadFactory threads) {
        this.installation = installation;
        this.environment = environment;
        this.configuration = new CurrentConfiguration(installation.runtimeConfiguration(), environment);
        this.catalogue = catalogue;
        this.broker = broker;
        this.services = services;
        this.streams = new BotStreams(threads);
        this.self = Node.of(environment);
        this.supervisor = new Supervisor(installation, self, configuration, catalogue, broker, streams, services, scheduler, roster);
        this.deliveries = new Deliveries(roster, supervisor, broker, services.clock());
        this.nodes = new Nodes(self, broker, services.clock(), scheduler, installation.etc(), roster::ids);
        streams.ownedBy(deliveries::streamOwner);
        supervisor.tellEnds(bot -> nodes.stopped(List.of(bot)));
    }

    /** Called before {@link #start()} if steps are to be traced. */
    public void traceWith(Tracing tracing) {
        deliveries.traceWith(tracing);
    }

    /**
     * Servers that share their configuration bring it up to date before they act on bots together.
     *
     * @param work does not throw
     */
    public void catchUpWith(Runnable work) {
        catchUp = work;
    }

    public Catalogue catalogue() {
        return catalogue;
    }

    /** The parameters that any bot may have because several servers may share the broker. */
    public List<Parameter> parametersOfServers() {
        return self.shares() ? CommonParameters.ofServers() : List.of();
    }

    public Installation installation() {
        return installation;
    }

    /** As the file says now. */
    public RuntimeConfiguration configuration() {
        return configuration.get();
    }

    /** For others who ask for it as often. */
    public CurrentConfiguration currentConfiguration() {
        return configuration;
    }

    /** The same, or what could last be read of it, see {@link CurrentConfiguration#lastReadable}. */
    public RuntimeConfiguration lastReadable() {
        return configuration.lastReadable();
    }

    /** Starts the bots that ran before the server stopped; at the very first start, those that are enabled. */
    public void start() {
        synchronized (roster) {
            deliveries.countEnds(Ends.at(installation.state(), installation.log(), services.clock()));
            roster.closing(false);
            closed = false;
            new OldConfiguration(installation).takeOver(services.clock()).ifPresent(line -> {
                LOG.warning(line);
                takenOver = new Problem(null, null, Severity.WARNING, line);
            });
            supervisor.startAll();
            nodes.join(new Followed());
        }
    }

    /** Repeats here what is done to bots on another server of the same broker. */
    private final class Followed implements Nodes.Bots {

        @Override
        public void startToo(String bot) {
            follow(bot, supervisor::startToo);
        }

        @Override
        public void stopToo(String bot) {
            follow(bot, supervisor::stop);
        }

        @Override
        public void reloadToo(String bot) {
            follow(bot, supervisor::reloadToo);
        }

        private void follow(String bot, Consumer<String> action) {
            if (roster.isClosing()) {
                return;
            }
            catchUp();
            try {
                action.accept(bot);
            } catch (BotStartException e) {
                supervisor.refusals().add(bot, e.problems());
            } catch (ConfigurationFileException e) {
                LOG.severe("Bot '" + bot + "' does not follow another server: " + e.getMessage());
            }
        }
    }

    /**
     * Does nothing if the bot is already running.
     *
     * @throws BotStartException if it cannot be started
     */
    public void start(String id) {
        supervisor.start(id);
    }

    /**
     * Returns once the bot has processed its last message; if that takes too long, before, and then it stops by itself. Does nothing if it is
     * not running.
     */
    public void stop(String id) {
        supervisor.stop(id);
    }

    /** Takes the bot's new configuration; a bot that does not run stays as it is. */
    public void reload(String id) {
        supervisor.reload(id);
    }

    /**
     * Processes one delivery and sends the results over its sender, within the caller's transaction.
     *
     * @return called when that transaction has ended
     * @throws RollbackException or any other exception if the transaction must be rolled back
     */
    public Completion deliver(Delivery delivery) {
        return deliveries.deliver(delivery);
    }

    /**
     * Stops all bots; they run again at the next start. No new delivery begins, those being processed finish or are rolled back within
     * seconds, and then the bots are closed, collectors first. Waiting messages stay in the queues, and the log says how many. Does nothing
     * when called again.
     */
    @Override
    public void close() {
        // must not wait for a thread that is stopping a bot, because that thread may itself be waiting for a delivery
        roster.closing(true);
        streams.refuse();
        broker.endDeliveries(PATIENCE);
        synchronized (roster) {
            if (closed) {
                return;
            }
            closed = true;
            supervisor.stopAll();
            nodes.leave();
            deliveries.ends().stopped();
            LOG.info(waiting().text());
        }
    }

    /** Whether all bots are stopped, or being stopped. */
    public boolean isClosing() {
        return roster.isClosing();
    }

    // ------------------------------------------------------------------ what an operator sees

    public BotState status(String id) {
        return status(List.of(id)).get(id);
    }

    /** Reads the file at most once. */
    public Map<String, BotState> status(Collection<String> ids) {
        Map<String, BotState> states = new LinkedHashMap<>();
        RuntimeConfiguration now = ids.stream().allMatch(roster::runs) ? null : lastReadable();
        ids.forEach(id -> states.put(id, roster.runs(id) ? BotState.RUNNING : supervisor.isFinishing(id) ? BotState.STOPPING
                : notRunning((now == null ? lastReadable() : now).bot(id))));
        return states;
    }

    private BotState notRunning(BotConfiguration bot) {
        if (bot == null) {
            return BotState.UNKNOWN;
        }
        if (supervisor.elsewhere().contains(bot.id()) && nodes.runElsewhere(bot.id())) {
            return BotState.RUNNING;
        }
        return bot.enabled() ? BotState.STOPPED : BotState.DISABLED;
    }

    /** Bots that should be running but are not: they could not be started, or an error has stopped them. */
    public List<String> missing() {
        return supervisor.missing();
    }

    /** What waits in the queues, without the collectors' ticks. */
    public WaitingEvents waiting() {
        return WaitingEvents.in(broker);
    }

    /** Everything that is wrong, worst first. Every bot is created to find out, so simultaneous callers share one run. */
    public List<Problem> problems() {
        return problems.get();
    }

    private List<Problem> findProblems() {
        List<Problem> found = new ArrayList<>(deliveries.damage().problems());
        if (takenOver != null) {
            found.add(takenOver);
        }
        found.addAll(nodes.problems(placements()));
        ConfigurationCheck check = new ConfigurationCheck(installation, catalogue, environment, services);
        return new CurrentProblems(roster, supervisor, broker, configuration, check).list(found);
    }

    private Map<String, Placement> placements() {
        try {
            return supervisor.elsewhere().placements(configuration.get());
        } catch (ConfigurationFileException e) {
            // the check has reported it
            return Map.of();
        }
    }

    /** Those who watch the bot, whether or not it is running. */
    public Taps taps(String id) {
        return supervisor.taps(id);
    }

    // ------------------------------------------------------------------ its parts

    void catchUp() {
        catchUp.run();
    }

    Nodes nodes() {
        return nodes;
    }

    Roster roster() {
        return roster;
    }

    Supervisor supervisor() {
        return supervisor;
    }

    Deliveries deliveries() {
        return deliveries;
    }

    Broker broker() {
        return broker;
    }

    Clock clock() {
        return services.clock();
    }

    Harmonization harmonization() {
        return supervisor.harmonization();
    }
}
