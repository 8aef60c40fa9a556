package org.intelmq.ctl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringReader;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.intelmq.control.BotControl;
import org.intelmq.engine.observe.DumpEntry;
import org.intelmq.message.Json;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** With arguments instead of the dialogue, as scripts call it. */
class IntelmqDumpTest {

    private static final String PIPELINE = """
            bot:
              group: Output
              module: intelmq.bots.outputs.file.output
              parameters: {file: /tmp/none/events.txt}
            other:
              group: Output
              module: intelmq.bots.outputs.file.output
              parameters: {file: /tmp/none/events.txt}
            """;

    @TempDir
    private Path root;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final List<String> sent = new ArrayList<>();
    private String editor = "sed -i s/\"1\"/\"one\"/";

    @BeforeEach
    void dumpThree() throws IOException {
        Files.createDirectories(root.resolve("etc"));
        Files.createDirectories(root.resolve("var/log"));
        Files.writeString(root.resolve("etc/runtime.yaml"), PIPELINE);
        Map<Object, Object> entries = new LinkedHashMap<>();
        for (int i = 0; i < 3; i++) {
            String message = "{\"__type\": \"Event\", \"comment\": \"" + i + "\"}";
            entries.put("2026-11-28T10:00:0" + i, new DumpEntry("bot", "bot-queue", "Traceback:\nno host " + i, message, false).toMap());
        }
        Files.writeString(dump("bot"), Json.pretty(entries));
    }

    private Path dump(String bot) {
        return root.resolve("var/log/" + bot + ".dump");
    }

    /** Returns the exit code. */
    private int intelmqdump(String... arguments) {
        out.reset();
        err.reset();
        PrintStream shown = new PrintStream(out, true, StandardCharsets.UTF_8);
        Map<String, String> environment = Map.of("INTELMQ_ROOT_DIR", root.toString(), "EDITOR", editor);
        Session session = new Session(new Output(shown, new PrintStream(err, true, StandardCharsets.UTF_8), false), environment);
        session.use(queues());
        CommandLine line = IntelmqDump.line(session, new BufferedReader(new StringReader("")), shown);
        return line.setErr(new PrintWriter(err, true, StandardCharsets.UTF_8)).execute(arguments);
    }

    /** Takes what is sent, but for what nobody could read. */
    private BotControl queues() {
        return (BotControl) Proxy.newProxyInstance(BotControl.class.getClassLoader(), new Class<?>[] {BotControl.class}, (proxy, method, given) -> {
            if (method.getName().equals("send") && given.length == 3) {
                ((List<?>) given[2]).forEach(message -> sent.add(given[0] + " " + message));
                return null;
            }
            throw new UnsupportedOperationException(method.toString());
        });
    }

    private Map<?, ?> left() throws IOException {
        return (Map<?, ?>) Json.parse(Files.readString(dump("bot")));
    }

    @Test
    void listsFilesAndEntriesForPeopleAndPrograms() {
        assertEquals(0, intelmqdump("--list"));
        assertTrue(out.toString(StandardCharsets.UTF_8).contains("  0: bot           3 dumps"), out::toString);
        assertEquals(0, intelmqdump("--list", "--type", "json"));
        assertEquals(List.of(Map.of("bot", "bot", "file", dump("bot").toString(), "content", "3 dumps")), Json.parse(out.toString(StandardCharsets.UTF_8)));
        assertEquals(0, intelmqdump("bot", "--list"));
        assertTrue(out.toString(StandardCharsets.UTF_8).contains("  1: 2026-11-28T10:00:01 no host 1"), out::toString);
    }

    @Test
    void showsByNumberAndByTime() {
        assertEquals(0, intelmqdump("bot", "show", "1"));
        assertTrue(out.toString(StandardCharsets.UTF_8).contains("Showing id 1 2026-11-28T10:00:01"), out::toString);
        assertEquals(0, intelmqdump("bot", "show", "2026-11-28T10:00:02,0", "--type=json"));
        List<?> shown = (List<?>) Json.parse(out.toString(StandardCharsets.UTF_8));
        assertEquals(List.of("2026-11-28T10:00:02", "2026-11-28T10:00:00"), shown.stream().map(entry -> ((Map<?, ?>) entry).get("id")).toList());
    }

    @Test
    void recoversSomeToTheirQueueAndTheRestToAnother() throws IOException {
        assertEquals(0, intelmqdump("bot", "recover", "0,2"), err::toString);
        assertEquals(List.of("2026-11-28T10:00:01"), List.copyOf(left().keySet()));
        assertEquals(0, intelmqdump("bot", "recover", "all", "other-queue"), err::toString);
        assertFalse(Files.exists(dump("bot")));
        assertEquals(List.of("bot-queue {\"__type\": \"Event\", \"comment\": \"0\"}", "bot-queue {\"__type\": \"Event\", \"comment\": \"2\"}",
                "other-queue {\"__type\": \"Event\", \"comment\": \"1\"}"), sent);
    }

    @Test
    void showsAndEditsTheTextThatRawStandsFor() throws IOException {
        String message = "{\"__type\": \"Report\", \"raw\": \"" + base64("a,\"1\"") + "\"}";
        Files.writeString(dump("bot"), Json.pretty(Map.of("2026-11-28T10:00:00", new DumpEntry("bot", "bot-queue", "no", message, false).toMap())));
        assertEquals(0, intelmqdump("bot", "show", "0"));
        assertTrue(out.toString(StandardCharsets.UTF_8).contains("\"raw as text\": \"a,\\\"1\\\"\""), out::toString);

        editor = "sed -i s/1/one/";
        assertEquals(0, intelmqdump("bot", "edit", "0"), err::toString);
        Map<?, ?> edited = (Map<?, ?>) Json.parse((String) ((Map<?, ?>) left().get("2026-11-28T10:00:00")).get("message"));
        assertEquals(Map.of("__type", "Report", "raw", base64("a,\"one\"")), edited);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void failsIfSomethingStays() throws IOException {
        assertEquals(1, intelmqdump("bot", "recover", "all", "nobodys-queue"));
        assertTrue(out.toString(StandardCharsets.UTF_8).contains("'nobodys-queue' is not configured"), out::toString);
        assertEquals(1, intelmqdump("bot", "recover", "all", "nobodys-queue", "--type=json"));
        assertTrue(err.toString(StandardCharsets.UTF_8).contains("'nobodys-queue' is not configured"), err::toString);
        assertEquals(3, left().size());
    }

    @Test
    void editsAndDeletes() throws IOException {
        assertEquals(0, intelmqdump("bot", "edit", "1"), err::toString);
        assertTrue(String.valueOf(((Map<?, ?>) left().get("2026-11-28T10:00:01")).get("message")).contains("\"one\""), () -> read(dump("bot")));
        assertEquals(0, intelmqdump("bot", "delete", "0"));
        assertEquals(2, left().size());
        assertEquals(0, intelmqdump("bot", "delete", "all"));
        assertFalse(Files.exists(dump("bot")));
        assertEquals(List.of("intelmqdump bot.dump edit (1 entries)", "intelmqdump bot.dump delete (1 entries)", "intelmqdump bot.dump delete (2 entries)"),
                Files.readAllLines(root.resolve("var/lib/audit/audit.log")).stream().map(line -> ((Map<?, ?>) Json.parse(line)).get("what")).toList());
    }

    @Test
    void refusesWhatItCannotDo() throws IOException {
        assertEquals(2, intelmqdump("bot", "forget", "1"));
        assertTrue(err.toString(StandardCharsets.UTF_8).contains("choose from 'show', 'recover', 'edit', 'delete'"), err::toString);
        assertEquals(2, intelmqdump("bot", "delete"));
        assertEquals(1, intelmqdump("bot", "delete", "7"));
        assertEquals(1, intelmqdump("none", "show", "all"));
        Files.copy(dump("bot"), dump("gone"));
        assertEquals(0, intelmqdump("gone", "show", "all"));
        assertEquals(1, intelmqdump("gone", "delete", "all"));
        assertTrue(err.toString(StandardCharsets.UTF_8).contains("'gone' is not defined"), err::toString);
        assertEquals(3, left().size());
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
