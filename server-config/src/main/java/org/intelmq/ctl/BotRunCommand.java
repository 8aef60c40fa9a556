package org.intelmq.ctl;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.intelmq.control.BotControl;
import org.intelmq.control.HandRun;
import org.intelmq.control.LogFile;
import org.intelmq.control.Trial;
import org.intelmq.engine.hosted.BotStartException;
import org.intelmq.engine.memory.MemoryEngine;
import org.intelmq.files.WholeFile;
import org.intelmq.pipeline.BotConfiguration;
import org.intelmq.services.ServerServices;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code intelmqctl run}: calls one bot by hand. */
@Command(name = "run", description = "Run a bot by hand: message get|pop|send [MESSAGE], or process.")
final class BotRunCommand implements Callable<Integer> {

    /** How a log tells that a bot needs what only the server has. */
    private static final String MISSING = NoClassDefFoundError.class.getName() + ": ";

    private static final List<String> KINDS = List.of("get", "pop", "send");

    private final Session session;
    private final Output output;

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "BOT", completionCandidates = ConfiguredBots.class)
    private String bot;

    @Parameters(index = "1", paramLabel = "ACTION", arity = "0..1", description = "message or process")
    private String action;

    @Parameters(index = "2..*", paramLabel = "ARGUMENT", arity = "0..*", description = "get, pop or send, and the message")
    private List<String> arguments = List.of();

    @Option(names = {"-l", "--loglevel"}, paramLabel = "LEVEL", description = "Lowest level of log lines to show; DEBUG shows each "
            + "message and look-up. Default: the bot's logging_level")
    private LogFile.Level level;

    @Option(names = {"-s", "--show-sent"}, description = "Show the messages that are sent.")
    private boolean showSent;

    @Option(names = {"-d", "--dryrun", "--dry"}, description = "Leave the message in its queue and send nothing.")
    private boolean dryRun;

    @Option(names = {"-m", "--msg"}, paramLabel = "MESSAGE", description = "JSON, or a file with it, to process instead.")
    private String message;

    BotRunCommand(Session session) {
        this.session = session;
        this.output = session.output();
    }

    @Override
    public Integer call() throws IOException {
        BotConfiguration configuration = session.configuration().bot(Choices.bot(session, spec, bot));
        if ("message".equals(action)) {
            String kind = arguments.isEmpty() ? "" : arguments.get(0);
            if (!KINDS.contains(kind)) {
                throw Choices.invalid(spec, "message_action_kind", kind, KINDS);
            }
            return message(configuration, kind, arguments.size() > 1 ? arguments.get(1) : null);
        }
        if (action != null && !action.equals("process")) {
            throw Choices.invalid(spec, "run-subcommand", action, List.of("message", "process"));
        }
        return process(configuration);
    }

    private int message(BotConfiguration configuration, String kind, String given) throws IOException {
        HandRun run = new HandRun(session.control(), configuration, output::raw);
        try {
            if (kind.equals("send")) {
                run.send(given == null ? null : file(given));
            } else if (output.isText()) {
                run.take(kind.equals("pop"));
            } else {
                takeForPrograms(run, kind.equals("pop"));
            }
            return 0;
        } catch (HandRun.UnusableMessageException e) {
            return refuse(e.getMessage());
        }
    }

    /** What is printed is JSON even if there is no message. */
    private void takeForPrograms(HandRun run, boolean remove) {
        String next = run.next(remove);
        if (next == null) {
            output.complain(run.nothing());
            output.result(null);
        } else {
            output.raw(next);
        }
    }

    private int process(BotConfiguration configuration) throws IOException {
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
                    : processHere(configuration, text);
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
    private Trial processHere(BotConfiguration configuration, String input) {
        if (input == null && !configuration.isCollector()) {
            throw new NoServerException("The server does not run, and its queues are needed for the next message of bot " + configuration.id()
                    + ". Give one with --msg, or start the server with 'intelmqctl start'.");
        }
        if (!dryRun && !configuration.destinations().isEmpty()) {
            throw new NoServerException("The server does not run, and its queues are needed to send what bot " + configuration.id()
                    + " makes. To see it, use --dryrun and --show-sent, or start the server with 'intelmqctl start'.");
        }
        try (ServerServices services = new ServerServices(session.installation(), queue -> 0)) {
            Trial trial = new MemoryEngine(session.installation(), session.environment(), session.catalogue(), services).control()
                    .process(configuration.id(), input, dryRun, level);
            if (trial.log().stream().anyMatch(line -> line.contains(MISSING))) {
                throw needsServer(configuration, null);
            }
            return trial;
        } catch (BotStartException | NoClassDefFoundError e) {
            if (Stream.<Throwable>iterate(e, each -> each != null, Throwable::getCause).anyMatch(each -> each instanceof NoClassDefFoundError)) {
                throw needsServer(configuration, e);
            }
            throw e;
        }
    }

    private static NoServerException needsServer(BotConfiguration bot, Throwable cause) {
        return new NoServerException("The server does not run, and bot " + bot.id() + " needs parts of it, such as its databases and mail. Start it with "
                + "'intelmqctl start' and try again.", cause);
    }

    /** JSON text, or the content of the file that is named instead. */
    private static String file(String given) throws IOException {
        try {
            Path file = Path.of(given);
            if (!given.stripLeading().startsWith("{") && Files.exists(file)) {
                return WholeFile.text(file);
            }
        } catch (InvalidPathException e) {
            // then it is not a file
        }
        return given;
    }

    private int refuse(String problem) {
        output.complain(problem);
        output.complain("The message may look like:\n    '{\"source.network\": \"192.0.2.0/24\", \"time.observation\": \"2024-05-17T10:20:30+00:00\"}'");
        return 1;
    }
}
