package org.intelmq.engine.operate;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.intelmq.engine.hosted.BotFactory;
import org.intelmq.engine.hosted.BotStartException;
import org.intelmq.engine.hosted.RunningBot;
import org.intelmq.engine.observe.Counters;
import org.intelmq.message.Harmonization;
import org.intelmq.pipeline.BotConfiguration;
import org.intelmq.pipeline.CurrentConfiguration;
import org.intelmq.pipeline.Problem;
import org.intelmq.pipeline.Severity;

/** Creates bots for use without a delivery. Thread-safe. */
public final class ByHand {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Roster roster;
    private final Departures departures;
    private final CurrentConfiguration configuration;
    private final BotFactory factory;
    private final BotFactory understudies;
    private final Supplier<Harmonization> harmonization;
    private final Consumer<String> start;

    /** @param start starts a bot; the caller holds the roster's lock */
    ByHand(Roster roster, Departures departures, CurrentConfiguration configuration, BotFactory factory, BotFactory understudies,
            Supplier<Harmonization> harmonization, Consumer<String> start) {
        this.roster = roster;
        this.departures = departures;
        this.configuration = configuration;
        this.factory = factory;
        this.understudies = understudies;
        this.harmonization = harmonization;
        this.start = start;
    }

    /**
     * Creates the bot for use by hand. If it is running, it is stopped meanwhile and then started again.
     *
     * @throws BotStartException if it cannot be created, or if it or somebody else is using it
     */
    public <T> T aside(String id, Function<RunningBot, T> use) {
        Departure taken = take(id);
        try {
            return use(factory.create(configured(id), harmonization.get(), new Counters()), use);
        } finally {
            departures.end(taken);
        }
    }

    /** Waits until the bot has finished its last message; from then on, nobody else can start it. */
    private Departure take(String id) {
        AtomicReference<Departure> taken = new AtomicReference<>();
        Departure departing;
        Runnable after;
        synchronized (roster) {
            boolean wasRunning = roster.runs(id);
            departing = wasRunning ? departures.begin(id) : departures.of(id);
            after = wasRunning ? () -> start.accept(id) : departing == null ? null : departing.next();
            if (departing == null) {
                return departures.byHand(id, null);
            }
            if (departing.bot() == null) {
                throw refusal(id, departing);
            }
            departing.then(() -> taken.set(departures.byHand(id, after)));
        }
        boolean ended = departures.await(departing, PATIENCE);
        synchronized (roster) {
            if (taken.get() != null) {
                return taken.get();
            }
            if (!ended) {
                departing.then(after);
            }
            throw refusal(id, departing);
        }
    }

    private static BotStartException refusal(String id, Departure departing) {
        return problem(id, "bot '" + id + "' " + departing.reason() + ": try again when that is done");
    }

    /**
     * Creates a copy of the bot for a trial; the copy takes nothing from the bot itself.
     *
     * @throws BotStartException if it cannot be created
     */
    public <T> T beside(String id, Function<RunningBot, T> use) {
        return use(understudies.create(configured(id), harmonization.get(), new Counters()), use);
    }

    private BotConfiguration configured(String id) {
        BotConfiguration bot = configuration.lastReadable().bot(id);
        if (bot == null) {
            throw problem(id, "bot '" + id + "' is not in runtime.yaml");
        }
        return bot;
    }

    private static BotStartException problem(String id, String text) {
        return new BotStartException(List.of(Problem.of(id, Severity.REFUSED, text)), null);
    }

    private static <T> T use(RunningBot made, Function<RunningBot, T> use) {
        try {
            return use.apply(made);
        } finally {
            Departures.close(made, PATIENCE);
        }
    }
}
