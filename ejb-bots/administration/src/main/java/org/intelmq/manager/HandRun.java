package org.intelmq.manager;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.intelmq.administration.Refusal;
import org.intelmq.administration.queues.SendMessages;
import org.intelmq.control.BotControl;
import org.intelmq.control.BotState;
import org.intelmq.control.Trial;
import org.intelmq.message.Json;
import org.intelmq.message.JsonException;
import org.intelmq.pipeline.BotConfiguration;

/** Calls one bot by hand and answers with what the command line would show. */
final class HandRun {

    private static final Pattern FAILED = Pattern.compile(".* - (?:ERROR|CRITICAL) - .*", Pattern.DOTALL);

    private final BotControl control;
    private final BotConfiguration bot;
    private final Path messages;
    private final List<String> lines = new ArrayList<>();
    private List<String> command = List.of();

    /** @param messages the folder below which a message may be a file */
    HandRun(BotControl control, BotConfiguration bot, Path messages) {
        this.control = control;
        this.bot = bot;
        this.messages = messages;
    }

    /**
     * @param action  {@code get}, {@code pop}, {@code send} or {@code process}
     * @param message empty if there is none
     */
    String run(String action, String message, boolean show, boolean dry) {
        command = command(bot.id(), action, message, show, dry);
        boolean stopped = action.equals("process") && control.status(List.of(bot.id())).get(bot.id()) == BotState.RUNNING;
        if (stopped) {
            lines.add("Main instance of the bot is running in the background and will be stopped; when finished, we try to relaunch it again. "
                    + "You may want to launch: 'intelmqctl stop " + bot.id() + "' to prevent this message.");
            lines.add("Stopping bot " + bot.id() + "...");
            lines.add("Bot " + bot.id() + " is stopped.");
        }
        lines.add("Starting " + bot.id() + "...");
        switch (action) {
            case "send" -> send(message);
            case "process" -> process(message, show, dry, stopped);
            default -> take(action.equals("pop"));
        }
        return String.join("\n", lines) + "\n";
    }

    static List<String> command(String bot, String action, String message, boolean show, boolean dry) {
        List<String> command = new ArrayList<>(List.of("run", bot));
        if (!action.equals("process")) {
            command.addAll(List.of("message", action));
        } else {
            command.add("process");
            if (show) {
                command.add("--show-sent");
            }
            if (dry) {
                command.add("--dry");
            }
            command.add("--msg");
        }
        if (action.equals("send") || action.equals("process")) {
            command.add(message);
        }
        return command;
    }

    private void take(boolean remove) {
        if (bot.isCollector()) {
            lines.add("Collector bots have no input queue.");
            return;
        }
        if (!remove) {
            lines.add("Waiting for a message to get...");
        }
        String message = remove ? control.pop(bot.sourceQueue()) : control.peek(bot.sourceQueue(), 1).stream().findFirst().orElse(null);
        lines.add(message == null ? "The queue " + bot.sourceQueue() + " is empty." : Json.pretty(sorted(message)));
    }

    private void send(String message) {
        if ("Output".equals(bot.group())) {
            lines.add("Output bots can't send message.");
            return;
        }
        List<String> queues = bot.destinationQueues().getOrDefault("_default", List.of());
        if (queues.isEmpty()) {
            lines.add("Bot has no destination queues.");
            return;
        }
        if (message.isEmpty()) {
            throw refused("Message missing!");
        }
        String text = typed(message, "Event");
        understood(() -> queues.forEach(queue -> control.send(queue, text)));
        lines.add("Message sent to output pipelines.");
    }

    private void process(String message, boolean show, boolean dry, boolean stopped) {
        String text = message.isEmpty() ? null : typed(message, "Parser".equals(bot.group()) ? "Report" : "Event");
        Trial[] trial = new Trial[1];
        understood(() -> trial[0] = control.process(bot.id(), text, dry, null));
        List<String> failures = trial[0].log().stream().filter(line -> FAILED.matcher(line).matches()).toList();
        if (!failures.isEmpty()) {
            throw refused(String.join("\n", failures));
        }
        if (stopped) {
            lines.add("Starting " + bot.id() + "...");
            lines.add("Bot " + bot.id() + " is " + control.status(List.of(bot.id())).get(bot.id()).word() + ".");
        }
        tell(trial[0], text != null, show, dry);
    }

    private void tell(Trial trial, boolean given, boolean show, boolean dry) {
        if (given) {
            lines.add(" * Message from cli will be used when processing.");
        }
        if (dry) {
            lines.add(" * Dryrun only, no message will be really sent through.");
        }
        lines.add("Processing...");
        lines.addAll(trial.log());
        for (Trial.Sent sent : trial.sent()) {
            if (show) {
                lines.add(Json.pretty(List.of(sorted(sent.message()))));
            }
            if (dry) {
                lines.add("DRYRUN: Message would be sent now to '" + sent.path() + "'!");
            }
        }
        if (dry && !bot.isCollector()) {
            lines.add("DRYRUN: Message would be acknowledged now!");
        }
    }

    private void understood(Runnable work) {
        try {
            work.run();
        } catch (Refusal e) {
            throw refused(e.code().equals(SendMessages.NO_MESSAGE) ? "Message can not be parsed from JSON: " + e.getMessage() : e.getMessage());
        }
    }

    /** JSON text, or the name of a file with it in the bots' folder; with a type. */
    private String typed(String given, String type) {
        try {
            if (!(Json.parse(file(given)) instanceof Map<?, ?> map)) {
                throw refused("Message can not be parsed from JSON: expected an object");
            }
            Map<String, Object> fields = new LinkedHashMap<>();
            map.forEach((name, value) -> fields.put(name.toString(), value));
            fields.putIfAbsent("__type", type);
            return Json.write(fields);
        } catch (JsonException e) {
            throw refused("Message can not be parsed from JSON: " + e.getMessage());
        }
    }

    private String file(String given) {
        if (!given.startsWith("/")) {
            return given;
        }
        try {
            Path file = Path.of(given).toRealPath();
            return file.startsWith(messages.toRealPath()) ? Files.readString(file, StandardCharsets.UTF_8) : given;
        } catch (IOException | InvalidPathException e) {
            // then it is no file
            return given;
        }
    }

    private CommandFailure refused(String problem) {
        return new CommandFailure(command, bot.id() + ": " + problem + "\n");
    }

    private static Map<String, Object> sorted(String message) {
        Map<String, Object> sorted = new TreeMap<>();
        ((Map<?, ?>) Json.parse(message)).forEach((name, value) -> sorted.put(name.toString(), value));
        sorted.remove("__type");
        return sorted;
    }
}
