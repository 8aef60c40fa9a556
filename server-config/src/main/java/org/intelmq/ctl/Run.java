package org.intelmq.ctl;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.intelmq.control.BotControl;
import org.intelmq.control.BotState;
import org.intelmq.control.LogFile;
import org.intelmq.control.Trial;
import org.intelmq.engine.hosted.BotStartException;
import org.intelmq.engine.memory.MemoryEngine;
import org.intelmq.message.Json;
import org.intelmq.message.JsonException;
import org.intelmq.pipeline.BotConfiguration;
import org.intelmq.services.ServerServices;

/** Calls one bot by hand; each method returns the exit code. */
final class Run {

    /** How a log tells that a bot needs what only the server has. */
    private static final String MISSING = NoClassDefFoundError.class.getName() + ": ";

    private final Session session;
    private final Output output;

    Run(Session session) {
        this.session = session;
        this.output = session.output();
    }

    /** {@code get}, {@code pop} or {@code send}. */
    int message(String bot, String action, String message) throws IOException {
        BotConfiguration configuration = session.configuration().bot(bot);
        return action.equals("send") ? send(configuration, message) : take(configuration, action.equals("pop"));
    }

    private int send(BotConfiguration bot, String message) throws IOException {
        if ("Output".equals(bot.group())) {
            output.raw("Output bots can't send message.");
            return 0;
        }
        List<String> queues = bot.destinationQueues().getOrDefault("_default", List.of());
        if (queues.isEmpty()) {
            output.raw("Bot has no destination queues.");
            return 0;
        }
        if (message == null) {
            return refuse("Message missing!");
        }
        String text = typed(message, "Event");
        if (text == null) {
            return 1;
        }
        for (String queue : queues) {
            session.control().send(queue, text);
        }
        output.raw("Message sent to output pipelines.");
        return 0;
    }

    private int take(BotConfiguration bot, boolean remove) {
        if (bot.isCollector()) {
            output.raw("Collector bots have no input queue.");
            return 0;
        }
        BotControl control = session.control();
        String message = remove ? control.pop(bot.sourceQueue()) : control.peek(bot.sourceQueue(), 1).stream().findFirst().orElse(null);
        output.raw(message == null ? "The queue " + bot.sourceQueue() + " is empty." : pretty(message));
        return 0;
    }

    /** @param level the least severe lines to show; {@code null} for the bot's {@code logging_level} */
    int process(String bot, String message, boolean dryRun, boolean showSent, LogFile.Level level) throws IOException {
        BotConfiguration configuration = session.configuration().bot(bot);
        String text = message == null ? null : typed(message, "Parser".equals(configuration.group()) ? "Report" : "Event");
        if (message != null && text == null) {
            return 1;
        }
        BotControl control = session.control();
        boolean running = control.status(List.of(bot)).get(bot) == BotState.RUNNING;
        if (running) {
            output.raw("Main instance of the bot is running in the background and will be stopped; when finished, we try to relaunch it again. "
                    + "You may want to launch: 'intelmqctl stop " + bot + "' to prevent this message.");
            control.stop(List.of(bot));
        }
        try {
            output.say("Starting " + bot + "...");
            Trial trial = session.hasServer() ? control.process(bot, text, dryRun, level)
                    : processHere(configuration, text, dryRun, level);
            tell(trial, text != null, dryRun, showSent);
        } finally {
            if (running) {
                control.start(List.of(bot));
            }
        }
        return 0;
    }

    /** Without a server there are no queues: messages must be given, and may go nowhere. */
    private Trial processHere(BotConfiguration bot, String message, boolean dryRun, LogFile.Level level) {
        if (message == null && !bot.isCollector()) {
            throw new NoServerException("The server does not run, and its queues are needed for the next message of bot " + bot.id()
                    + ". Give one with --msg, or start the server with 'intelmqctl start'.");
        }
        if (!dryRun && !bot.destinations().isEmpty()) {
            throw new NoServerException("The server does not run, and its queues are needed to send what bot " + bot.id()
                    + " makes. See it with --dryrun and --show-sent, or start the server with 'intelmqctl start'.");
        }
        try (ServerServices services = new ServerServices(session.installation(), queue -> 0)) {
            Trial trial = new MemoryEngine(session.installation(), session.environment(), session.catalogue(), services).control()
                    .process(bot.id(), message, dryRun, level);
            if (trial.log().stream().anyMatch(line -> line.contains(MISSING))) {
                throw needsServer(bot, null);
            }
            return trial;
        } catch (BotStartException | NoClassDefFoundError e) {
            if (Stream.<Throwable>iterate(e, each -> each != null, Throwable::getCause).anyMatch(each -> each instanceof NoClassDefFoundError)) {
                throw needsServer(bot, e);
            }
            throw e;
        }
    }

    private static NoServerException needsServer(BotConfiguration bot, Throwable cause) {
        return new NoServerException("The server does not run, and bot " + bot.id() + " works with parts of it, such as its databases and mail. Start it with "
                + "'intelmqctl start' and try again.", cause);
    }

    private void tell(Trial trial, boolean given, boolean dryRun, boolean showSent) {
        if (given) {
            output.raw(" * Message from cli will be used when processing.");
        }
        if (dryRun) {
            output.raw(" * Dryrun only, no message will be really sent through.");
        }
        output.raw("Processing...");
        trial.log().forEach(output::raw);
        for (Trial.Sent sent : trial.sent()) {
            if (showSent) {
                output.raw(pretty(sent.message()));
            }
            if (dryRun) {
                output.raw("DRYRUN: Message would be sent now to '" + sent.path() + "'!");
            }
        }
        if (showSent && trial.sent().isEmpty()) {
            output.raw("No message generated");
        }
        if (dryRun) {
            output.raw("DRYRUN: Message would be acknowledged now!");
        }
    }

    /** JSON text, or the name of a file that holds it; with a type. {@code null} after complaining. */
    private String typed(String given, String type) throws IOException {
        String text = given;
        try {
            Path file = Path.of(given);
            if (!given.stripLeading().startsWith("{") && Files.exists(file)) {
                text = Files.readString(file);
            }
        } catch (InvalidPathException e) {
            // then it is no file
        }
        try {
            if (!(Json.parse(text) instanceof Map<?, ?> map)) {
                refuse("Message can not be parsed from JSON: expected an object");
                return null;
            }
            Map<String, Object> fields = new LinkedHashMap<>();
            map.forEach((name, value) -> fields.put(name.toString(), value));
            fields.putIfAbsent("__type", type);
            return Json.write(fields);
        } catch (JsonException e) {
            refuse("Message can not be parsed from JSON: " + e.getMessage());
            return null;
        }
    }

    private int refuse(String problem) {
        output.complain(problem);
        output.complain("The message may look like:\n    '{\"source.network\": \"192.0.2.0/24\", \"time.observation\": \"2024-05-17T10:20:30+00:00\"}'");
        return 1;
    }

    private static String pretty(String message) {
        Map<String, Object> sorted = new TreeMap<>();
        ((Map<?, ?>) Json.parse(message)).forEach((name, value) -> sorted.put(name.toString(), value));
        sorted.remove("__type");
        return Json.pretty(sorted);
    }
}
