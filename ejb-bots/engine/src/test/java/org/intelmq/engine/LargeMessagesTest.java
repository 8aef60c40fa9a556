package org.intelmq.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.intelmq.bot.BatchBot;
import org.intelmq.bot.BotType;
import org.intelmq.bot.NoParams;
import org.intelmq.bot.Outbox;
import org.intelmq.bot.RowParser;
import org.intelmq.bot.rows.JsonRows;
import org.intelmq.catalogue.Catalogue;
import org.intelmq.engine.wire.Wire;
import org.intelmq.jms.Parcel;
import org.intelmq.message.Fields;
import org.intelmq.message.Harmonization;
import org.intelmq.message.Json;
import org.intelmq.message.Message;
import org.intelmq.message.Report;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a feed sends that is too large is set aside with the reason, and does not travel. */
class LargeMessagesTest {

    @TempDir
    Path root;

    private final List<Integer> batches = new ArrayList<>();
    private final List<String> written = new ArrayList<>();
    private EngineHarness harness;

    private void parse(String rows) throws IOException {
        harness = new EngineHarness(root, Catalogue.of(List.of(
                BotType.parser("test.json", "JSON", "An event an element.", NoParams.class, (params, context) -> new RowParser<>(context, new JsonRows(),
                        row -> {
                            Message event = row.newEvent();
                            ((Map<?, ?>) row.content().value()).forEach((name, value) -> event.add((String) name, value));
                        })),
                BotType.expert("test.batches", "Batches", "Counts.", NoParams.class, (params, context) -> new Batches()),
                BotType.output("test.collect", "Collect", "Keeps comments.", NoParams.class, (params, context) ->
                        (message, out) -> written.add(message.text(Fields.COMMENT))))));
        harness.configure("""
                json: {group: Parser, module: test.json, parameters: {destination_queues: {_default: [batches-queue]}}}
                batches: {group: Expert, module: test.batches, parameters: {destination_queues: {_default: [collect-queue]}}}
                collect: {group: Output, module: test.collect}
                """);
        harness.start();
        Report report = new Report(Harmonization.standard());
        report.add(Fields.RAW, rows);
        report.identify("report");
        harness.broker().send("json-queue", Wire.encode(Parcel.Kind.REPORT, List.of(report), 0, 0).get(0));
        harness.run();
    }

    private final class Batches implements BatchBot<Message> {

        @Override
        public void process(Message input, Outbox out) {
            processAll(List.of(input), out);
        }

        @Override
        public void processAll(List<Message> inputs, Outbox out) {
            batches.add(inputs.size());
            inputs.forEach(out::send);
        }
    }

    private static String rowsAround(String poison) {
        return "[{\"comment\": \"one\"}, " + poison + ", {\"comment\": \"three\"}]";
    }

    private String reasonForTheRowBetween() throws IOException {
        assertEquals(List.of("one", "three"), written);
        Map<?, ?> dump = (Map<?, ?>) Json.parse(Files.readString(root.resolve("var/log/json.dump"), UTF_8));
        assertEquals(1, dump.size());
        String reason = ((Map<?, ?>) dump.values().iterator().next()).get("traceback").toString();
        assertTrue(reason.length() < 20_000, "length of the reason: " + reason.length());
        assertTrue(Files.size(root.resolve("var/log/json.log")) < 100_000);
        assertTrue(harness.engine().supervisor().counters("json").lastFailure() == null
                || harness.engine().supervisor().counters("json").lastFailure().text().length() < 3_000);
        return reason;
    }

    private void assertRowFails(String row, String reason) throws IOException {
        parse(rowsAround(row));
        String told = reasonForTheRowBetween();
        assertTrue(told.contains(reason), told);
    }

    @Test
    void longValue() throws IOException {
        assertRowFails("{\"comment\": \"" + "x".repeat(2_000_000) + "\"}", "2000000 characters, more than the 1048576 that it may have");
    }

    @Test
    void longListBelowExtra() throws IOException {
        assertRowFails("{\"comment\": \"long\", \"extra.list\": [\"" + "x".repeat(800_000) + "\", \"" + "x".repeat(800_000) + "\"]}",
                "field extra.list cannot be sent: 1600016 characters, more than the 1048576 that it may have");
    }

    @Test
    void manyFields() throws IOException {
        assertRowFails(IntStream.range(0, 100_000).mapToObj(i -> "\"extra.k" + i + "\": 1").collect(Collectors.joining(", ", "{", "}")),
                "cannot be added: the message has 5000 fields already, the most that it may have");
    }

    @Test
    void manyLongValues() throws IOException {
        assertRowFails(IntStream.range(0, 5).mapToObj(i -> "\"extra.k" + i + "\": \"" + "x".repeat(900_000) + '"').collect(Collectors.joining(", ", "{", "}")),
                "more than the 4194304 that it may have without raw and output; the largest is extra.k0 with 900000");
    }

    @Test
    void infiniteNumber() throws IOException {
        assertRowFails("{\"comment\": \"two\", \"extra.list\": [1e999999999]}",
                "field extra.list cannot be sent: an infinite number, or one too large to be read, cannot be written");
    }

    /** Few enough that the next bots can keep them all in memory. */
    @Test
    void fewLargeEventsTravelTogether() throws IOException {
        parse(IntStream.range(0, 20).mapToObj(i -> "{\"comment\": \"" + i + "\", \"extra.text\": \"" + "x".repeat(1_000_000) + "\"}")
                .collect(Collectors.joining(", ", "[", "]")));
        assertEquals(20, written.size());
        assertEquals(20, batches.stream().mapToInt(Integer::intValue).sum());
        assertTrue(batches.stream().allMatch(size -> size <= 5), batches.toString());
    }
}
