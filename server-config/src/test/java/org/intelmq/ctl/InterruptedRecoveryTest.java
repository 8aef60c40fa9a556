package org.intelmq.ctl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.intelmq.engine.observe.DumpEntry;
import org.intelmq.engine.observe.DumpFile;
import org.intelmq.message.Json;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** intelmqdump ends, by {@code kill -9} or because the server does, at any moment, and the bot goes on dumping meanwhile. */
class InterruptedRecoveryTest {

    private static final String PIPELINE = """
            bot:
              group: Output
              module: intelmq.bots.outputs.file.output
              parameters: {file: /tmp/none/events.txt}
            """;

    private static final int MANY = 100_000;
    private static final Duration LONGEST = Duration.ofSeconds(15);

    private enum End { BEFORE_THE_SERVER_HAS_IT, BEFORE_THE_ANSWER, AFTER_THE_ANSWER }

    @TempDir
    private Path root;
    private DumpFile bot;
    private HttpServer server;
    private int dumped;

    private final Set<String> knownIds = Collections.synchronizedSet(new HashSet<>());
    private final List<String> taken = Collections.synchronizedList(new ArrayList<>());
    private volatile Process client;
    private volatile int sendingsLeft = Integer.MAX_VALUE;
    private volatile End end = End.BEFORE_THE_ANSWER;
    private volatile long nanosAfterTheAnswer;

    @BeforeEach
    void prepare() throws IOException {
        Files.createDirectories(root.resolve("etc"));
        Files.createDirectories(dump().getParent());
        Files.writeString(root.resolve("etc/runtime.yaml"), PIPELINE);
        bot = new DumpFile(dump(), Clock.systemUTC());
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private Path dump() {
        return root.resolve("var/log/bot.dump");
    }

    private static String message(int number) {
        return "{\"__type\": \"Event\", \"comment\": \"" + number + "\"}";
    }

    private void dumpMore(int count) {
        for (int i = 0; i < count; i++) {
            bot.add(new DumpEntry("bot", "bot-queue", "trace", message(dumped++), false));
        }
    }

    /** Before intelmqdump runs. */
    private void dumpMany(int count) throws IOException {
        Map<Object, Object> entries = new LinkedHashMap<>(inFile());
        for (int i = 0; i < count; i++) {
            entries.put("2024-05-17T10:20:%07d".formatted(dumped), new DumpEntry("bot", "bot-queue", "trace", message(dumped++), false).toMap());
        }
        Files.writeString(dump(), Json.pretty(entries));
    }

    /** As the server does: what it has had under an id it drops. */
    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            boolean sending = exchange.getRequestMethod().equals("PUT");
            boolean last = sending && --sendingsLeft == 0;
            if (last && end == End.BEFORE_THE_SERVER_HAS_IT) {
                interrupt();
                return;
            }
            if (sending && knownIds.add(exchange.getRequestURI().getPath())) {
                ((List<?>) Json.parse(body)).forEach(message -> taken.add((String) message));
            }
            if (last && end == End.BEFORE_THE_ANSWER) {
                interrupt();
                return;
            }
            byte[] answer = sending ? new byte[0] : "{\"bot\": \"stopped\"}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(sending ? 204 : 200, sending ? -1 : answer.length);
            exchange.getResponseBody().write(answer);
            exchange.getResponseBody().close();
            if (last) {
                LockSupport.parkNanos(nanosAfterTheAnswer);
                interrupt();
            }
        }
    }

    private void interrupt() {
        if (client != null) {
            client.destroyForcibly();
        }
    }

    private String intelmqdump(String answers) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        run(root, "http://127.0.0.1:" + server.getAddress().getPort() + "/", answers, new PrintStream(out, true, StandardCharsets.UTF_8));
        return out.toString(StandardCharsets.UTF_8);
    }

    private static int run(Path root, String server, String answers, PrintStream out) {
        Session session = new Session(new Output(out, out, false), Map.of("INTELMQ_ROOT_DIR", root.toString()));
        session.use(new RemoteControl(new RestClient(new ServerConnection(URI.create(server), "secret", null))));
        return new CommandLine(new IntelmqDump(session, new BufferedReader(new StringReader(answers)), out)).execute("bot");
    }

    /** The process that is killed. */
    static final class Client {
        public static void main(String[] arguments) {
            System.exit(run(Path.of(arguments[0]), arguments[1], "a\n", System.out));
        }
    }

    private static Set<String> messages(int count) {
        return IntStream.range(0, count).mapToObj(InterruptedRecoveryTest::message).collect(Collectors.toCollection(TreeSet::new));
    }

    private Map<?, ?> inFile() throws IOException {
        return Files.exists(dump()) ? (Map<?, ?>) Json.parse(Files.readString(dump())) : Map.of();
    }

    @Test
    void killedAtAnyMomentItLosesNothingAndSendsNothingTwice() throws Exception {
        Random random = new Random(20261128);
        for (int round = 0; round < 9; round++) {
            dumpMany(700 + random.nextInt(700));
            end = End.values()[round % End.values().length];
            sendingsLeft = 1 + random.nextInt(3);
            nanosAfterTheAnswer = random.nextInt(20_000_000);
            client = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC",
                    "-cp", System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")), Client.class.getName(), root.toString(),
                    "http://127.0.0.1:" + server.getAddress().getPort() + "/")
                    .redirectErrorStream(true).redirectOutput(root.resolve("said.txt").toFile()).start();
            while (!client.waitFor(1, TimeUnit.MILLISECONDS)) {
                dumpMore(1);
            }
            inFile();
        }
        client = null;
        sendingsLeft = Integer.MAX_VALUE;
        intelmqdump("a\n");

        assertEquals(messages(dumped), new TreeSet<>(taken));
        assertEquals(dumped, taken.size(), "sent twice");
        assertFalse(Files.exists(dump()), "what is sent is no longer there");
        try (var files = Files.list(dump().getParent())) {
            assertEquals(List.of(), files.map(file -> file.getFileName().toString()).filter(name -> !name.endsWith(".lock")).toList());
        }
    }

    /** Processor time of this thread: what else the machine does meanwhile does not count. */
    @Test
    void aHundredThousandEntriesGoInSeconds() throws Exception {
        dumpMany(MANY);
        long begin = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        intelmqdump("a\n");
        long took = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - begin;

        assertEquals(MANY, taken.size());
        assertEquals(MANY, new HashSet<>(taken).size());
        assertFalse(Files.exists(dump()));
        assertTrue(took < LONGEST.toNanos(), took / 1_000_000 + " ms");
        assertTrue(knownIds.size() < MANY / 50, knownIds.size() + " requests");
    }

    @Test
    void anEntryThatTheServerMayHaveIsSettledBeforeItIsDeletedOrEdited() {
        dumpMore(3);
        sendingsLeft = 1;
        end = End.BEFORE_THE_ANSWER;
        intelmqdump("r 0,1\n");
        sendingsLeft = Integer.MAX_VALUE;

        String said = intelmqdump("d 2\n");

        assertTrue(said.contains("Finished a recovery of 2 dumps that had been interrupted."), said);
        assertEquals(List.of(message(0), message(1)), taken);
        assertFalse(Files.exists(dump()), said);
    }

    @Test
    void aDumpThatIsPutBackGoesAgain() throws Exception {
        dumpMore(2);
        byte[] copy = Files.readAllBytes(dump());
        intelmqdump("a\n");
        Files.write(dump(), copy);
        intelmqdump("a\n");

        assertEquals(List.of(message(0), message(1), message(0), message(1)), taken);
    }

    @Test
    void oneThatIsNoMessageStaysAndTheOthersGo() throws Exception {
        dumpMore(1);
        bot.add(DumpEntry.ofBytes("bot", "bot-queue", "trace", new byte[] {(byte) 0xff, 0, '\n'}));
        dumpMore(1);

        String said = intelmqdump("a\n");

        assertTrue(said.contains("Dump 1 is not a message that bot bot could read, and stays"), said);
        assertEquals(List.of(message(0), message(1)), taken);
        assertEquals(1, inFile().size());
    }

    @Test
    void whatAFeedHasBroughtCommandsNoTerminal() {
        bot.add(new DumpEntry("bot", "bot-queue", "bad \u001b]0;title\u0007\u009b2J\r value\u202e", "{\"comment\": \"\u009b2J\u202e\"}", false));

        String said = intelmqdump("s 0\nq\n");

        assertTrue(said.contains("  0: ") && said.contains("bad \\u001b]0;title\\u0007\\u009b2J\\r value\\u202e"), said);
        assertTrue(said.chars().allMatch(c -> c == '\n' || c >= ' ' && c <= '~'), said);
    }

    @Test
    void bytesThatAreNoTextStayWhenTheFileIsWrittenAnew() throws Exception {
        dumpMore(2);
        byte[] content = Files.readString(dump()).replace("trace", "tr\u00e4ce").getBytes(StandardCharsets.ISO_8859_1);
        Files.write(dump(), content);

        intelmqdump("d 0\n");

        String left = Files.readString(dump(), StandardCharsets.ISO_8859_1);
        assertEquals(1, ((Map<?, ?>) Json.parse(left)).size());
        assertTrue(left.contains("tr\u00e4ce"), left);
    }
}
