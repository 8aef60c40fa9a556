package org.intelmq.ctl;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.intelmq.control.BotControl;
import org.intelmq.control.HandRun;
import org.intelmq.control.LogFile;
import org.intelmq.control.Trial;
import org.intelmq.engine.hosted.BotStartException;
import org.intelmq.engine.memory.MemoryEngine;
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
        HandRun run = new HandRun(session.control(), session.configuration().bot(bot), output::raw);
        try {
            if (action.equals("send")) {
                run.send(message == null ? null : file(message));
            } else {
                run.take(action.equals("pop"));
            }
            return 0;
        } catch (HandRun.UnusableMessageException e) {
            return refuse(e.getMessage());
        }
    }

    /** @param level the least severe lines to show; {@code null} for the bot's {@code logging_level} */
    int process(String bot, String message, boolean dryRun, boolean showSent, LogFile.Level level) throws IOException {
        BotConfiguration configuration = session.configuration().bot(bot);
        BotControl control = session.control();
        HandRun run = new HandRun(control, configuration, output::raw);
        String text;
        try {
            text = message == null ? null : run.input(file(message));
        } catch (HandRun.UnusableMessageException e) {
            return refuse(e.getMessage());
        }
        boolean running = run.isInTheWay();
        if (running) {
            control.stop(List.of(bot));
        }
        try {
            output.say("Starting " + bot + "...");
            Trial trial = session.hasServer() ? control.process(bot, text, dryRun, level)
                    : processHere(configuration, text, dryRun, level);
            run.tell(trial, text != null, dryRun, showSent);
            if (showSent && trial.sent().isEmpty()) {
                output.raw("No message generated");
            }
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

    /** JSON text, or what a file holds that is named instead. */
    private static String file(String given) throws IOException {
        try {
            Path file = Path.of(given);
            if (!given.stripLeading().startsWith("{") && Files.exists(file)) {
                return Files.readString(file);
            }
        } catch (InvalidPathException e) {
            // then it is no file
        }
        return given;
    }

    private int refuse(String problem) {
        output.complain(problem);
        output.complain("The message may look like:\n    '{\"source.network\": \"192.0.2.0/24\", \"time.observation\": \"2024-05-17T10:20:30+00:00\"}'");
        return 1;
    }
}
