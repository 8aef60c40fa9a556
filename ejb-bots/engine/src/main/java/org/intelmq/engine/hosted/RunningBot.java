package org.intelmq.engine.hosted;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.intelmq.bot.BotGroup;
import org.intelmq.bot.BotType;
import org.intelmq.bot.CollectorParams;
import org.intelmq.engine.failure.Patience;
import org.intelmq.engine.observe.BotLog;
import org.intelmq.engine.observe.Counters;
import org.intelmq.engine.observe.DumpEntry;
import org.intelmq.engine.observe.DumpFile;
import org.intelmq.engine.observe.Tap;
import org.intelmq.engine.observe.Taps;
import org.intelmq.engine.settings.FeedFields;
import org.intelmq.engine.settings.Placement;
import org.intelmq.engine.settings.RuntimeParams;
import org.intelmq.engine.wire.Wire;
import org.intelmq.message.Event;
import org.intelmq.message.Harmonization;
import org.intelmq.message.Message;
import org.intelmq.message.Report;
import org.intelmq.pipeline.BotConfiguration;
import org.intelmq.pipeline.TickQueues;

/** A bot between its start and its stop: configuration, instances, figures, log. Thread-safe. */
public final class RunningBot {

    private static final Duration IDLE_COLLECTOR_PAUSE = Duration.ofSeconds(1);

    private final BotConfiguration configuration;
    private final BotType<?> type;
    private final RuntimeParams runtime;
    private final Record params;
    private final Record groupParams;
    private final Placement placement;
    private final Harmonization harmonization;
    private final FeedFields feedFields;
    private final Counters statistics;
    private final BotLog log;
    private final DumpFile dump;
    private final Clock clock;
    private final InstancePool instances;
    private final RateLimit rateLimit;
    private final Progress progress;
    private final Map<String, AtomicInteger> turns = new ConcurrentHashMap<>();
    private final Patience patience = new Patience();
    private volatile boolean paused;
    private volatile BooleanSupplier turn = () -> true;
    private volatile Taps taps = new Taps();
    private volatile String heldBehind;

    RunningBot(BotConfiguration configuration, BotType<?> type, RuntimeParams runtime, Record params, Record groupParams, Harmonization harmonization,
               Counters statistics, BotLog log, DumpFile dump, Clock clock) {
        this.configuration = configuration;
        this.type = type;
        this.runtime = runtime;
        this.params = params;
        this.groupParams = groupParams;
        this.placement = Placement.of(type, params, runtime);
        this.harmonization = harmonization;
        this.feedFields = groupParams instanceof CollectorParams feed ? new FeedFields(feed, configuration.name()) : null;
        this.statistics = statistics;
        this.log = log;
        this.dump = dump;
        this.clock = clock;
        this.instances = new InstancePool(type.streams() ? 1 : Math.max(1, runtime.instancesThreads()), log.logger());
        boolean limited = type.group() != BotGroup.COLLECTOR && !configuration.scheduled() && !runtime.rateLimit().isZero();
        this.rateLimit = limited ? new RateLimit(runtime.rateLimit(), clock) : null;
        this.progress = new Progress(runtime, log.logger(), clock, statistics);
    }

    public String id() {
        return configuration.id();
    }

    public BotConfiguration configuration() {
        return configuration;
    }

    public BotType<?> type() {
        return type;
    }

    public RuntimeParams runtime() {
        return runtime;
    }

    /** Which of several servers run it. */
    public Placement placement() {
        return placement;
    }

    public Counters statistics() {
        return statistics;
    }

    public Harmonization harmonization() {
        return harmonization;
    }

    Record params() {
        return params;
    }

    public Record groupParams() {
        return groupParams;
    }

    public BotLog log() {
        return log;
    }

    public boolean isOutput() {
        return type.group() == BotGroup.OUTPUT;
    }

    public boolean isParser() {
        return type.group() == BotGroup.PARSER;
    }

    /** The queue of its inputs. A collector has a separate queue for its ticks. */
    public String queue() {
        return type.group() == BotGroup.COLLECTOR ? TickQueues.of(id()) : configuration.sourceQueue();
    }

    public boolean routes(String path) {
        List<String> queues = configuration.destinationQueues().get(path);
        return queues != null && !queues.isEmpty();
    }

    /** The instances that do its work. */
    public InstancePool instances() {
        return instances;
    }

    /** Closes what does not work any more; returns whether nothing works any more, and closes the log then. */
    public boolean closeIfIdle() {
        if (!instances.closeIdle()) {
            return false;
        }
        log.logger().info("Bot stopped.");
        log.close();
        return true;
    }

    /** @param longestWait for each instance that is working */
    public void close(Duration longestWait) throws InterruptedException {
        instances.close(longestWait);
        log.close();
    }

    // ------------------------------------------------------------------ whether it takes messages

    public boolean canBeFused() {
        return !isParser() && !type.waits() && runtime.fusedDelivery() && !paused && !held() && rateLimit == null && !configuration.scheduled()
                && turn.getAsBoolean();
    }

    /** If only one of several servers works for the bot, the condition tells whether it is this server's turn. */
    public void worksWhen(BooleanSupplier ours) {
        turn = ours;
    }

    public boolean paused() {
        return paused;
    }

    public void paused(boolean isPaused) {
        paused = isPaused;
    }

    /** Logs how many messages it finishes. */
    public Progress progress() {
        return progress;
    }

    /**
     * Returns an action that records that an output has finished messages; until it is run, it holds no reference to the step.
     *
     * @param observed the observation time of the first of them
     */
    public Runnable arriving(String observed) {
        return () -> statistics.times().arrived(observed, Instant.now(clock));
    }

    /** How it deals with an unreachable system. */
    public Patience patience() {
        return patience;
    }

    /** Called after a commit: the awaited system may be back. This is logged if the wait was. */
    public void goOn() {
        if (patience.end()) {
            log.logger().info("The bot continues: the system that it waited for is back.");
        }
    }

    /** Whether it takes nothing because a queue it sends to is full. */
    public boolean held() {
        return heldBehind != null;
    }

    /** The full queue that holds it up; {@code null} if none does. */
    public String heldBehind() {
        return heldBehind;
    }

    public void hold(String fullQueue) {
        heldBehind = fullQueue;
    }

    // ------------------------------------------------------------------ what hosts do to messages

    /** Adds what the operator wants in every message of this bot. Returns false for a message that must not be sent. */
    public boolean complete(Message message) {
        if (feedFields != null && message instanceof Report report && !feedFields.complete(report)) {
            log.logger().warning("Ignoring report without raw field. Possible bug or misconfiguration of this bot.");
            return false;
        }
        if (message.size() == 0) {
            log.logger().warning("Ignoring empty message at sending. Possible bug in bot.");
            return false;
        }
        return true;
    }

    /** As {@link #complete}, for a report whose data is kept elsewhere. */
    public void completeWithoutData(Report report) {
        if (feedFields != null) {
            feedFields.addTo(report);
        }
    }

    /** A parser takes reports, so an event is reduced to the fields that a report has. */
    public Message fit(Message message) {
        if (!isParser() || !(message instanceof Event event)) {
            return message;
        }
        Report report = Report.from(event);
        report.identify(event.id());
        return report;
    }

    /** The messages distributed over a path's queues in turn. */
    public List<List<Message>> share(String path, List<Message> messages, int queues) {
        List<List<Message>> shares = new ArrayList<>(queues);
        for (int i = 0; i < queues; i++) {
            shares.add(new ArrayList<>());
        }
        AtomicInteger turn = turns.computeIfAbsent(path, missing -> new AtomicInteger());
        for (Message message : messages) {
            shares.get(Math.floorMod(turn.getAndIncrement(), queues)).add(message);
        }
        return shares;
    }

    // ------------------------------------------------------------------ for those who watch

    /** The next inputs in serialised form: as many as wanted, or as many as arrive within the time. */
    public List<String> next(int wanted, Duration atMost) throws InterruptedException {
        Tap mine = new Tap(wanted);
        Taps watched = taps;
        watched.add(mine);
        try {
            return mine.await(atMost);
        } finally {
            watched.remove(mine);
        }
    }

    /** Those who watch it. */
    public Taps taps() {
        return taps;
    }

    /** Called before the bot starts working: who is already watching it. */
    public void watchedBy(Taps given) {
        taps = given;
    }

    // ------------------------------------------------------------------ time

    /** The time until a collector's next run. */
    public Duration pause(boolean collectedSomething) {
        Duration limit = runtime.rateLimit();
        return limit.isZero() && !collectedSomething ? IDLE_COLLECTOR_PAUSE : limit;
    }

    /** Returns {@code null} if it takes messages as they arrive. */
    public RateLimit rateLimit() {
        return rateLimit;
    }

    // ------------------------------------------------------------------ what an operator sees

    public void problem(Exception reason, String consequence) {
        statistics.failed(Instant.now(clock), reason.toString());
        if (!runtime.errorLogException()) {
            log.logger().severe(reason.toString());
            log.logger().severe(consequence);
        } else {
            log.failure(consequence, reason);
        }
    }

    public void dump(Message message, String traceback) {
        dump(DumpEntry.of(id(), configuration.sourceQueue(), traceback, message));
    }

    /** Dumps what could not be decoded, unless it was damaged, in a form that can be repaired. */
    public void dump(Wire.Broken undecodable, String traceback) {
        dump(undecodable.damaged() ? DumpEntry.ofBytes(id(), configuration.sourceQueue(), traceback, undecodable.content())
                : DumpEntry.ofText(id(), configuration.sourceQueue(), traceback, undecodable.content()));
    }

    private void dump(DumpEntry entry) {
        log.logger().info("Dumping message to dump file.");
        dump.add(entry);
        statistics.countDump();
    }

    /** Logs at DEBUG; the text is only made if it is logged. */
    public void debug(Supplier<String> text) {
        log.logger().fine(text);
    }
}
