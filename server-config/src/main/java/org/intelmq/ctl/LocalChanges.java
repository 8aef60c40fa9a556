package org.intelmq.ctl;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.IntSupplier;
import org.intelmq.administration.AuditLog;
import picocli.CommandLine.ExecutionException;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * Records in the audit log what a command itself changes in the installation's files, as the server does with requests. If the log cannot be
 * written, nothing is changed.
 */
final class LocalChanges {

    private static final Set<String> COMMANDS = Set.of("user", "token", "enable", "disable", "add", "upgrade-config");
    /** Its values may be keys and passwords. */
    private static final String SETTINGS = "--set";

    private final Session session;

    LocalChanges(Session session) {
        this.session = session;
    }

    /** @param work returns the exit code */
    int written(ParseResult parsed, IntSupplier work) {
        ParseResult command = parsed.subcommand();
        if (command == null || !changes(command)) {
            return work.getAsInt();
        }
        try {
            return written(summary(command), work);
        } catch (UncheckedIOException e) {
            throw new ExecutionException(command.commandSpec().commandLine(), e.getMessage(), new IOException(e.getMessage(), e));
        }
    }

    /**
     * The same for changes that are not those of a command.
     *
     * @throws UncheckedIOException if the log cannot be written
     */
    int written(String what, IntSupplier work) {
        AuditLog audit = AuditLog.of(session.installation(), Clock.systemUTC());
        audit.require();
        boolean done = false;
        try {
            int code = work.getAsInt();
            done = code == 0;
            return code;
        } finally {
            audit.add(System.getProperty("user.name"), "admin", "command line", what, done ? "done" : "failed");
        }
    }

    private static boolean changes(ParseResult command) {
        List<String> words = words(command);
        return COMMANDS.contains(command.commandSpec().name()) && !command.isUsageHelpRequested() && !words.contains("--dry-run")
                && !"list".equals(command.matchedPositionalValue(0, ""));
    }

    private static String summary(ParseResult command) {
        return command.commandSpec().name() + ' ' + String.join(" ", words(command));
    }

    private static List<String> words(ParseResult command) {
        List<String> words = new ArrayList<>();
        command.matchedPositionals().forEach(positional -> words.addAll(positional.stringValues()));
        for (OptionSpec option : command.matchedOptions()) {
            words.add(option.longestName());
            option.stringValues().stream().filter(value -> option.arity().max() > 0)
                    .forEach(value -> words.add(SETTINGS.equals(option.longestName()) ? value.replaceFirst("=.*", "=…") : value));
        }
        return words;
    }
}
