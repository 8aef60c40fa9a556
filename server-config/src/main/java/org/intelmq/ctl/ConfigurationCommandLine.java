package org.intelmq.ctl;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The commands {@code plan}, {@code apply}, {@code history} and {@code rollback}. */
final class ConfigurationCommandLine {

    private static final List<String> NAMES = List.of("apply", "history", "plan", "rollback");

    private ConfigurationCommandLine() { }

    static boolean areIn(Set<String> arguments) {
        return !Collections.disjoint(NAMES, arguments);
    }

    /** Adds those that are wanted. */
    static void add(CommandLine line, Predicate<String> wanted, Session session) {
        NAMES.stream().filter(wanted).forEach(name -> line.addSubcommand(name, switch (name) {
            case "plan" -> new PlanCommand(session);
            case "apply" -> new ApplyCommand(session);
            case "history" -> new HistoryCommand(session);
            default -> new RollbackCommand(session);
        }));
    }

    private abstract static class Base implements Callable<Integer> {

        @Spec
        private CommandSpec spec;

        private final Session session;

        Base(Session session) {
            this.session = session;
        }

        ConfigurationCommands commands() {
            return new ConfigurationCommands(session.output(), session.server().rest().orElseThrow(() -> new NoServerException(
                    "The server does not run: start it with 'intelmqctl start', or edit etc/runtime.yaml.")));
        }

        /** Either the file or the draft. */
        Path chosen(Path file, boolean draft) {
            if ((file == null) == !draft) {
                throw new ParameterException(spec.commandLine(), "give a FILE, or --draft");
            }
            return file;
        }
    }

    @Command(description = "Show what applying a complete runtime.yaml, or your draft, would do. Nothing is changed.")
    private static final class PlanCommand extends Base {

        @Parameters(index = "0", arity = "0..1", paramLabel = "FILE", description = "A whole runtime.yaml.")
        private Path file;

        @Option(names = "--draft", description = "Use your draft instead of a file.")
        private boolean draft;

        @Option(names = "--drop", description = "Discard your draft.")
        private boolean drop;

        PlanCommand(Session session) {
            super(session);
        }

        @Override
        public Integer call() throws Exception {
            return drop ? commands().drop() : commands().plan(chosen(file, draft));
        }
    }

    @Command(description = "Apply a complete runtime.yaml, or your draft: all of it or nothing.")
    private static final class ApplyCommand extends Base {

        @Parameters(index = "0", arity = "0..1", paramLabel = "FILE", description = "A whole runtime.yaml.")
        private Path file;

        @Option(names = "--draft", description = "Use your draft instead of a file.")
        private boolean draft;

        @Option(names = "--reason", paramLabel = "TEXT", description = "For the history.")
        private String reason;

        @Option(names = "--queue", paramLabel = "QUEUE=CHOICE", description = "What to do with the queue of a removed bot: drain, discard or "
                + "move:QUEUE.")
        private Map<String, String> queues = Map.of();

        @Option(names = "--resolve", paramLabel = "PLACE=WHOSE", description = "Decide a conflict: mine or theirs.")
        private Map<String, String> resolve = Map.of();

        @Option(names = "--drain-seconds", paramLabel = "SECONDS", description = "How long a queue may take to empty, up to 240. Default: 60")
        private Integer drainSeconds;

        ApplyCommand(Session session) {
            super(session);
        }

        @Override
        public Integer call() throws Exception {
            return commands().apply(chosen(file, draft), reason, queues, resolve, drainSeconds);
        }
    }

    @Command(description = "Show who changed the configuration, when and why; or what one revision changed.")
    private static final class HistoryCommand extends Base {

        @Parameters(index = "0", arity = "0..1", paramLabel = "REVISION")
        private Long revision;

        @Option(names = "--against", paramLabel = "REVISION", description = "Compare with this revision. Default: the one before")
        private Long against;

        @Option(names = "--limit", paramLabel = "COUNT", defaultValue = "20", description = "Number of revisions, newest first. Default: 20")
        private int limit;

        HistoryCommand(Session session) {
            super(session);
        }

        @Override
        public Integer call() {
            return revision == null ? commands().history(limit) : commands().revision(revision, against);
        }
    }

    @Command(description = "Apply an old revision again.")
    private static final class RollbackCommand extends Base {

        @Parameters(index = "0", paramLabel = "REVISION", description = "The revision's number in 'intelmqctl history'.")
        private long revision;

        @Option(names = "--reason", paramLabel = "TEXT", description = "For the history.")
        private String reason;

        @Option(names = "--queue", paramLabel = "QUEUE=CHOICE", description = "What to do with the queue of a removed bot: drain, discard or "
                + "move:QUEUE.")
        private Map<String, String> queues = Map.of();

        @Option(names = "--drain-seconds", paramLabel = "SECONDS", description = "How long a queue may take to empty, up to 240. Default: 60")
        private Integer drainSeconds;

        RollbackCommand(Session session) {
            super(session);
        }

        @Override
        public Integer call() throws Exception {
            return commands().rollBack(revision, reason, queues, drainSeconds);
        }
    }
}
