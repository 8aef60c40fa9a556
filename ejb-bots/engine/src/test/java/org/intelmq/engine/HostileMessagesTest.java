package org.intelmq.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.intelmq.bot.Bot;
import org.intelmq.bot.BotType;
import org.intelmq.bot.NoParams;
import org.intelmq.bot.RowParser;
import org.intelmq.bot.rows.JsonRows;
import org.intelmq.catalogue.Catalogue;
import org.intelmq.engine.wire.Wire;
import org.intelmq.jms.Parcel;
import org.intelmq.message.Event;
import org.intelmq.message.Fields;
import org.intelmq.message.Harmonization;
import org.intelmq.message.Json;
import org.intelmq.message.Message;
import org.intelmq.message.MessageJson;
import org.intelmq.message.Report;
import org.intelmq.pipeline.Problem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One message that is broken, or breaks a bot, costs itself alone. */
class HostileMessagesTest {

    @TempDir
    Path root;

    private final List<String> written = new ArrayList<>();
    private Object poison;
    private EngineHarness harness;

    @BeforeEach
    void makeHarness() {
        harness = new EngineHarness(root, Catalogue.of(List.of(
                BotType.parser("test.json", "JSON", "An event an element.", NoParams.class,
                        (params, context) -> new RowParser<>(context, new JsonRows(), row -> {
                            act(row.content().requireText("comment"));
                            row.newEvent().add(Fields.COMMENT, row.content().requireText("comment"))
                                    .put("extra.value", poisonFor(row.content().text("comment")));
                        })),
                BotType.expert("test.expert", "Expert", "Does what the test says.", NoParams.class, (params, context) -> expert()),
                BotType.output("test.collect", "Collect", "Keeps comments.", NoParams.class, (params, context) -> output()))));
    }

    private Bot<Message> expert() {
        return (message, out) -> {
            act(message.text(Fields.COMMENT));
            if (poisonFor(message.text(Fields.COMMENT)) != null) {
                message.put("extra.value", poison);
            }
            out.send(message);
        };
    }

    private void act(String comment) {
        if (comment.equals("poison") && poison instanceof Error error) {
            throw error;
        }
    }

    private Object poisonFor(String comment) {
        return comment.equals("poison") && !(poison instanceof Error) ? poison : null;
    }

    private Bot<Message> output() {
        return (message, out) -> written.add(message.text(Fields.COMMENT));
    }

    private void pipeline(boolean fused) throws IOException {
        harness.configure("""
                global: {error_max_retries: 1, error_retry_delay: 10, fused_delivery: %s}
                json: {group: Parser, module: test.json, parameters: {destination_queues: {_default: [collect-queue]}}}
                expert: {group: Expert, module: test.expert, parameters: {destination_queues: {_default: [collect-queue]}}}
                collect: {group: Output, module: test.collect}
                """.formatted(fused));
        harness.start();
    }

    private static Event event(String comment) {
        Event event = new Event(Harmonization.standard());
        event.add(Fields.COMMENT, comment);
        event.identify("id-" + comment);
        return event;
    }

    private static Parcel parcel(String... comments) {
        return Wire.encode(Parcel.Kind.EVENTS, Stream.of(comments).map(HostileMessagesTest::event).toList(), 0, 0).get(0);
    }

    private void run(String queue, Parcel parcel) {
        harness.broker().send(queue, parcel);
        for (int i = 0; i < 4; i++) {
            harness.run();
            harness.advanceSeconds(10);
        }
    }

    private List<Map<?, ?>> dump(String bot) throws IOException {
        Path file = root.resolve("var/log/" + bot + ".dump");
        List<Map<?, ?>> entries = new ArrayList<>();
        if (Files.exists(file)) {
            ((Map<?, ?>) Json.parse(Files.readString(file))).values().forEach(entry -> entries.add((Map<?, ?>) entry));
        }
        return entries;
    }

    private static Object nested(int levels) {
        Object value = 1L;
        for (int i = 0; i < levels; i++) {
            value = i % 2 == 0 ? List.of(value) : Map.of("a", value);
        }
        return value;
    }

    static Stream<Error> errorsOfOneInput() {
        return Stream.of(new StackOverflowError(), new NoClassDefFoundError("org/example/Missing"), new ExceptionInInitializerError("no"),
                new AssertionError("never"), new OutOfMemoryError("Requested array size exceeds VM limit"),
                new OutOfMemoryError("Required length exceeds implementation limit"));
    }

    @ParameterizedTest
    @MethodSource("errorsOfOneInput")
    void errorFailsItsInputAlone(Error error) throws IOException {
        poison = error;
        pipeline(true);
        run("expert-queue", parcel("one", "poison", "three"));
        assertEquals(List.of("one", "three"), written);
        assertEquals(2, harness.engine().supervisor().counters("expert").failed());
        assertEquals(0, harness.broker().length("expert-queue"));
        Map<?, ?> entry = dump("expert").get(0);
        assertTrue(entry.get("message").toString().contains("poison"));
        assertTrue(entry.get("traceback").toString().contains(error.getClass().getName()), entry.get("traceback").toString());
    }

    @Test
    void errorInOneRowFailsThatRowAlone() throws IOException {
        poison = new StackOverflowError();
        pipeline(true);
        run("json-queue", report("[{\"comment\": \"one\"}, {\"comment\": \"poison\"}, {\"comment\": \"three\"}]"));
        assertEquals(List.of("one", "three"), written);
        assertEquals(1, dump("json").size());
    }

    private static Parcel report(String text) {
        Report report = new Report(Harmonization.standard());
        report.add(Fields.RAW, text);
        report.identify("report");
        return Wire.encode(Parcel.Kind.REPORT, List.of(report), 0, 0).get(0);
    }

    @Test
    void heapThatIsFullIsNoInputsFailure() throws IOException {
        poison = new OutOfMemoryError("Java heap space");
        pipeline(true);
        harness.broker().send("expert-queue", parcel("one", "poison", "three"));
        assertThrows(OutOfMemoryError.class, harness::run);
        assertEquals(0, harness.engine().supervisor().counters("expert").failed());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatAFeedMayHoldGoesAllTheWay(boolean fused) throws IOException {
        poison = Json.parse("[".repeat(900) + "]".repeat(900));
        pipeline(fused);
        run("expert-queue", parcel("one", "poison", "three"));
        assertEquals(List.of("one", "poison", "three"), written);
    }

    static Stream<Object> unreadable() {
        return Stream.of(nested(1001), nested(100_000), BigInteger.TEN.pow(5000), Map.of(1, "a"), List.of(new StringBuilder("x")));
    }

    @ParameterizedTest
    @MethodSource("unreadable")
    void whatTheNextBotCannotReadFailsAloneWhereItIsSent(Object value) throws IOException {
        poison = value;
        pipeline(false);
        run("expert-queue", parcel("one", "poison", "three"));
        assertEquals(List.of("one", "three"), written);
        assertEquals(List.of(), dump("collect"));
        assertTrue(dump("expert").get(0).get("message").toString().contains("\"poison\""));
        assertTrue(dump("expert").get(0).get("traceback").toString().contains("field extra.value cannot be sent"));
    }

    @Test
    void parserSetsAsideTheRowThatTheNextBotCannotRead() throws IOException {
        poison = nested(1001);
        pipeline(false);
        run("json-queue", report("[{\"comment\": \"one\"}, {\"comment\": \"poison\"}, {\"comment\": \"three\"}]"));
        assertEquals(List.of("one", "three"), written);
        assertEquals(1, dump("json").size());
    }

    @Test
    void eventOfAnotherProgramWithAFieldThatIsNotAllowedIsDumpedAloneAndAsItWas() throws IOException {
        pipeline(false);
        Event odd = event("odd");
        odd.add("extra", Map.of("Upper Case", "x"));
        String body = MessageJson.serialize(event("one")) + "\n" + MessageJson.serialize(odd) + "\n" + MessageJson.serialize(event("three")) + "\n";
        run("expert-queue", new Parcel(Parcel.Kind.EVENTS, 3, body.getBytes(UTF_8), null, 0, 0));
        assertEquals(List.of("one", "three"), written);
        assertEquals(MessageJson.serialize(odd), dump("expert").get(0).get("message"));
        assertEquals(1, dump("expert").size());
        assertEquals(List.of(), damage());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void eventThatOneBotHasMadeIsTakenByTheNextWithOrWithoutAQueueBetween(boolean fused) throws IOException {
        pipeline(fused);
        Event odd = event("odd");
        odd.add("extra", Map.of("Upper Case", "x"));
        run("expert-queue", Wire.encode(Parcel.Kind.EVENTS, List.of(event("one"), odd), 0, 0).get(0));
        assertEquals(List.of("one", "odd"), written);
    }

    @Test
    void eventThatOtherRulesHaveCheckedIsCheckedAgain() throws IOException {
        pipeline(false);
        Harmonization others = Harmonization.parse("""
                {"event": {"comment": {"type": "String"}, "colour": {"type": "String"}}, "report": {}}
                """);
        Message strange = new Event(others).add("comment", "strange").add("colour", "blue");
        Message usual = new Event(others).add("comment", "usual");
        List<Parcel> parcels = Wire.encode(Parcel.Kind.EVENTS, List.of(event("one"), strange, usual), 0, 0);
        assertEquals(List.of(1, 2), parcels.stream().map(Parcel::count).toList(), "a parcel for each harmonization");
        parcels.forEach(parcel -> run("expert-queue", parcel));
        assertEquals(List.of("one", "usual"), written);
        assertEquals(MessageJson.serialize(strange), dump("expert").get(0).get("message"));
    }

    @Test
    void flippedBytesCostTheirEventsAndAreTold() throws IOException {
        pipeline(true);
        String[] comments = IntStream.range(0, 500).mapToObj(i -> "event" + i).toArray(String[]::new);
        Parcel whole = parcel(comments);
        byte[] body = whole.body().clone();
        Random random = new Random(5);
        for (int i = 0; i < 5; i++) {
            int at = random.nextInt(body.length);
            body[at] = (byte) (body[at] ^ 1 << random.nextInt(7));
        }
        run("expert-queue", new Parcel(whole.kind(), whole.count(), body, null, 0, 0));
        assertTrue(written.size() >= 490 && written.size() < 500, written.size() + " events");
        assertTrue(Arrays.asList(comments).containsAll(written), "a damaged event has passed");
        assertEquals(500 - written.size(), dump("expert").size(), "no two of these flips hit one event");
        List<String> problems = damage();
        assertTrue(problems.get(0).startsWith("queue 'expert-queue': " + (500 - written.size()) + " messages were damaged on disk"), problems.toString());
        assertEquals(500 - written.size(), harness.engine().supervisor().counters("expert").failed());
    }

    @Test
    void batchThatIsCutShortIsTold() throws IOException {
        pipeline(true);
        Parcel whole = parcel("one", "two", "three", "four");
        byte[] body = Arrays.copyOf(whole.body(), whole.body().length / 2 + 5);
        run("expert-queue", new Parcel(whole.kind(), whole.count(), body, null, 0, 0));
        assertEquals(List.of("one", "two"), written);
        assertTrue(damage().get(0).startsWith("queue 'expert-queue': 2 messages were damaged"), damage().toString());
    }

    /** As this program and others wrote them before there were checksums. */
    @Test
    void bodyWithoutChecksumsIsRead() throws IOException {
        pipeline(true);
        String body = "id-one\t" + MessageJson.serialize(event("one")) + "\n\t" + MessageJson.serialize(event("two")) + "\nno JSON\n"
                + MessageJson.serialize(event("three"));
        run("expert-queue", new Parcel(Parcel.Kind.EVENTS, 4, body.getBytes(UTF_8), null, 0, 0));
        assertEquals(List.of("one", "two", "three"), written);
        assertEquals("no JSON", dump("expert").get(0).get("message"));
    }

    @Test
    void reportOfAnotherFormIsSetAsideOnceAndNotInAMillionPieces() throws IOException {
        pipeline(true);
        run("json-queue", report("[{\"comment\": \"one\"}" + ", 1".repeat(50_000) + "]"));
        assertEquals(List.of("one"), written);
        assertEquals(1, dump("json").size());
        assertTrue(dump("json").get(0).get("traceback").toString().contains("more than 10000 rows of the report cannot be parsed"));
    }

    private List<String> damage() {
        return harness.engine().problems().stream().map(Problem::text).filter(text -> text.contains("damaged")).toList();
    }
}
