package org.intelmq.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.intelmq.bot.BotType;
import org.intelmq.bot.Http;
import org.intelmq.bot.HttpParams;
import org.intelmq.bot.NoParams;
import org.intelmq.bot.Outbox;
import org.intelmq.bot.Param;
import org.intelmq.bot.Row;
import org.intelmq.bot.RowParser;
import org.intelmq.bot.rows.Lines;
import org.intelmq.message.Event;
import org.intelmq.message.Fields;
import org.intelmq.message.Message;
import org.intelmq.message.MessageJson;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the kit tells the author of a bot. */
class BotCasesTest {

    /** @param prefix before each comment */
    public record Params(
            @Param(value = "Text before each comment.", byDefault = "")
            String prefix) { }

    private static final BotType<Params> PARSER = BotType.parser("intelmq.bots.parsers.example.parser_comments", "Comments", "Makes comments of lines.",
            Params.class, (params, context) -> new RowParser<>(context, Lines.all(), row -> comment(params, row)));
    private static final BotType<Params> EXPERT = BotType.expert("intelmq.bots.experts.example.expert_same", "Same", "Sends each event on.",
            Params.class, (params, context) -> (Message event, Outbox out) -> out.send(event));

    @TempDir
    private Path module;
    private Path source;
    private Path copy;

    private static void comment(Params params, Row<String> row) {
        Event event = row.newEvent();
        event.add(Fields.COMMENT, params.prefix() + row.content());
    }

    @BeforeEach
    void makeFolders() throws IOException {
        source = Files.createDirectories(module.resolve("src/test/java/org/example/cases/first"));
        copy = Files.createDirectories(module.resolve("target/test-classes/org/example/cases/first"));
        write("feed.txt", "B\u00fccher\n".getBytes(StandardCharsets.ISO_8859_1));
    }

    private void write(String name, byte[] content) throws IOException {
        Files.write(copy.resolve(name), content);
    }

    private void write(String name, String content) throws IOException {
        write(name, content.getBytes(StandardCharsets.UTF_8));
    }

    private void run(BotType<?> type) throws Throwable {
        BotCases.in(copy.getParent(), type).findFirst().orElseThrow().getExecutable().execute();
    }

    private String complaint(BotType<?> type) {
        return assertThrows(Throwable.class, () -> run(type)).getMessage();
    }

    @Test
    void feedsGoInByteForByteInTheEncodingOfTheParameters() throws Throwable {
        write("parameters.json", "{\"encoding\": \"latin-1\", \"default_fields\": {\"malware.name\": \"x\"}}");
        write("expected.json", """
                {"events": [{"feed.name": "test feed", "time.observation": "2024-05-17T10:20:30+00:00", "comment": "B\u00fccher",
                "malware.name": "x"}]}""");
        run(PARSER);
    }

    @Test
    void namesTheMissingExpectationAmongTheSources() {
        assertTrue(complaint(PARSER).startsWith(source.resolve("expected.json") + " is missing; what came out:\n{"), complaint(PARSER));
    }

    @Test
    void namesTheFileThatIsBroken() throws IOException {
        write("expected.json", "{\"events\": [}");
        assertTrue(complaint(PARSER).startsWith(source.resolve("expected.json") + " cannot be used: Unexpected"), complaint(PARSER));
        write("expected.json", "[]");
        assertEquals(source.resolve("expected.json") + " cannot be used: expected a map, in braces", complaint(PARSER));
        write("expected.json", "{}");
        assertEquals(source.resolve("input.json") + " is missing", complaint(EXPERT));
        write("input.json", "{}");
        assertEquals(source.resolve("input.json") + " cannot be used: expected a list", complaint(EXPERT));
        write("input.json", "[{\"comment\": \"\u00fc\"}]".getBytes(StandardCharsets.ISO_8859_1));
        assertEquals(source.resolve("input.json") + " cannot be read: line 1 holds the byte 0xfc, which is not UTF-8: save the file in UTF-8",
                complaint(EXPERT));
    }

    @Test
    void namesTheDifferentExpectation() throws IOException {
        write("expected.json", "{\"events\": []}");
        assertTrue(complaint(PARSER).startsWith(source.resolve("expected.json") + " ==> expected: "), complaint(PARSER));
    }

    @Test
    void theOrderOfKeysMeansNothing() throws Throwable {
        write("parameters.json", "{\"encoding\": \"latin-1\"}");
        write("expected.json", """
                {"rejected": [], "events": [{"comment": "B\\u00fccher", "time.observation": "2024-05-17T10:20:30+00:00", "feed.name": "test feed"}]}""");
        run(PARSER);
        write("expected.json", """
                {"events": [{"comment": "Other", "time.observation": "2024-05-17T10:20:30+00:00", "feed.name": "test feed"}]}""");
        assertTrue(complaint(PARSER).contains("\"comment\": \"Other\",\n"), complaint(PARSER));
    }

    @Test
    void comparesTheRequestsThatAnOutputMakes() throws Throwable {
        BotType<NoParams> output = BotType.output("intelmq.bots.outputs.example.output_comments", "Comments", "Posts comments.", NoParams.class,
                (params, context) -> (Message event, Outbox out) -> {
                    Http http = context.http(Parameters.of(HttpParams.class));
                    http.send(http.request(URI.create("https://comments.example/")).POST(BodyPublishers.ofString(MessageJson.toJson(event, false, false)))
                            .build()).body().close();
                });
        write("input.json", "[{\"comment\": \"first\", \"status\": \"new\"}]");
        write("http.json", "{\"https://comments.example/\": \"\"}");
        String printed = complaint(output);
        assertTrue(printed.contains("\"method\": \"POST\"") && printed.contains("\"comment\": \"first\""), printed);
        String expected = """
                {"events": [], "requests": [{"method": "POST", "address": "https://comments.example/", "body": {"status": "new", "comment": "first"}}]}""";
        write("expected.json", expected);
        run(output);
        write("expected.json", expected.replace("first", "other"));
        assertTrue(complaint(output).startsWith(source.resolve("expected.json") + " ==> expected: "), complaint(output));
    }

    @Test
    void saysWhereTheFolderOfCasesBelongs() {
        String told = assertThrows(IOException.class, () -> BotCases.of(BotCasesTest.class, PARSER)).getMessage();
        assertTrue(told.startsWith("there is no folder org/intelmq/testing/cases on the class path: it belongs beside BotCasesTest, as "
                + "src/test/java/org/intelmq/testing/cases or src/test/resources/org/intelmq/testing/cases, "), told);
    }

    @Test
    void refusesAParameterThatTheBotDoesNotHave() throws IOException {
        write("parameters.json", "{\"prefixx\": \"a\"}");
        assertTrue(complaint(PARSER).contains(source.resolve("parameters.json").toString()), complaint(PARSER));
        assertTrue(complaint(PARSER).contains("unknown parameter 'prefixx'"), complaint(PARSER));
    }

    @Test
    void namesTheFileOfTheSourcesThatHoldTheCase() throws IOException {
        Files.delete(source);
        assertTrue(complaint(PARSER).startsWith(copy.resolve("expected.json").toString()), complaint(PARSER));
        Path resources = Files.createDirectories(module.resolve("src/test/resources/org/example/cases/first"));
        assertTrue(complaint(PARSER).startsWith(resources.resolve("expected.json").toString()), complaint(PARSER));
    }
}
