package org.intelmq.engine.memory;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadFactory;
import java.util.function.Supplier;
import org.intelmq.bot.ConfigurationException;
import org.intelmq.catalogue.Catalogue;
import org.intelmq.control.BotStatistics;
import org.intelmq.engine.Engine;
import org.intelmq.engine.EngineControl;
import org.intelmq.engine.lend.Services;
import org.intelmq.engine.observe.Tap;
import org.intelmq.jms.Completion;
import org.intelmq.jms.Delivery;
import org.intelmq.pipeline.Installation;

/** An engine on queues in memory that works only when it is called, until nothing is due. For one thread. */
public final class MemoryEngine implements AutoCloseable {

    private static final int MOST_DELIVERIES = 100_000;

    private final MemoryBroker broker;
    private final StepScheduler scheduler;
    private final Engine engine;
    private int deliveries;

    public MemoryEngine(Installation installation, Map<String, String> environment, Catalogue catalogue, Services services) {
        this(installation, environment, catalogue, services, null);
    }

    /** @param threads for streams; {@code null} if they are not run */
    public MemoryEngine(Installation installation, Map<String, String> environment, Catalogue catalogue, Services services, ThreadFactory threads) {
        this(new MemoryBroker(services.clock()), installation, environment, catalogue, services, threads);
    }

    /** On queues that may be those of several engines. */
    public MemoryEngine(MemoryBroker broker, Installation installation, Map<String, String> environment, Catalogue catalogue, Services services,
                        ThreadFactory threads) {
        this.broker = broker;
        this.scheduler = new StepScheduler(services.clock());
        this.engine = new Engine(installation, environment, catalogue, broker, services, scheduler, threads);
    }

    public Engine engine() {
        return engine;
    }

    public EngineControl control() {
        return new EngineControl(engine);
    }

    public MemoryBroker broker() {
        return broker;
    }

    /**
     * Runs until nothing is due any more.
     *
     * @throws ConfigurationException if it does not end
     */
    public void run() {
        deliveries = 0;
        int done;
        do {
            done = scheduler.runDue() + broker.deliverAll(this::deliver);
        } while (done > 0);
    }

    private Completion deliver(Delivery delivery) {
        if (++deliveries > MOST_DELIVERIES) {
            throw new ConfigurationException("messages go round in circles through queue '" + delivery.queue()
                    + "': expected that they reach the end of the pipeline");
        }
        return engine.deliver(delivery);
    }

    /** The running bot's inputs from now on, in serialised form. */
    public Supplier<List<String>> watch(String bot) {
        Tap tap = new Tap(Integer.MAX_VALUE);
        engine.taps(bot).add(tap);
        return tap::seen;
    }

    /** Why the bot did not process everything it was given; {@code null} if it did. */
    public String problem(String bot) {
        BotStatistics figures = control().statistics(bot);
        if (figures.waiting() == 0 && (figures.failed() == 0 || figures.dumped() > 0)) {
            return null;
        }
        String waiting = figures.waiting() > 0 ? ", " + figures.waiting() + " messages wait for it" : "";
        return "bot '" + bot + "' did not continue" + waiting + ": " + figures.lastError();
    }

    @Override
    public void close() {
        engine.close();
        scheduler.shutdownNow();
    }
}
