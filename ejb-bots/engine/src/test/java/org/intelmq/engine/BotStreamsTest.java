package org.intelmq.engine;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.intelmq.bot.BotContext;
import org.intelmq.bot.BotType;
import org.intelmq.bot.ConfigurationException;
import org.intelmq.bot.Intake;
import org.intelmq.bot.NoParams;
import org.intelmq.bot.StreamBot;
import org.intelmq.bot.UndecodableException;
import org.intelmq.catalogue.Catalogue;
import org.intelmq.control.BotState;
import org.intelmq.control.Trial;
import org.intelmq.engine.wire.Wire;
import org.intelmq.message.Fields;
import org.intelmq.message.Message;
import org.intelmq.message.Report;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(20)
class BotStreamsTest {

    private static final String PARSER = "parser-queue";

    @TempDir
    Path root;

    /** What the source says next. */
    private final BlockingQueue<Said> source = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> acknowledged = new LinkedBlockingQueue<>();
    private final Queue<Exception> failures = new ConcurrentLinkedQueue<>();
    private EngineHarness harness;

    private record Said(String text, String identity) { }

    @BeforeEach
    void start() throws IOException {
        harness = new EngineHarness(root, Catalogue.of(List.of(
                BotType.stream("test.stream", "Stream", "Is told things.", NoParams.class, (params, context) -> bot(context)),
                BotType.parser("test.parser", "Parser", "Takes reports.", NoParams.class, (params, context) -> (report, out) -> { }))));
        configure("queue_limit: 500000");
        harness.start();
    }

    private void configure(String parameter) throws IOException {
        harness.configure("""
                global: {%s}
                in:
                  name: Test Feed
                  group: Collector
                  module: test.stream
                  parameters: {destination_queues: {_default: [%s]}}
                """.formatted(parameter, PARSER));
    }

    @AfterEach
    void stop() {
        harness.engine().close();
    }

    private StreamBot bot(BotContext context) {
        return intake -> {
            Exception failure = failures.poll();
            if (failure != null) {
                throw failure;
            }
            intake.connected();
            while (true) {
                Said said = source.take();
                tell(intake, context, said);
                acknowledged.add(said.text());
            }
        };
    }

    private static void tell(Intake intake, BotContext context, Said said) throws InterruptedException {
        if (said.text().startsWith("twice")) {
            intake.take(List.of(item(context, said), item(context, said)));
            return;
        }
        Report report = context.newReport();
        report.add(Fields.RAW, said.text());
        if (said.text().startsWith("broken")) {
            intake.reject(report, new UndecodableException("this is broken", null));
        } else {
            intake.take(report, said.identity());
        }
    }

    private static Intake.Item item(BotContext context, Said said) {
        Report report = context.newReport();
        report.add(Fields.RAW, said.text());
        return new Intake.Item(report, said.identity());
    }

    private void say(String text, String identity) {
        source.add(new Said(text, identity));
    }

    private List<String> waiting() {
        return harness.broker().peek(PARSER, 100).stream()
                .flatMap(parcel -> Wire.decode(parcel, harness.engine().harmonization(), "test").stream())
                .map(BotStreamsTest::text).toList();
    }

    private static String text(Message message) {
        return new String(Base64.getDecoder().decode(message.text(Fields.RAW)), StandardCharsets.UTF_8);
    }

    @Test
    void whatIsAcknowledgedIsInTheQueue() throws Exception {
        say("one", null);
        assertEquals("one", acknowledged.take());
        assertEquals(List.of("one"), waiting());

        Message message = Wire.decode(harness.broker().peek(PARSER, 1).get(0), harness.engine().harmonization(), "test").get(0);
        assertEquals("Test Feed", message.text(Fields.FEED_NAME));
        await().until(() -> harness.engine().supervisor().counters("in").sent().equals(Map.of("_default", 1L)));
        await().until(() -> harness.engine().supervisor().counters("in").succeeded() == 1);
        assertFalse(harness.broker().queues().contains("in.tick"), "nobody asks it");
    }

    @Test
    void whatTheSourceNamesIsTakenOnce() throws Exception {
        say("one", "a");
        say("one", "a");
        say("two", "b");
        say("same", null);
        say("same", null);
        for (int i = 0; i < 5; i++) {
            acknowledged.take();
        }

        assertEquals(List.of("one", "two", "same", "same"), waiting());
    }

    @Test
    void whatComesTwiceAtOnceIsTakenOnce() throws Exception {
        say("twice", "a");
        say("twice", "a");
        acknowledged.take();
        acknowledged.take();

        assertEquals(List.of("twice"), waiting());
    }

    @Test
    void remembersWhatItTookBeforeAReload() throws Exception {
        say("one", "a");
        acknowledged.take();
        harness.engine().reload("in");
        say("one", "a");
        say("two", "b");
        acknowledged.take();
        acknowledged.take();

        assertEquals(List.of("one", "two"), waiting());
    }

    @Test
    void whatCannotBeReadIsDumped() throws Exception {
        say("broken", null);
        assertEquals("broken", acknowledged.take());

        assertEquals(List.of(), waiting());
        assertTrue(Files.readString(root.resolve("var/log/in.dump")).contains("this is broken"));
    }

    @Test
    void aFullQueueHoldsTheSource() throws Exception {
        harness.engine().stop("in");
        configure("queue_limit: 2");
        harness.engine().start("in");
        say("one", null);
        say("two", null);
        acknowledged.take();
        acknowledged.take();
        await().until(() -> {
            harness.run();
            return harness.engine().roster().bot("in").held();
        });
        say("three", null);
        await().until(source::isEmpty);
        assertTrue(acknowledged.isEmpty());

        harness.broker().clear(PARSER);
        harness.advanceSeconds(2);
        harness.run();
        assertEquals("three", acknowledged.take());
    }

    @Test
    void waitsForASourceThatIsAway() throws Exception {
        harness.engine().stop("in");
        failures.add(new ConnectException("cannot connect to stomp.example:61613"));
        harness.engine().start("in");
        await().until(() -> harness.engine().roster().bot("in").patience().reason() != null);
        assertEquals(BotState.RUNNING, harness.engine().status("in"));
        say("one", null);
        assertEquals("one", acknowledged.take());

        assertNull(harness.engine().roster().bot("in").patience().reason());
        String log = Files.readString(root.resolve("var/log/in.log"));
        assertTrue(log.contains("cannot connect to stomp.example:61613. The bot connects again in 1 s"), log);
        assertTrue(log.contains("The bot continues"), log);
    }

    @Test
    void aTrialShowsWhatComesFirstAndLeavesItWithTheSource() throws Exception {
        harness.engine().stop("in");
        say("one", null);
        say("two", null);
        Trial trial = new EngineControl(harness.engine()).process("in", null, true, null);

        assertEquals(1, trial.sent().size(), trial.log().toString());
        assertTrue(trial.sent().get(0).message().contains("Test Feed"), trial.toString());
        assertEquals(List.of(), waiting());
        assertTrue(acknowledged.isEmpty());
    }

    @Test
    void aTrialInEarnestTakesWhatComesFirst() throws Exception {
        harness.engine().stop("in");
        say("one", null);
        say("two", null);
        new EngineControl(harness.engine()).process("in", null, false, null);

        assertEquals(List.of("one"), waiting());
        assertEquals("one", acknowledged.take());
        assertTrue(acknowledged.isEmpty());
    }

    @Test
    void aWrongParameterStopsTheBot() throws Exception {
        harness.engine().stop("in");
        failures.add(new ConfigurationException("parameter 'topic' cannot be \"x\": there is none"));
        harness.engine().start("in");
        await().until(() -> {
            harness.run();
            return harness.engine().status("in") == BotState.STOPPED;
        });

        assertEquals(List.of("in"), harness.engine().missing());
    }

    @Test
    void stopsWhileItsSourceIsSilent() throws Exception {
        say("one", null);
        acknowledged.take();
        harness.engine().stop("in");
        say("two", null);

        assertEquals(BotState.STOPPED, harness.engine().status("in"));
        assertEquals(1, source.size());
        assertEquals(List.of("one"), waiting());
    }

    @Test
    void theEndOfTheServerIsTheEndOfItsStreams() throws Exception {
        CountDownLatch closed = new CountDownLatch(1);
        new Thread(() -> {
            harness.engine().close();
            closed.countDown();
        }).start();
        closed.await();
        say("late", null);

        assertEquals(List.of(), waiting());
        assertEquals(1, source.size());
    }
}
