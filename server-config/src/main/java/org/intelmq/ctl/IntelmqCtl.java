package org.intelmq.ctl;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.lang.reflect.Method;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.intelmq.bot.ConfigurationException;
import org.intelmq.bot.UnavailableException;
import org.intelmq.control.BotControl;
import org.intelmq.control.LogFile;
import org.intelmq.control.Version;
import org.intelmq.engine.BotTools;
import org.intelmq.engine.hosted.BotStartException;
import org.intelmq.network.JdkHttp;
import org.intelmq.pipeline.Installation;
import org.intelmq.pipeline.RuntimeConfiguration;
import org.intelmq.replay.CommandRunner;
import org.intelmq.upgrade.ConfigurationUpgrade;
import org.intelmq.yaml.ConfigurationFileException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bin/intelmqctl}: controls bots, looks at queues and logs, checks and upgrades the configuration. */
@Command(name = "intelmqctl", description = "Controls IntelMQ: its bots, queues, logs and configuration.", versionProvider = IntelmqCtl.VersionText.class,
        synopsisSubcommandLabel = "COMMAND", sortOptions = false, addMethodSubcommands = false)
public final class IntelmqCtl implements Runnable {

    @Spec
    private CommandSpec spec;

    @Option(names = {"-t", "--type"}, defaultValue = "text", paramLabel = "TYPE", scope = CommandLine.ScopeType.INHERIT,
            description = "Output format: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}")
    private Output.Type type;

    @Option(names = {"-q", "--quiet"}, description = "Print only errors and what you asked for.")
    private boolean quiet;

    @Option(names = "--root", paramLabel = "DIR", description = "Where etc/ and var/ are. Default: $INTELMQ_ROOT_DIR, else the folder that holds bin/.")
    private Path root;

    @SuppressWarnings("unused")
    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Show this help.")
    private boolean help;

    @SuppressWarnings("unused")
    @Option(names = {"-v", "--version"}, versionHelp = true, description = "Show the version.")
    private boolean version;

    private final Session session;

    static final class VersionText implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {Version.text()};
        }
    }

    static final class ListedKinds implements Iterable<String> {
        private static final List<String> ALL = List.of("bots", "feeds", "queues", "queues-and-status");

        @Override
        public Iterator<String> iterator() {
            return ALL.iterator();
        }
    }

    private IntelmqCtl(Session session) {
        this.session = session;
    }

    public static void main(String[] arguments) {
        boolean terminal = System.console() != null;
        StandardOutput output = StandardOutput.ofProcess();
        System.exit(output.codeAfter(run(arguments, System.getenv(), System.out, System.err, terminal, null), "intelmqctl", System.err));
    }

    /** @param control used instead of the installation's server; {@code null} for that */
    static int run(String[] arguments, Map<String, String> environment, PrintStream out, PrintStream err, boolean coloured, BotControl control) {
        Session session = new Session(new Output(out, err, coloured), environment);
        session.use(control);
        IntelmqCtl root = new IntelmqCtl(session);
        CommandLine line = new CommandLine(root);
        if (!List.of(arguments).equals(List.of("--version"))) {
            addCommands(line, Set.copyOf(List.of(arguments)), session);
        }
        line.setOut(new PrintWriter(out, true, Charset.defaultCharset()));
        line.setErr(new PrintWriter(err, true, Charset.defaultCharset()));
        line.setExecutionStrategy(parsed -> {
            session.output().choose(root.type, root.quiet);
            session.choose(root.root);
            return new LocalChanges(session).written(parsed, () -> new CommandLine.RunLast().execute(parsed));
        });
        line.setParameterExceptionHandler((problem, given) -> {
            CommandLine wrong = problem.getCommandLine();
            err.println(wrong.getCommandSpec().qualifiedName() + ": error: " + problem.getMessage() + WrongArguments.hint(problem, ListedKinds.ALL));
            err.println("See '" + wrong.getCommandSpec().qualifiedName() + " --help'.");
            return 2;
        });
        line.setExecutionExceptionHandler((problem, given, parsed) -> explain(problem, session.output()));
        line.getSubcommands().computeIfPresent("tool", (name, command) -> command.setUnmatchedOptionsArePositionalParams(true));
        line.getSubcommands().values().forEach(command -> command.getCommandSpec().addOption(CommandLine.Model.OptionSpec
                .builder("-h", "--help").usageHelp(true).description("Show this help.").build()));
        return line.execute(arguments);
    }

    /** For those who read what the commands declare. */
    static CommandLine withAllCommands() {
        Session session = new Session(new Output(System.out, System.err, false), Map.of());
        CommandLine line = new CommandLine(new IntelmqCtl(session));
        addCommands(line, Set.of("help"), session);
        return line;
    }

    /** Reading a command's declaration takes time, so only the called command's is read; all of them if help may be shown. */
    private static void addCommands(CommandLine line, Set<String> arguments, Session session) {
        List<Method> called = Arrays.stream(IntelmqCtl.class.getDeclaredMethods())
                .filter(method -> arguments.contains(commandName(method)) && method.isAnnotationPresent(Command.class)).toList();
        boolean all = called.isEmpty() && !CommandClasses.areIn(arguments) && !ConfigurationCommandLine.areIn(arguments)
                || arguments.stream().anyMatch(List.of("help", "-h", "--help")::contains);
        (all ? CommandLine.getCommandMethods(IntelmqCtl.class, null) : called).forEach(line::addSubcommand);
        CommandClasses.add(line, name -> all || arguments.contains(name), session, IntelmqCtl::again);
        ConfigurationCommandLine.add(line, name -> all || arguments.contains(name), session);
    }

    /** {@code upgrade-config} is {@code upgradeConfig}. */
    private static String commandName(Method method) {
        StringBuilder name = new StringBuilder();
        method.getName().chars().forEach(c -> name.append(c >= 'A' && c <= 'Z' ? "-" : "").append((char) Character.toLowerCase(c)));
        return name.toString();
    }

    private static int explain(Exception problem, Output output) throws Exception {
        if (problem instanceof ParameterException) {
            throw problem;
        }
        boolean known = problem instanceof NoServerException || problem instanceof BotStartException || problem instanceof ConfigurationFileException
                || problem instanceof IOException;
        if (!known) {
            throw problem;
        }
        output.complain(problem.getMessage());
        return 1;
    }

    /** Called without a command. */
    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    @Command(description = "Show this help.")
    void help() {
        run();
    }

    @Command(name = "new", description = "Create a bot of your own: a Maven project with a class, a test and a case, which builds as it is.")
    int newBot(@Parameters(index = "0", paramLabel = "KIND", description = "collector, parser, expert or output.") String kind,
               @Parameters(index = "1", paramLabel = "NAME", description = "Lower-case words joined by underscores, such as example_servers.") String name,
               @Option(names = "--directory", paramLabel = "DIR", defaultValue = ".", description = "The project's folder. Default: the current one.")
               Path directory) throws Exception {
        return Choices.call(spec.subcommands().get("new").getCommandSpec(), () -> {
            NewBot bot = new NewBot(directory, NewBot.kind(kind), name);
            bot.write().forEach(file -> session.output().show("wrote " + file));
            session.output().show(bot.nextStep());
            return 0;
        });
    }

    @Command(description = "Start a bot, or all enabled ones. Starts the server if it does not run.")
    int start(@Parameters(index = "0", arity = "0..1", paramLabel = "BOT", completionCandidates = ConfiguredBots.class) String bot,
            @Option(names = "--group", paramLabel = "GROUP") Group group) throws Exception {
        return bot == null ? bots().startAll(group) : bots().start(known(bot, "start"));
    }

    @Command(description = "Stop a bot, or all bots.")
    int stop(@Parameters(index = "0", arity = "0..1", paramLabel = "BOT", completionCandidates = ConfiguredBots.class) String bot,
            @Option(names = "--group", paramLabel = "GROUP") Group group) {
        return bot == null ? bots().stopAll(group) : bots().stop(known(bot, "stop"));
    }

    @Command(description = "Stop and start a bot, or all enabled ones.")
    int restart(@Parameters(index = "0", arity = "0..1", paramLabel = "BOT", completionCandidates = ConfiguredBots.class) String bot,
            @Option(names = "--group", paramLabel = "GROUP") Group group) throws Exception {
        return bot == null ? bots().restartAll(group) : bots().restart(known(bot, "restart"));
    }

    @Command(description = "Reload the configuration of a running bot, or of all bots.")
    int reload(@Parameters(index = "0", arity = "0..1", paramLabel = "BOT", completionCandidates = ConfiguredBots.class) String bot,
            @Option(names = "--group", paramLabel = "GROUP") Group group) {
        return bot == null ? bots().reloadAll(group) : bots().reload(known(bot, "reload"));
    }

    @Command(description = "Show whether a bot, or all bots, are running.")
    int status(@Parameters(index = "0", arity = "0..1", paramLabel = "BOT", completionCandidates = ConfiguredBots.class) String bot,
            @Option(names = "--group", paramLabel = "GROUP") Group group) {
        return bot == null ? bots().statusAll(group) : bots().status(known(bot, "status"));
    }

    @Command(description = "Enable a bot, so that it is started with the others.")
    int enable(@Parameters(paramLabel = "BOT", completionCandidates = ConfiguredBots.class) String bot) throws Exception {
        return bots().enable(known(bot, "enable"));
    }

    @Command(description = "Disable a bot, so that it is not started with the others.")
    int disable(@Parameters(paramLabel = "BOT", completionCandidates = ConfiguredBots.class) String bot) throws Exception {
        return bots().disable(known(bot, "disable"));
    }

    @Command(description = "List bots, feeds, queues, or queues-and-status.")
    int list(@Parameters(paramLabel = "KIND", description = "One of ${COMPLETION-CANDIDATES}.", completionCandidates = ListedKinds.class) String kind,
             @Option(names = {"-q", "--non-zero", "--quiet"}, description = "Only queues that hold messages, or ids of enabled bots.") boolean nonZero,
             @Option(names = {"-s", "--count", "--sum"}, description = "Only the number of messages in all queues.") boolean count,
             @Option(names = {"-c", "--configured"}, description = "Only bots that are in runtime.yaml.") boolean configured,
             @Option(names = "--details", description = "Print the reference of all bots and their parameters, as Markdown or JSON.") boolean details) {
        return switch (kind) {
            case "bots" -> configured ? new Listing(session).configured(nonZero)
                    : details ? new Listing(session).details() : new Listing(session).catalogue();
            case "feeds" -> new FeedCommands(session).list();
            case "queues" -> new QueueCommands(session).list(nonZero, count);
            case "queues-and-status" -> new QueueCommands(session).listWithStatus();
            default -> throw invalid("list", "kind", kind, ListedKinds.ALL);
        };
    }

    @Command(description = "Add a known feed to the pipeline: write its collector and parser into runtime.yaml.")
    int add(@Parameters(index = "0", paramLabel = "KIND", description = "feed") String kind,
            @Parameters(index = "1", paramLabel = "NAME", description = "The feed's id in 'intelmqctl list feeds'.") String name,
            @Option(names = "--set", paramLabel = "NAME=VALUE", description = "A value that the feed requires, or a parameter of its bots.")
            List<String> settings,
            @Option(names = "--to", paramLabel = "BOT", split = ",", description = "Bot that gets its events. Default: that of all other parsers")
            List<String> next) throws IOException {
        if (!kind.equals("feed")) {
            throw invalid("add", "kind", kind, List.of("feed"));
        }
        return new FeedCommands(session).add(name, settings == null ? List.of() : settings, next == null ? List.of() : next);
    }

    @Command(description = "Show the last entries of a bot's log.")
    int log(@Parameters(index = "0", paramLabel = "BOT", completionCandidates = ConfiguredBots.class) String bot,
            @Parameters(index = "1", arity = "0..1", defaultValue = "10", paramLabel = "LINES",
                    description = "Number of entries, -1 for all. Default: 10") int lines,
            @Parameters(index = "2", arity = "0..1", defaultValue = "INFO", paramLabel = "LEVEL",
                    description = "Lowest level to show. Default: INFO") LogFile.Level level)
            throws Exception {
        return new Maintenance(session).log(known(bot, "log"), lines, level);
    }

    @Command(description = "Remove all messages from a queue.")
    int clear(@Parameters(paramLabel = "QUEUE") String queue) {
        return new QueueCommands(session).clear(queue);
    }

    @Command(description = "Check the configuration for mistakes.")
    int check(@Option(names = {"-q", "--quiet"}, description = "Only warnings and errors.") boolean quietly,
              @Option(names = {"-C", "--no-connections"}, description = "Do not connect to the queues.") boolean noConnections) {
        return new Maintenance(session).check(quietly || quiet, !noConnections);
    }

    @Command(name = "upgrade-config", description = "Bring the configuration of an older version up to date.")
    int upgradeConfig(@Option(names = {"-p", "--previous"}, paramLabel = "VERSION", description = "The version to upgrade from.") String previous,
                      @Option(names = {"-d", "--dry-run"}, description = "Do not write any files.") boolean dryRun,
                      @Option(names = {"-u", "--function"}, paramLabel = "FUNCTION", description = "Run only this upgrade.") String function,
                      @Option(names = {"-f", "--force"}, description = "Repeat upgrades that have already been done.") boolean force,
                      @Option(names = "--state-file", paramLabel = "FILE", description = "The file that records which upgrades were done.") Path stateFile,
                      @Option(names = "--no-backup", description = "Do not keep .bak files.") boolean noBackup) throws Exception {
        if (function != null && !ConfigurationUpgrade.functions().contains(function)) {
            throw invalid("upgrade-config", "-u/--function", function, List.copyOf(ConfigurationUpgrade.functions()));
        }
        return new Maintenance(session).upgrade(new ConfigurationUpgrade.Request(previous, dryRun, function, force, stateFile, !noBackup));
    }

    @Command(name = "update-database", description = "Fetch the newest databases of a bot, or of all configured ones.")
    int updateDatabase(@Parameters(index = "0", arity = "0..1", paramLabel = "BOT", completionCandidates = ConfiguredBots.class) String bot) {
        return new Maintenance(session).updateDatabases(bot == null ? session.bots(null) : List.of(known(bot, "update-database")));
    }

    @Command(description = "Show paths and environment variables.")
    int debug(@Option(names = "--get-paths") boolean paths, @Option(names = "--get-environment-variables") boolean variables) {
        return new Maintenance(session).debug(paths, variables);
    }

    @Command(description = "Run a bot's own tool, such as the one of smtp_batch that lists mails and sends them.", footer = {
            "", "Options of smtp_batch, as in IntelMQ: --send sends all without asking, --tester ADDRESS,",
            "--ignore-older-than-days N, --gpg-key FINGERPRINT, --limit-results N."})
    int tool(@Parameters(index = "0", paramLabel = "BOT", completionCandidates = ConfiguredBots.class) String bot,
             @Parameters(index = "1..*", arity = "0..*", paramLabel = "OPTION", description = "An option of the tool.") List<String> options) throws Exception {
        BotTools tools = new BotTools(session.installation(), session.catalogue(), JdkHttp::new);
        try {
            return tools.run(session.configuration().bot(known(bot, "tool")), options == null ? List.of() : options,
                    new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset())), session.output().stream());
        } catch (ConfigurationException | UnavailableException e) {
            session.output().complain(e.getMessage());
            return 1;
        }
    }

    @Command(description = "Stop the server. Bots that are running now start again with it.")
    int shutdown() throws Exception {
        session.output().say("Stopping the server...");
        boolean ran = session.server().stop();
        session.output().say(ran ? "The server is stopped." : "The server was not running.");
        session.output().result("stopped");
        return 0;
    }

    /** As if the server of the folder ran, with nothing to do. */
    private static CommandRunner.Run again(Path root, List<String> arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream print = new PrintStream(out, true, StandardCharsets.UTF_8);
        Map<String, String> environment = Map.of("INTELMQ_ROOT_DIR", root.toString());
        int code = run(arguments.toArray(String[]::new), environment, print, new PrintStream(OutputStream.nullOutputStream()), false,
                new IdleControl(() -> RuntimeConfiguration.read(Installation.of(environment).runtimeConfiguration(), Map.of()), true));
        return new CommandRunner.Run(code, out.toString(StandardCharsets.UTF_8));
    }

    private BotCommands bots() {
        return new BotCommands(session);
    }

    private String known(String bot, String command) {
        return Choices.bot(session, spec.subcommands().get(command).getCommandSpec(), bot);
    }

    private ParameterException invalid(String command, String argument, String value, List<String> choices) {
        return Choices.invalid(spec.subcommands().get(command).getCommandSpec(), argument, value, choices);
    }
}
