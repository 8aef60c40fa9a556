package org.intelmq.ctl;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.intelmq.administration.dumps.DumpStore;
import org.intelmq.administration.dumps.Reasons;
import org.intelmq.administration.dumps.Recovery;
import org.intelmq.control.BotState;
import org.intelmq.control.Version;
import org.intelmq.files.FileGuard;
import org.intelmq.message.InvalidArgument;
import org.intelmq.message.Json;
import org.intelmq.message.JsonException;
import org.intelmq.yaml.ConfigurationFileException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bin/intelmqdump}: shows, edits, deletes dumped messages, or sends them again; answers are read line by line. */
@Command(name = "intelmqdump", mixinStandardHelpOptions = true, versionProvider = IntelmqDump.VersionText.class,
        description = "Shows dumped messages, deletes them, or sends them again.", footer = {"",
            "After a file has been chosen:",
            "  r 3,4 [QUEUE]  send these again, to their old queue or another",
            "  a [QUEUE]      send all again",
            "  s 0,1          show these",
            "  e 2            edit this with $EDITOR",
            "  d 0,1          delete these; without numbers the whole file",
            "  q              quit"})
public final class IntelmqDump implements Callable<Integer> {

    private static final int ERROR_SHOWN = 200;
    private static final String ACTIONS = "(r)ecover by ids, recover (a)ll, (d)elete file or entries by id, (s)how by ids, (q)uit, (e)dit by id";
    private static final String RESTRICTED_ACTIONS = "(q)uit";

    @Parameters(arity = "0..1", paramLabel = "BOT", description = "The bot whose dump to show. Default: ask for it")
    private String bot;

    @Option(names = {"-t", "--truncate"}, defaultValue = "1000", paramLabel = "N",
            description = "Show at most this much of raw data, 0 for all. Default: ${DEFAULT-VALUE}")
    private int truncate;

    @Option(names = "--root", paramLabel = "DIR", description = "Where etc/ and var/ are.")
    private Path root;

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
        Session session = new Session(new Output(System.out, System.err, System.console() != null), System.getenv());
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        System.exit(new CommandLine(new IntelmqDump(session, in, System.out)).setExecutionExceptionHandler((problem, line, parsed) -> {
            if (!(problem instanceof NoServerException || problem instanceof ConfigurationFileException || problem instanceof IOException)) {
                throw problem;
            }
            session.output().complain(problem.getMessage());
            return 1;
        }).execute(arguments));
    }

    @Override
    public Integer call() throws IOException {
        session.choose(root);
        Path file = bot == null ? choose() : session.installation().log().resolve(bot + ".dump");
        if (bot != null && session.configuration().bot(bot) != null) {
            file = session.installation().log(session.configuration().bot(bot)).resolve(bot + ".dump");
        }
        if (file == null) {
            return 0;
        }
        if (!Files.exists(file)) {
            out.println("Given file does not exist: " + file);
            return 1;
        }
        String name = file.getFileName().toString();
        work(file, name.substring(0, name.length() - ".dump".length()));
        return 0;
    }

    /** {@code null} to do nothing. */
    private Path choose() throws IOException {
        List<Path> files = files();
        if (files.isEmpty()) {
            out.println("Nothing to recover from, no dump files found!");
            return null;
        }
        int width = files.stream().mapToInt(file -> botOf(file).length()).max().orElse(0);
        out.printf(" id: %-" + Math.max(width, 13) + "s content%n", "name (bot id)");
        for (int i = 0; i < files.size(); i++) {
            out.printf("%3d: %-" + Math.max(width, 13) + "s %s%n", i, botOf(files.get(i)), new DumpStore(files.get(i)).info());
        }
        String answer = ask("Which dump file to process (id or name)?");
        if (answer == null || answer.isBlank() || answer.equals("q")) {
            return null;
        }
        if (answer.matches("\\d+") && Integer.parseInt(answer) < files.size()) {
            return files.get(Integer.parseInt(answer));
        }
        return files.stream().filter(file -> botOf(file).equals(answer)).findFirst().orElse(session.installation().log().resolve(answer + ".dump"));
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

    private static String botOf(Path file) {
        String name = file.getFileName().toString();
        return name.substring(0, name.length() - ".dump".length());
    }

    private void work(Path file, String id) throws IOException {
        DumpStore store = new DumpStore(file);
        while (Files.exists(file)) {
            String info = store.info();
            boolean restricted = !info.endsWith(" dumps");
            out.println("Processing " + id + ": " + info);
            List<String> keys = List.of();
            if (!restricted) {
                Map<String, Map<String, Object>> entries = store.entries();
                keys = List.copyOf(entries.keySet());
                for (int i = 0; i < keys.size(); i++) {
                    out.printf("%3d: %s %s%n", i, Output.harmless(keys.get(i)), Output.harmless(lastLine(entries.get(keys.get(i)).get("traceback"))));
                }
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
            act(store, file, keys, words);
        }
    }

    private void act(DumpStore store, Path file, List<String> keys, String[] words) throws IOException {
        List<String> chosen = words[0].equals("a") ? keys : chosen(keys, words);
        if (chosen == null) {
            return;
        }
        if (words[0].equals("s")) {
            show(store, keys, chosen);
            return;
        }
        try (FileGuard alone = store.alone()) {
            if (alone == null) {
                say("Another intelmqdump is working on this file. Wait until it ends.");
                return;
            }
            change(store, file, words, words[0].equals("d") && words.length == 1 ? keys : chosen);
        }
        if (!Files.exists(file) && !words[0].equals("d")) {
            say("Deleting empty file " + file);
        }
    }

    private void change(DumpStore store, Path file, String[] words, List<String> chosen) throws IOException {
        Recovery recovery = new Recovery(session.configuration(), this::send, store, this::say, Recovery.UNWATCHED);
        recovery.endInterrupted();
        if (!Files.exists(file)) {
            return;
        }
        switch (words[0]) {
            case "r" -> recovery.send(chosen, words.length > 2 ? words[2] : null);
            case "a" -> recovery.send(chosen, words.length > 1 ? words[1] : null);
            case "e" -> edit(store, chosen);
            default -> {
                if (words.length == 1) {
                    say("Deleting file " + file);
                }
                store.remove(chosen);
                if (words.length == 1 && Files.exists(file)) {
                    say("New entries stay.");
                }
            }
        }
    }

    private void send(String queue, String id, List<String> messages) {
        try {
            session.control().send(queue, id, messages);
        } catch (NoServerException.Refusal e) {
            throw new InvalidArgument(e.getMessage());
        }
    }

    /** {@code null} after complaining. */
    private List<String> chosen(List<String> keys, String[] words) {
        if (words.length < 2) {
            return List.of();
        }
        List<String> chosen = new ArrayList<>();
        for (String number : words[1].split(",")) {
            if (!number.matches("\\d+") || Integer.parseInt(number) >= keys.size()) {
                out.println("There is no entry " + number + ".");
                return null;
            }
            chosen.add(keys.get(Integer.parseInt(number)));
        }
        return chosen.stream().distinct().toList();
    }

    private static String text(Map<String, Object> entry) {
        Object message = entry.get("message");
        if ("base64".equals(entry.get("message_type"))) {
            return new String(Base64.getDecoder().decode((String) message), StandardCharsets.UTF_8);
        }
        return message instanceof String text ? text : Json.write(message);
    }

    private void show(DumpStore store, List<String> keys, List<String> chosen) throws IOException {
        Map<String, Map<String, Object>> entries = store.entries();
        for (String key : chosen) {
            if (!entries.containsKey(key)) {
                say("Dump " + key + " no longer exists.");
                continue;
            }
            Map<String, Object> entry = new TreeMap<>(entries.get(key));
            out.println("=".repeat(100) + " \nShowing id " + keys.indexOf(key) + " " + key + "\n " + "-".repeat(50));
            if ("base64".equals(entry.get("message_type"))) {
                entry.put("message", shortened((String) entry.get("message")));
            } else {
                entry.put("message", readable(entry.get("message")));
            }
            if (entry.get("traceback") instanceof String trace) {
                entry.put("traceback", List.of(trace.split("\n")));
            }
            say(Json.pretty(entry));
        }
    }

    private Object readable(Object message) {
        try {
            Object parsed = message instanceof String text ? Json.parse(text) : message;
            if (parsed instanceof Map<?, ?> map && map.get("raw") instanceof String raw) {
                Map<Object, Object> copy = new LinkedHashMap<>(map);
                copy.put("raw", shortened(raw));
                return copy;
            }
            return parsed;
        } catch (JsonException e) {
            return message;
        }
    }

    private String shortened(String text) {
        return truncate < 1 || text.length() <= truncate ? text : text.substring(0, truncate) + "...[truncated]";
    }

    private void edit(DumpStore store, List<String> chosen) throws IOException {
        if (chosen.isEmpty()) {
            out.println("Edit mode needs an id");
        }
        for (String key : chosen) {
            Map<String, Object> entry = store.entries().get(key);
            if (entry == null) {
                say("Dump " + key + " no longer exists.");
                continue;
            }
            entry = new LinkedHashMap<>(entry);
            boolean base64 = "base64".equals(entry.get("message_type"));
            Path file = Files.createTempFile("intelmqdump-", base64 ? ".txt" : ".json");
            try {
                Files.writeString(file, base64 ? text(entry) : editable(entry.get("message")));
                if (!openEditor(file)) {
                    continue;
                }
                entry.remove("message_type");
                entry.put("message", Files.readString(file));
                store.replace(key, entry);
            } finally {
                Files.deleteIfExists(file);
            }
        }
    }

    /** What is no JSON as it is. */
    private static String editable(Object message) {
        Object readable = readableWhole(message);
        return readable == message && message instanceof String text ? text : Json.pretty(readable);
    }

    private static Object readableWhole(Object message) {
        try {
            return message instanceof String text ? Json.parse(text) : message;
        } catch (JsonException e) {
            return message;
        }
    }

    private boolean openEditor(Path file) throws IOException {
        Map<String, String> environment = session.environment();
        String editor = environment.getOrDefault("VISUAL", environment.getOrDefault("EDITOR", "sensible-editor"));
        List<String> command = new ArrayList<>(Arrays.asList(editor.split("\\s+")));
        command.add(file.toString());
        try {
            int code = new ProcessBuilder(command).inheritIO().start().waitFor();
            if (code != 0) {
                out.println("Calling editor failed with exitcode " + code + ".");
            }
            return code == 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static String lastLine(Object traceback) {
        String line = Reasons.line(traceback);
        return line.length() <= ERROR_SHOWN ? line : line.substring(0, ERROR_SHOWN / 2) + "..." + line.substring(line.length() - ERROR_SHOWN / 2);
    }

    /** What feeds have brought neither begins a line nor commands the terminal. */
    private void say(String text) {
        out.println(Output.harmless(text));
    }

    /** {@code null} at the end of input. */
    private String ask(String question) throws IOException {
        out.print(question + " ");
        out.flush();
        return in.readLine();
    }
}
