package org.intelmq.control;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.intelmq.message.Json;
import org.intelmq.message.JsonException;
import org.intelmq.pipeline.BotConfiguration;

/** One bot called by hand, as IntelMQ's {@code run} does and in its words; messages are JSON. */
public final class HandRun {

    private final BotControl control;
    private final BotConfiguration bot;
    private final Consumer<String> lines;

    /** The message that was given cannot be used, or one is needed and none was given. */
    public static final class UnusableMessageException extends Exception {

        private static final long serialVersionUID = 1L;

        private UnusableMessageException(String message) {
            super(message);
        }
    }

    /** @param lines takes each line to be shown */
    public HandRun(BotControl control, BotConfiguration bot, Consumer<String> lines) {
        this.control = control;
        this.bot = bot;
        this.lines = lines;
    }

    /** Whether the bot is running and has to be stopped for this; says so. */
    public boolean isInTheWay() {
        boolean runs = control.status(List.of(bot.id())).get(bot.id()) == BotState.RUNNING;
        if (runs) {
            lines.accept("Main instance of the bot is running in the background and will be stopped; when finished, we try to relaunch it again. "
                    + "You may want to launch: 'intelmqctl stop " + bot.id() + "' to prevent this message.");
        }
        return runs;
    }

    /** Shows the next message in the bot's queue. With {@code remove}, it is taken out of the queue. */
    public void take(boolean remove) {
        String message = next(remove);
        lines.accept(message == null ? nothing() : message);
    }

    /** The same as JSON; {@code null} if there is {@link #nothing}. */
    public String next(boolean remove) {
        if (bot.isCollector()) {
            return null;
        }
        String message = remove ? control.pop(bot.sourceQueue()) : control.peek(bot.sourceQueue(), 1).stream().findFirst().orElse(null);
        return message == null ? null : Json.pretty(sorted(message));
    }

    /** Why there is no next message. */
    public String nothing() {
        return bot.isCollector() ? "Collector bots have no input queue." : "The queue " + bot.sourceQueue() + " is empty.";
    }

    /** @param message {@code null} if none is given */
    public void send(String message) throws UnusableMessageException {
        if ("Output".equals(bot.group())) {
            lines.accept("Output bots can't send message.");
            return;
        }
        List<String> queues = bot.destinationQueues().getOrDefault("_default", List.of());
        if (queues.isEmpty()) {
            lines.accept("Bot has no destination queues.");
            return;
        }
        if (message == null) {
            throw new UnusableMessageException("Message missing!");
        }
        String event = typed(message, "Event");
        if (bot.balancesLoad()) {
            control.send(queues.get(ThreadLocalRandom.current().nextInt(queues.size())), event);
        } else {
            queues.forEach(queue -> control.send(queue, event));
        }
        lines.accept("Message sent to output pipelines.");
    }

    /** Makes a message for the bot; if it has no {@code __type}, it gets the one that the bot takes. */
    public String input(String message) throws UnusableMessageException {
        return typed(message, "Parser".equals(bot.group()) ? "Report" : "Event");
    }

    private static String typed(String message, String type) throws UnusableMessageException {
        try {
            if (!(Json.parse(message) instanceof Map<?, ?> map)) {
                throw new UnusableMessageException("Message can not be parsed from JSON: expected an object");
            }
            Map<String, Object> fields = new LinkedHashMap<>();
            map.forEach((name, value) -> fields.put(name.toString(), value));
            fields.putIfAbsent("__type", type);
            return Json.write(fields);
        } catch (JsonException e) {
            throw new UnusableMessageException("Message can not be parsed from JSON: " + e.getMessage());
        }
    }

    /**
     * Shows what the bot has done.
     *
     * @param given whether the message was given by hand
     * @param dry whether this was a dry run, in which nothing is really sent
     * @param show whether to show what it sent
     */
    public void tell(Trial trial, boolean given, boolean dry, boolean show) {
        if (given) {
            lines.accept(" * Message from cli will be used when processing.");
        }
        if (dry) {
            lines.accept(" * Dryrun only, no message will be really sent through.");
        }
        lines.accept("Processing...");
        trial.log().forEach(lines);
        for (Trial.Sent sent : trial.sent()) {
            if (show) {
                lines.accept(Json.pretty(List.of(sorted(sent.message()))));
            }
            if (dry) {
                lines.accept("DRYRUN: Message would be sent now to '" + sent.path() + "'!");
            }
        }
        if (dry && !bot.isCollector()) {
            lines.accept("DRYRUN: Message would be acknowledged now!");
        }
    }

    private static Map<String, Object> sorted(String message) {
        Map<String, Object> sorted = new TreeMap<>();
        ((Map<?, ?>) Json.parse(message)).forEach((name, value) -> sorted.put(name.toString(), value));
        sorted.remove("__type");
        return sorted;
    }
}
