package org.intelmq.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.intelmq.control.BotControl;
import org.intelmq.control.BotState;
import org.intelmq.control.BotStatistics;
import org.intelmq.control.BotTimes;
import org.intelmq.control.LogFile;
import org.intelmq.control.NodeState;
import org.intelmq.control.Trial;
import org.intelmq.engine.hosted.BotStartException;
import org.intelmq.engine.hosted.RunningBot;
import org.intelmq.engine.nodes.Nodes;
import org.intelmq.engine.observe.Counters;
import org.intelmq.engine.observe.Serialised;
import org.intelmq.engine.wire.Wire;
import org.intelmq.jms.Parcel;
import org.intelmq.message.InvalidArgument;
import org.intelmq.message.Message;
import org.intelmq.message.MessageJson;
import org.intelmq.pipeline.Problem;
import org.intelmq.pipeline.TickQueues;

/** Administration of the bots an {@link Engine} runs. Thread-safe. */
public final class EngineControl implements BotControl {

    private final Engine engine;
    private final Runnable afterChange;
    private final Manner manner;
    private final Trials trials;

    /** How a bot is started, stopped and reloaded, and what goes before and after it. */
    private record Manner(Runnable before, Consumer<String> start, Consumer<String> stop, Consumer<String> reload,
                          Consumer<Collection<String>> started, Consumer<Collection<String>> stopped, Consumer<Collection<String>> reloaded) {

        static Manner everywhere(Engine engine) {
            Nodes nodes = engine.nodes();
            return new Manner(engine::catchUp, engine::start, engine::stop, engine::reload, nodes::started, nodes::stopped, nodes::reloaded);
        }

        static Manner here(Consumer<String> start, Consumer<String> stop, Consumer<String> reload) {
            return new Manner(() -> { }, start, stop, reload, bots -> { }, bots -> { }, bots -> { });
        }
    }

    public EngineControl(Engine engine) {
        this(engine, () -> { });
    }

    /** @param afterChange called when bots may have started or stopped */
    public EngineControl(Engine engine, Runnable afterChange) {
        this(engine, afterChange, Manner.everywhere(engine));
    }

    private EngineControl(Engine engine, Runnable afterChange, Manner manner) {
        this.engine = engine;
        this.afterChange = afterChange;
        this.manner = manner;
        this.trials = new Trials(engine);
    }

    @Override
    public EngineControl here() {
        return new EngineControl(engine, afterChange, Manner.here(engine::start, engine::stop, engine::reload));
    }

    @Override
    public EngineControl following() {
        return new EngineControl(engine, afterChange, Manner.here(engine.supervisor()::startToo, engine::stop, engine.supervisor()::reloadToo));
    }

    @Override
    public Map<String, BotState> status(Collection<String> bots) {
        return engine.status(bots);
    }

    @Override
    public Map<String, BotState> start(Collection<String> bots) {
        return change(bots, manner.start(), manner.started());
    }

    @Override
    public Map<String, BotState> stop(Collection<String> bots) {
        return change(bots, manner.stop(), manner.stopped());
    }

    @Override
    public Map<String, BotState> reload(Collection<String> bots) {
        return change(bots, manner.reload(), manner.reloaded());
    }

    /** A bot that cannot be started logs the reason and ends up stopped. */
    private Map<String, BotState> change(Collection<String> bots, Consumer<String> action, Consumer<Collection<String>> tellOthers) {
        manner.before().run();
        List<String> known = new ArrayList<>();
        for (String bot : bots) {
            if (engine.roster().runs(bot) || engine.lastReadable().bot(bot) != null) {
                known.add(bot);
                try {
                    action.accept(bot);
                } catch (BotStartException e) {
                    engine.supervisor().counters(bot).failed(engine.clock().instant(), e.getMessage());
                    engine.supervisor().refusals().add(bot, e.problems());
                }
            }
        }
        tellOthers.accept(known);
        afterChange.run();
        return status(bots);
    }

    @Override
    public List<NodeState> nodes() {
        return engine.nodes().states();
    }

    @Override
    public BotStatistics statistics(String bot) {
        BotState state = engine.status(bot);
        if (state == BotState.UNKNOWN) {
            return null;
        }
        Counters counters = engine.supervisor().counters(bot);
        RunningBot running = engine.roster().bot(bot);
        Counters.Failure failure = counters.lastFailure();
        String queue = (running == null ? engine.lastReadable().bot(bot) : running.configuration()).sourceQueue();
        return new BotStatistics(state, counters.succeeded(), counters.sent(), counters.failed(), counters.dumped(),
                engine.broker().length(queue), running == null ? 0 : running.instances().size(),
                running == null ? null : running.heldBehind(), running == null ? null : running.patience().reason(), failure == null ? null : failure.text(),
                failure == null ? null : failure.at(), counters.lastSuccess(), running == null ? null : counters.nextRun(),
                running == null ? 0 : running.patience().tries());
    }

    @Override
    public BotTimes times(String bot) {
        return engine.status(bot) == BotState.UNKNOWN ? null : engine.supervisor().counters(bot).times().read();
    }

    @Override
    public List<Problem> problems() {
        return engine.problems();
    }

    @Override
    public List<String> missing() {
        return engine.missing();
    }

    @Override
    public List<String> next(String bot, int limit, Duration atMost) throws InterruptedException {
        RunningBot running = engine.roster().bot(bot);
        return running == null ? List.of() : running.next(limit, atMost);
    }

    @Override
    public Map<String, Long> queues() {
        return Queues.lengths(engine.broker(), engine.lastReadable());
    }

    /** @throws InvalidArgument if the queue is one of the server's own */
    private String ofEvents(String queue) {
        if (TickQueues.isOne(queue, engine.lastReadable())) {
            throw new InvalidArgument("queue '" + queue + "' is used by the server itself: it tells a collector when to poll, and holds no events");
        }
        return queue;
    }

    @Override
    public long clear(String queue) {
        ofEvents(queue);
        return engine.broker().clear(queue);
    }

    @Override
    public List<String> peek(String queue, int limit) {
        Serialised waiting = new Serialised(limit);
        for (Parcel parcel : engine.broker().peek(ofEvents(queue), limit)) {
            for (Message message : Wire.read(parcel, engine.harmonization(), queue).messages()) {
                if (!waiting.add(message)) {
                    return waiting.texts();
                }
            }
        }
        return waiting.texts();
    }

    @Override
    public String pop(String queue) {
        return trials.pop(ofEvents(queue));
    }

    @Override
    public void send(String queue, String message) {
        ofEvents(queue);
        Message parsed = MessageJson.parse(message, engine.harmonization(), "Event");
        Wire.encode(Wire.kind(parsed), List.of(parsed), 0, 0)
                .forEach(parcel -> engine.broker().send(queue, parcel));
    }

    @Override
    public void send(String queue, String id, List<String> messages) {
        ofEvents(queue);
        List<Message> parsed = new ArrayList<>();
        for (String message : messages) {
            Message one = MessageJson.parse(message, engine.harmonization(), "Event");
            one.identify(id + "-" + parsed.size());
            parsed.add(one);
        }
        int part = 0;
        for (Parcel.Kind kind : List.of(Parcel.Kind.REPORT, Parcel.Kind.EVENTS)) {
            for (Parcel parcel : Wire.encode(kind, parsed.stream().filter(one -> Wire.kind(one) == kind).toList(), 0, 0)) {
                engine.broker().send(queue, parcel.withId(id + "-" + part++));
            }
        }
    }

    @Override
    public Trial process(String bot, String message, boolean dryRun, LogFile.Level level) {
        return trials.run(bot, message, dryRun, level);
    }
}
