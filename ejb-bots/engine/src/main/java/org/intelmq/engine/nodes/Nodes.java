package org.intelmq.engine.nodes;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.intelmq.control.NodeState;
import org.intelmq.control.Version;
import org.intelmq.engine.nodes.Announcement.Action;
import org.intelmq.engine.nodes.Announcement.Leave;
import org.intelmq.engine.nodes.Announcement.Order;
import org.intelmq.engine.nodes.Announcement.Sign;
import org.intelmq.engine.settings.Node;
import org.intelmq.engine.settings.Placement;
import org.intelmq.jms.Broker;
import org.intelmq.jms.BrokerException;
import org.intelmq.pipeline.Problem;
import org.intelmq.pipeline.Severity;

/**
 * The servers on one broker, including this one. Each announces itself every few seconds, and passes on what operators do to bots. This
 * decides nothing: the broker decides who gets which message. Thread-safe.
 */
public final class Nodes {

    private static final Logger LOG = Logger.getLogger(Nodes.class.getName());
    private static final long SIGN_MILLIS = 2000;
    private static final Duration SILENCE = Duration.ofSeconds(10);
    /** A server that has not been heard from for this long is no longer listed. */
    private static final Duration FORGOTTEN = Duration.ofHours(1);

    private final String id = UUID.randomUUID().toString();
    private final Node self;
    private final Broker broker;
    private final Clock clock;
    private final ScheduledExecutorService scheduler;
    private final Fingerprint fingerprint;
    private final Supplier<Collection<String>> running;
    private final Instant since;
    private final Map<String, Heard> others = new ConcurrentHashMap<>();
    private volatile Bots bots;
    private volatile boolean closed;
    /** As of the last announcement, so that nobody who asks for the servers has to wait for files. */
    private volatile String configuration = "";
    private volatile Problem deaf;

    private record Heard(Sign sign, Instant at) { }

    /** Does to bots here what has been done on another server. */
    public interface Bots {

        void startToo(String bot);

        void stopToo(String bot);

        void reloadToo(String bot);
    }

    /** @param running the bots that run on this server */
    public Nodes(Node self, Broker broker, Clock clock, ScheduledExecutorService scheduler, Path etc, Supplier<Collection<String>> running) {
        this.self = self;
        this.broker = broker;
        this.clock = clock;
        this.scheduler = scheduler;
        this.fingerprint = new Fingerprint(etc);
        this.running = running;
        this.since = clock.instant();
    }

    /** Called once; does nothing if no other server uses the broker. */
    public void join(Bots told) {
        if (!broker.isShared()) {
            return;
        }
        boolean again = bots != null;
        bots = told;
        closed = false;
        if (!again) {
            listen();
        }
        giveSigns();
    }

    /** Bots work without this, too. */
    private void listen() {
        try {
            broker.listen(this::heard);
        } catch (BrokerException e) {
            deaf = general(e.getMessage());
            LOG.severe(e.getMessage());
        }
    }

    private void giveSigns() {
        if (closed) {
            return;
        }
        try {
            configuration = fingerprint.now();
            say(sign());
        } catch (BrokerException e) {
            LOG.log(Level.FINE, "no heartbeat to the other servers: the broker is out of reach", e);
        } catch (RuntimeException e) {
            LOG.log(Level.SEVERE, "no heartbeat to the other servers", e);
        } finally {
            scheduler.schedule(this::giveSigns, SIGN_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private Sign sign() {
        return new Sign(id, self.name(), Version.text(), since, configuration, running.get().stream().sorted().toList());
    }

    /** The other servers notice immediately. */
    public void leave() {
        if (bots != null && !closed) {
            closed = true;
            tell(new Leave(id));
        }
    }

    public void started(Collection<String> ids) {
        order(Action.START, ids);
    }

    public void stopped(Collection<String> ids) {
        order(Action.STOP, ids);
    }

    public void reloaded(Collection<String> ids) {
        order(Action.RELOAD, ids);
    }

    private void order(Action action, Collection<String> ids) {
        if (bots != null && !ids.isEmpty()) {
            tell(new Order(id, self.name(), action, List.copyOf(ids)));
        }
    }

    private void tell(Announcement what) {
        try {
            say(what);
        } catch (BrokerException e) {
            LOG.log(Level.WARNING, "The other servers on the broker could not be notified: " + e.getMessage()
                    + ". Repeat the command there when it is back; 'intelmqctl nodes' shows what each runs.");
        }
    }

    private void say(Announcement what) {
        broker.announce(what.text());
    }

    private void heard(String text) {
        Announcement what;
        try {
            what = Announcement.of(text);
        } catch (IllegalArgumentException e) {
            LOG.log(Level.FINE, "an announcement is ignored", e);
            return;
        }
        if (id.equals(what.id())) {
            return;
        }
        if (what instanceof Sign sign) {
            if (others.put(sign.id(), new Heard(sign, clock.instant())) == null) {
                LOG.info("Server '" + sign.node() + "' is on the same broker.");
            }
        } else if (what instanceof Leave) {
            others.remove(what.id());
        } else if (what instanceof Order order) {
            scheduler.execute(() -> follow(order));
        }
    }

    private void follow(Order order) {
        for (String bot : order.bots()) {
            LOG.fine(() -> "Bot '" + bot + "': " + order.action() + ", as on server '" + order.node() + "'.");
            try {
                follow(order.action(), bot);
            } catch (RuntimeException e) {
                LOG.log(Level.SEVERE, "Bot '" + bot + "' does not follow server '" + order.node() + "' (" + order.action() + "). Repeat the command on "
                        + "this server.", e);
            }
        }
    }

    private void follow(Action action, String bot) {
        switch (action) {
            case START -> bots.startToo(bot);
            case STOP -> bots.stopToo(bot);
            case RELOAD -> bots.reloadToo(bot);
            default -> throw new IllegalStateException(action.name());
        }
    }

    /** By name, including this one; empty if no other server uses the broker. */
    public List<NodeState> states() {
        if (bots == null) {
            return List.of();
        }
        Instant now = clock.instant();
        others.values().removeIf(heard -> heard.at().isBefore(now.minus(FORGOTTEN)));
        List<NodeState> states = new ArrayList<>();
        states.add(state(sign(), now, now, true));
        others.values().forEach(heard -> states.add(state(heard.sign(), heard.at(), now, false)));
        states.sort(Comparator.comparing(NodeState::name).thenComparing(NodeState::since));
        return states;
    }

    private static NodeState state(Sign sign, Instant at, Instant now, boolean isSelf) {
        return new NodeState(sign.node(), isSelf, at.isAfter(now.minus(SILENCE)), sign.version(), sign.since(), at, sign.configuration(), sign.running());
    }

    /** Whether another server that is alive runs the bot. */
    public boolean runElsewhere(String bot) {
        return states().stream().anyMatch(node -> !node.self() && node.alive() && node.running().contains(bot));
    }

    /**
     * What servers have found out about each other.
     *
     * @param placements of the bots, by id
     */
    public List<Problem> problems(Map<String, Placement> placements) {
        List<NodeState> states = states();
        if (states.isEmpty()) {
            return List.of();
        }
        List<NodeState> alive = states.stream().filter(NodeState::alive).toList();
        Set<Problem> problems = new LinkedHashSet<>();
        if (deaf != null) {
            problems.add(deaf);
        }
        states.stream().filter(node -> !node.alive()).filter(node -> alive.stream().noneMatch(other -> other.name().equals(node.name())))
                .forEach(node -> problems.add(general("server '" + node.name() + "' has not been heard of since " + node.lastSign().truncatedTo(
                        ChronoUnit.SECONDS) + ": is it running, and does it reach the broker? The others do its work, except for bots that name it")));
        alive.stream().filter(node -> !node.self()).forEach(node -> compare(node, problems));
        Set<String> names = states.stream().map(NodeState::name).collect(Collectors.toCollection(TreeSet::new));
        placements.forEach((bot, place) -> {
            if (!place.names().isEmpty() && place.names().stream().noneMatch(names::contains)) {
                problems.add(Problem.ofBot(bot, Severity.ERROR, "parameter 'nodes' cannot be \"" + String.join(", ", new TreeSet<>(place.names()))
                        + "\": no server of this name is known, so nobody runs the bot; expected one of " + String.join(", ", names)));
            }
        });
        return List.copyOf(problems);
    }

    private void compare(NodeState other, Set<Problem> problems) {
        Sign own = sign();
        if (other.name().equals(self.name())) {
            problems.add(general("another server on the broker calls itself '" + self.name() + "' too: set INTELMQ_NODE to a different name on each"));
        }
        if (!other.configuration().equals(own.configuration())) {
            problems.add(general("server '" + other.name() + "' has another configuration (" + other.configuration() + ") than '" + self.name() + "' ("
                    + own.configuration() + "): copy the same files into etc on both, then run 'intelmqctl reload'"));
        }
        if (!other.version().equals(own.version())) {
            problems.add(general("server '" + other.name() + "' runs version " + other.version() + ", '" + self.name() + "' " + own.version()
                    + ": update them to the same version"));
        }
    }

    private static Problem general(String text) {
        return new Problem(null, null, Severity.WARNING, text);
    }
}
