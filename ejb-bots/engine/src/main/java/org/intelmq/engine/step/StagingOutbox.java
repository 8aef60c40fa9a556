package org.intelmq.engine.step;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.intelmq.bot.BotGroup;
import org.intelmq.bot.Outbox;
import org.intelmq.bot.ReportData;
import org.intelmq.bot.ReportSize;
import org.intelmq.bot.UnknownPathException;
import org.intelmq.engine.hosted.RunningBot;
import org.intelmq.engine.transaction.Transaction;
import org.intelmq.engine.wire.Readability;
import org.intelmq.engine.wire.Wire;
import org.intelmq.message.Message;
import org.intelmq.message.Report;

/**
 * Collects what a bot sends, input by input, until it may be passed on. Results get their identity here: their input's identity and a number,
 * so that the same input always yields the same identities.
 */
public final class StagingOutbox implements Outbox {

    /** More are passed on at once even if they are few messages, because the next bots may keep them all in memory. */
    private static final long MOST_CHARACTERS = 4 << 20;

    /** A part of a report that could not be understood. */
    record Rejection(Report part, Exception reason) { }

    private final RunningBot bot;
    private final Transaction transaction;
    private final Downstream downstream;
    private final boolean streams;
    private final List<String> paths = new ArrayList<>();
    private List<Message> messages = new ArrayList<>();
    private final List<Rejection> rejections = new ArrayList<>(0);
    /** By identity; empty unless a batch is under way. */
    private final Map<String, BatchInput> batch = new HashMap<>();
    private Object input;
    private String inputId;
    private int acceptedBefore;
    private int results;
    private long stagedCharacters;

    private static final class BatchInput {

        private final Message message;
        private int results;

        BatchInput(Message message) {
            this.message = message;
        }
    }

    /** @param downstream takes the many results of collectors and parsers, which cannot all be kept until the step ends */
    public StagingOutbox(RunningBot bot, Transaction transaction, Downstream downstream) {
        this.bot = bot;
        this.transaction = transaction;
        this.downstream = downstream;
        this.streams = bot.type().group() == BotGroup.COLLECTOR || bot.type().group() == BotGroup.PARSER;
    }

    public void begin(Object nextInput, String nextInputId) {
        input = nextInput;
        inputId = nextInputId;
        acceptedBefore = messages.size();
        results = 0;
        batch.clear();
    }

    /** Begins a batch of inputs, whose results are told apart by the inputs' identities. */
    void beginBatch(List<Message> inputs) {
        begin(null, null);
        inputs.forEach(each -> batch.put(each.id(), new BatchInput(each)));
    }

    /** Drops what the current input has sent and what has not yet gone downstream. */
    public void undo() {
        paths.subList(acceptedBefore, paths.size()).clear();
        messages.subList(acceptedBefore, messages.size()).clear();
        rejections.clear();
    }

    public List<Rejection> takeRejections() {
        if (rejections.isEmpty()) {
            return List.of();
        }
        List<Rejection> taken = List.copyOf(rejections);
        rejections.clear();
        return taken;
    }

    /** The number of results of this input so far. */
    int results() {
        return results;
    }

    /** Moves everything that is staged into the list, path by path. */
    public void takeInto(List<Result> results) {
        if (messages.isEmpty()) {
            return;
        }
        if (isOnePath()) {
            results.add(new Result.Onward(paths.get(0), messages));
            messages = new ArrayList<>(0);
        } else {
            Map<String, List<Message>> byPath = new LinkedHashMap<>();
            for (int i = 0; i < messages.size(); i++) {
                byPath.computeIfAbsent(paths.get(i), missing -> new ArrayList<>()).add(messages.get(i));
            }
            byPath.forEach((path, some) -> results.add(new Result.Onward(path, some)));
            messages.clear();
        }
        paths.clear();
        acceptedBefore = 0;
        stagedCharacters = 0;
    }

    private boolean isOnePath() {
        String first = paths.get(0);
        for (int i = 1; i < paths.size(); i++) {
            if (!first.equals(paths.get(i))) {
                return false;
            }
        }
        return true;
    }

    private List<Result> staged() {
        List<Result> results = new ArrayList<>(1);
        takeInto(results);
        return results;
    }

    @Override
    public void send(String path, Message message) {
        requireRoute(path);
        stage(path, message);
    }

    @Override
    public void send(Report report, ReportData data) throws IOException {
        if (data.size() <= ReportSize.MOST) {
            Outbox.super.send(report, data);
            return;
        }
        requireRoute(DEFAULT_PATH);
        bot.completeWithoutData(report);
        if (report.id() == null) {
            report.identify(inputId + "-" + results);
        }
        downstream.take(staged());
        downstream.take(report, data);
        results++;
    }

    private void requireRoute(String path) {
        if (!bot.routes(path)) {
            throw new UnknownPathException("bot '" + bot.id() + "' sends to path '" + path
                    + "', but its destination_queues name only " + String.join(", ", bot.configuration().destinationQueues().keySet()));
        }
    }

    @Override
    public void sendIfRouted(String path, Message message) {
        if (bot.routes(path)) {
            stage(path, message);
        }
    }

    private void stage(String path, Message sent) {
        if (!bot.complete(sent)) {
            return;
        }
        stagedCharacters += Readability.check(sent);
        Message message = isStaged(sent) ? sent.copy() : sent;
        if (inputId == null) {
            identifyInBatch(message);
        } else if (message != input) {
            String given = bot.type().group() == BotGroup.COLLECTOR ? message.id() : null;
            message.identify(given != null ? given : inputId + "-" + results);
        }
        results++;
        paths.add(path);
        messages.add(message);
        if (streams && (messages.size() >= Wire.MOST_EVENTS || stagedCharacters >= MOST_CHARACTERS)) {
            downstream.take(staged());
        }
    }

    /** Gives the message the identity that it would have if its input had come alone, in this batch or any other. */
    private void identifyInBatch(Message message) {
        BatchInput origin = message.id() == null ? null : batch.get(message.id());
        if (origin == null) {
            throw new IllegalStateException("a bot that works on a batch may send only its inputs or copies of them; it must create other messages "
                    + "one input at a time");
        }
        if (message != origin.message) {
            message.identify(message.id() + "-" + origin.results);
        }
        origin.results++;
    }

    /** Whether this very object has already been sent for this input. A message with two destinations must not be shared. */
    private boolean isStaged(Message message) {
        if (results == 0 || streams) {
            return false;
        }
        for (int i = acceptedBefore; i < messages.size(); i++) {
            if (messages.get(i) == message) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void reject(Report part, Exception reason) {
        rejections.add(new Rejection(part, reason));
    }

    @Override
    public void afterCommit(Runnable action) {
        transaction.afterCommit(action);
    }

    @Override
    public void onUndo(Runnable action) {
        transaction.onUndo(action);
    }
}
