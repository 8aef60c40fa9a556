package org.intelmq.ctl;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.intelmq.administration.dumps.DumpStore;
import org.intelmq.control.BotState;
import org.intelmq.control.Version;
import org.intelmq.ctl.DumpActions.Action;
import org.intelmq.yaml.ConfigurationFileException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bin/intelmqdump}: shows, edits, deletes dumped messages, or sends them again; answers are read line by line. */
@Command(name = "intelmqdump", mixinStandardHelpOptions = true, versionProvider = IntelmqDump.VersionText.class,
        description = "Shows dumped messages, deletes them, or sends them again.", footer = {"",
            "Without a dialogue:",
            "  intelmqdump --list",
            "  intelmqdump BOT show 0,1",
            "  intelmqdump BOT recover all [QUEUE]",
            "",
            "After a file has been chosen:",
            "  r 3,4 [QUEUE]  send these again, to their old queue or another",
            "  a [QUEUE]      send all again",
            "  s 0,1          show these",
            "  e 2            edit this with $EDITOR",
            "  d 0,1          delete these; without numbers the whole file",
            "  q              quit"})
public final class IntelmqDump implements Callable<Integer> {

    private static final String ACTIONS = "(r)ecover by ids, recover (a)ll, (d)elete file or entries by id, (s)how by ids, (q)uit, (e)dit by id";
    private static final String RESTRICTED_ACTIONS = "(q)uit";

    @Parameters(index = "0", arity = "0..1", paramLabel = "BOT", completionCandidates = ConfiguredBots.class,
            description = "The bot whose dump to show. Default: ask for it")
    private String bot;

    @Parameters(index = "1", arity = "0..1", paramLabel = "ACTION", description = "Do this and exit: show, recover, edit or delete.")
    private String action;

    @Parameters(index = "2", arity = "0..1", paramLabel = "IDS", description = "Entries: all, or numbers or times as shown, separated by "
            + "commas.")
    private String ids;

    @Parameters(index = "3", arity = "0..1", paramLabel = "QUEUE", description = "Queue to send them to. Default: the queue that each came from")
    private String queue;

    @Option(names = {"-l", "--list"}, description = "List the dump files, or the entries of BOT, and exit.")
    private boolean list;

    @Option(names = "--type", paramLabel = "TYPE", defaultValue = "text", description = "Format of what is listed or shown: text or json. Default: "
            + "text")
    private Output.Type type;

    @Option(names = {"-t", "--truncate"}, defaultValue = "1000", paramLabel = "N",
            description = "Show at most this much of raw data, 0 for all. Default: ${DEFAULT-VALUE}")
    private int truncate;

    @Option(names = "--root", paramLabel = "DIR", description = "Where etc/ and var/ are.")
    private Path root;

    @Spec
    private CommandSpec spec;

    private final Session session;
    private final BufferedReader in;
    private final PrintStream out;

    static final class VersionText implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {Version.text()};
        }
    }

    IntelmqDump(Session session, BufferedReader in, PrintStream out) {
        this.session = session;
        this.in = in;
        this.out = out;
    }

    public static void main(String[] arguments) {
        StandardOutput output = StandardOutput.ofProcess();
        System.exit(output.codeAfter(run(arguments, System.getenv(), System.out, System.err), "intelmqdump", System.err));
    }

    /** Returns the exit code: 1 if something is left undone, 2 for arguments that cannot be used. */
    static int run(String[] arguments, Map<String, String> environment, PrintStream out, PrintStream err) {
        Session session = new Session(new Output(out, err, System.console() != null), environment);
        return line(session, new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)), out).execute(arguments);
    }

    static CommandLine line(Session session, BufferedReader in, PrintStream out) {
        return new CommandLine(new IntelmqDump(session, in, out)).setExecutionExceptionHandler((problem, line, parsed) -> {
            if (!(problem instanceof NoServerException || problem instanceof ConfigurationFileException || problem instanceof IOException)) {
                throw problem;
            }
            session.output().complain(problem.getMessage());
            return 1;
        });
    }

    @Override
    public Integer call() throws IOException {
        session.choose(root);
        session.output().choose(type, false);
        if (bot == null && list) {
            new DumpListing(session).files(files());
            return 0;
        }
        Path file = bot == null ? choose() : session.installation().log().resolve(bot + ".dump");
        if (bot != null && session.configuration().bot(bot) != null) {
            file = session.installation().log(session.configuration().bot(bot)).resolve(bot + ".dump");
        }
        if (file == null) {
            return 0;
        }
        if (!Files.exists(file)) {
            session.output().complain("Given file does not exist: " + file);
            return 1;
        }
        if (list) {
            new DumpListing(session).entries(new DumpStore(file).entries());
            return 0;
        }
        if (action != null) {
            return once(file) ? 0 : 1;
        }
        work(file, DumpListing.botOf(file));
        return 0;
    }

    /** Does what the arguments say; returns whether everything was done. */
    private boolean once(Path file) throws IOException {
        Action wanted = Action.of(action);
        if (wanted == null || ids == null) {
            throw new CommandLine.ParameterException(spec.commandLine(), wanted == null
                    ? "argument ACTION: invalid choice: '" + action + "' (choose from 'show', 'recover', 'edit', 'delete')"
                    : "argument IDS: name the entries: all, or numbers or times as shown, separated by commas");
        }
        if (wanted != Action.SHOW && session.configuration().bot(bot) == null) {
            session.output().complain("Bot '" + bot + "' is not defined in runtime.yaml, so its dump can only be shown.");
            return false;
        }
        List<String> keys = new DumpStore(file).keys();
        List<String> chosen = ids.equals("all") ? keys : chosen(keys, ids);
        return chosen != null && new DumpActions(session, file, out, truncate).perform(wanted, keys, chosen, queue, false);
    }

    /** {@code null} to do nothing. */
    private Path choose() throws IOException {
        List<Path> files = files();
        if (files.isEmpty()) {
            out.println("Nothing to recover from, no dump files found!");
            return null;
        }
        new DumpListing(session).files(files);
        String answer = ask("Which dump file to process (id or name)?");
        if (answer == null || answer.isBlank() || answer.equals("q")) {
            return null;
        }
        if (answer.matches("\\d+") && Integer.parseInt(answer) < files.size()) {
            return files.get(Integer.parseInt(answer));
        }
        return files.stream().filter(file -> DumpListing.botOf(file).equals(answer)).findFirst().orElse(session.installation().log().resolve(answer + ".dump"));
    }

    private List<Path> files() throws IOException {
        TreeSet<Path> folders = new TreeSet<>(List.of(session.installation().log()));
        session.configuration().bots().values().forEach(configured -> folders.add(session.installation().log(configured)));
        List<Path> files = new ArrayList<>();
        for (Path folder : folders) {
            if (Files.isDirectory(folder)) {
                try (Stream<Path> found = Files.list(folder)) {
                    found.filter(file -> file.getFileName().toString().endsWith(".dump")).sorted().forEach(files::add);
                }
            }
        }
        return files;
    }

    private void work(Path file, String id) throws IOException {
        DumpStore store = new DumpStore(file);
        DumpActions actions = new DumpActions(session, file, out, truncate);
        while (Files.exists(file)) {
            String info = store.info();
            boolean restricted = !info.endsWith(" dumps");
            out.println("Processing " + id + ": " + info);
            List<String> keys = List.of();
            if (!restricted) {
                Map<String, Map<String, Object>> entries = store.entries();
                keys = List.copyOf(entries.keySet());
                new DumpListing(session).entries(entries);
            }
            if (session.configuration().bot(id) == null) {
                out.println("Attention: This bot is not defined!");
                restricted = true;
            } else if (session.control().status(List.of(id)).get(id) == BotState.RUNNING) {
                out.println("This bot is currently running.");
            }
            if (restricted) {
                out.println("Restricted actions.");
            }
            String answer = ask((restricted ? RESTRICTED_ACTIONS : ACTIONS) + "?");
            if (answer == null || answer.strip().equals("q")) {
                return;
            }
            String[] words = answer.strip().split("\\s+");
            if (restricted || !List.of("r", "a", "d", "s", "e").contains(words[0])) {
                out.println("Action not allowed.");
                continue;
            }
            act(actions, keys, words);
        }
    }

    private void act(DumpActions actions, List<String> keys, String[] words) throws IOException {
        boolean all = words[0].equals("a");
        boolean whole = words[0].equals("d") && words.length == 1;
        List<String> chosen = all || whole ? keys : words.length < 2 ? List.of() : chosen(keys, words[1]);
        if (chosen == null) {
            return;
        }
        int queue = all ? 1 : 2;
        actions.perform(all ? Action.RECOVER : Action.of(words[0]), keys, chosen, words.length > queue ? words[queue] : null, whole);
    }

    /**
     * {@code null} after complaining.
     *
     * @param ids numbers as they are shown or times of entries, with commas between
     */
    private List<String> chosen(List<String> keys, String ids) {
        List<String> chosen = new ArrayList<>();
        for (String id : ids.split(",")) {
            boolean numbered = id.matches("\\d{1,9}") && Integer.parseInt(id) < keys.size();
            if (!numbered && !keys.contains(id)) {
                say("There is no entry " + id + ".");
                return null;
            }
            chosen.add(numbered ? keys.get(Integer.parseInt(id)) : id);
        }
        return chosen.stream().distinct().toList();
    }

    /** What feeds have brought neither begins a line nor commands the terminal. */
    private void say(String text) {
        if (session.output().isText()) {
            out.println(Output.harmless(text));
        } else {
            session.output().complain(text);
        }
    }

    /** {@code null} at the end of input. */
    private String ask(String question) throws IOException {
        out.print(question + " ");
        out.flush();
        return in.readLine();
    }
}
