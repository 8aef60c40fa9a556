package org.intelmq.engine;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import org.intelmq.bot.FaultException;
import org.intelmq.bot.Outbox;
import org.intelmq.bot.Tick;
import org.intelmq.bot.UnknownPathException;
import org.intelmq.control.LogFile;
import org.intelmq.control.Trial;
import org.intelmq.engine.hosted.BotInstance;
import org.intelmq.engine.hosted.RunningBot;
import org.intelmq.engine.observe.BotLog;
import org.intelmq.engine.wire.Wire;
import org.intelmq.jms.Parcel;
import org.intelmq.message.Message;
import org.intelmq.message.MessageJson;
import org.intelmq.message.Report;

/** One call of a bot by hand: what it logs and sends is kept for the caller. */
final class TrialRun implements Outbox {

    private static final int MOST_MESSAGES = 10_000;
    private static final int MOST_LINES = 10_000;
    private static final long MOST_CHARACTERS = 32L << 20;

    private final RunningBot bot;
    private final Map<String, List<Message>> sent = new LinkedHashMap<>();
    private final List<Trial.Sent> shown = new ArrayList<>();
    private final List<Runnable> afterCommit = new ArrayList<>();
    private final List<Runnable> onUndo = new ArrayList<>();
    private long characters;

    /** Why the trial is given up, however the bot handles the exception. */
    private IllegalStateException tooMuch;

    TrialRun(RunningBot bot) {
        this.bot = bot;
    }

    /**
     * @param input {@code null} for a collector
     * @param level the least severe lines to keep; {@code null} for the bot's own level
     * @param commit sends the results of a stream onwards; {@code null} if they are only shown
     */
    Trial call(Message input, LogFile.Level level, Instant now, Runnable commit) throws InterruptedException {
        List<String> lines = new ArrayList<>();
        Handler capture = new LineCapture(bot.log(), lines);
        bot.log().show(capture, level);
        BotInstance instance = bot.instances().acquire();
        bot.debug(() -> input == null ? "Looks at its source." : "Received message " + MessageJson.serialize(input));
        try {
            instance.beginInput(input == null || input.id() == null ? UUID.randomUUID().toString() : input.id());
            if (bot.type().streams()) {
                new StreamTrial(this, commit, bot.log().logger()).listen(instance.stream());
            } else {
                instance.process(input == null ? new Tick(now) : bot.fit(input), this);
            }
            if (tooMuch != null) {
                throw tooMuch;
            }
            instance.flushState();
        } catch (Throwable thrown) {
            undo(instance);
            if (tooMuch != null) {
                throw tooMuch;
            }
            bot.problem(FaultException.of(thrown), "Bot has found a problem.");
        } finally {
            bot.instances().release(instance);
            bot.log().hide(capture);
        }
        return new Trial(List.copyOf(lines), List.copyOf(shown));
    }

    private void undo(BotInstance instance) {
        instance.rollBackState();
        while (!onUndo.isEmpty()) {
            onUndo.remove(onUndo.size() - 1).run();
        }
    }

    /** By queue, the parcels to be sent if the results are not only shown. */
    Map<String, List<Parcel>> outgoing() {
        Map<String, List<Parcel>> outgoing = new LinkedHashMap<>();
        sent.forEach((path, messages) -> {
            List<String> queues = bot.configuration().destinationQueues().get(path);
            List<List<Message>> shares = bot.runtime().loadBalance() ? bot.share(path, messages, queues.size())
                    : Collections.nCopies(queues.size(), messages);
            for (int i = 0; i < queues.size(); i++) {
                List<Parcel> parcels = outgoing.computeIfAbsent(queues.get(i), missing -> new ArrayList<>());
                shares.get(i).forEach(message -> parcels.addAll(Wire.encode(Wire.kind(message), List.of(message), 0, 0)));
            }
        });
        return outgoing;
    }

    void committed() {
        afterCommit.forEach(Runnable::run);
    }

    @Override
    public void send(String path, Message message) {
        if (!bot.routes(path)) {
            throw new UnknownPathException("path '" + path + "' is not one of "
                    + String.join(", ", bot.configuration().destinationQueues().keySet()));
        }
        if (bot.complete(message)) {
            Trial.Sent serialized = new Trial.Sent(path, MessageJson.serialize(message));
            characters += serialized.message().length();
            if (shown.size() >= MOST_MESSAGES || characters > MOST_CHARACTERS && !shown.isEmpty()) {
                tooMuch = new IllegalStateException("bot '" + bot.id() + "' makes more than " + shown.size()
                        + " messages of this one, too many to show: send it to the bot's queue instead");
                throw tooMuch;
            }
            bot.debug(() -> "Sends along path '" + path + "' to queues " + bot.configuration().destinationQueues().get(path) + " message "
                    + serialized.message());
            sent.computeIfAbsent(path, missing -> new ArrayList<>()).add(message.copy());
            shown.add(serialized);
        }
    }

    @Override
    public void sendIfRouted(String path, Message message) {
        if (bot.routes(path)) {
            send(path, message);
        }
    }

    @Override
    public void reject(Report part, Exception reason) {
        bot.problem(reason, "Failed to parse line.");
    }

    @Override
    public void afterCommit(Runnable action) {
        afterCommit.add(action);
    }

    @Override
    public void onUndo(Runnable action) {
        onUndo.add(action);
    }

    private static final class LineCapture extends Handler {

        private final BotLog log;
        private final List<String> lines;

        LineCapture(BotLog log, List<String> lines) {
            this.log = log;
            this.lines = lines;
        }

        @Override
        public void publish(LogRecord line) {
            if (isLoggable(line) && lines.size() < MOST_LINES) {
                lines.add(log.format(line).stripTrailing());
            }
        }

        @Override
        public void flush() { }

        @Override
        public void close() { }
    }
}
