package org.intelmq.manager;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.intelmq.administration.Refusal;
import org.intelmq.administration.queues.SendMessages;
import org.intelmq.control.BotControl;
import org.intelmq.control.HandRun;
import org.intelmq.control.Trial;
import org.intelmq.files.WholeFile;
import org.intelmq.pipeline.BotConfiguration;

/** {@code run}: calls one bot by hand and answers with what the command line would show. */
final class ManagerRun {

    private static final Pattern FAILED = Pattern.compile(".* - (?:ERROR|CRITICAL) - .*", Pattern.DOTALL);

    private final BotControl control;
    private final HandRun bot;
    private final String id;
    private final boolean isCollector;
    private final Path messages;
    private final List<String> lines = new ArrayList<>();
    private List<String> command = List.of();

    /** @param messages the folder below which a message may be a file */
    ManagerRun(BotControl control, BotConfiguration bot, Path messages) {
        this.control = control;
        this.bot = new HandRun(control, bot, lines::add);
        this.id = bot.id();
        this.isCollector = bot.isCollector();
        this.messages = messages;
    }

    /**
     * @param action  {@code get}, {@code pop}, {@code send} or {@code process}
     * @param message empty if there is none
     */
    String run(String action, String message, boolean show, boolean dry) {
        command = command(id, action, message, show, dry);
        boolean stopped = action.equals("process") && bot.isInTheWay();
        if (stopped) {
            lines.add("Stopping bot " + id + "...");
            lines.add("Bot " + id + " is stopped.");
        }
        lines.add("Starting " + id + "...");
        try {
            switch (action) {
                case "send" -> bot.send(message.isEmpty() ? null : file(message));
                case "process" -> process(message, show, dry, stopped);
                case "pop" -> bot.take(true);
                default -> {
                    if (!isCollector) {
                        lines.add("Waiting for a message to get...");
                    }
                    bot.take(false);
                }
            }
        } catch (HandRun.UnusableMessageException e) {
            throw refused(e.getMessage());
        } catch (Refusal e) {
            throw refused(e.code().equals(SendMessages.NO_MESSAGE) ? "Message can not be parsed from JSON: " + e.getMessage() : e.getMessage());
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

    private void process(String message, boolean show, boolean dry, boolean stopped) throws HandRun.UnusableMessageException {
        String text = message.isEmpty() ? null : bot.input(file(message));
        Trial trial = control.process(id, text, dry, null);
        List<String> failures = trial.log().stream().filter(line -> FAILED.matcher(line).matches()).toList();
        if (!failures.isEmpty()) {
            throw refused(String.join("\n", failures));
        }
        if (stopped) {
            lines.add("Starting " + id + "...");
            lines.add("Bot " + id + " is " + control.status(List.of(id)).get(id).word() + ".");
        }
        bot.tell(trial, text != null, dry, show);
    }

    /** JSON text, or what a file of the bots' folder holds that is named instead. */
    private String file(String given) {
        if (!given.startsWith("/")) {
            return given;
        }
        try {
            Path file = Path.of(given).toRealPath();
            return file.startsWith(messages.toRealPath()) ? WholeFile.text(file) : given;
        } catch (IOException | InvalidPathException e) {
            // then it is not a file
            return given;
        }
    }

    private CommandFailure refused(String problem) {
        return new CommandFailure(command, id + ": " + problem + "\n");
    }
}
