package org.intelmq.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.intelmq.bot.Bot;
import org.intelmq.bot.BotContext;
import org.intelmq.bot.BotType;
import org.intelmq.bot.ConfigurationException;
import org.intelmq.bot.NoParams;
import org.intelmq.bot.Tick;
import org.intelmq.bot.UnavailableException;
import org.intelmq.catalogue.Catalogue;
import org.intelmq.control.BotState;
import org.intelmq.engine.failure.Away;
import org.intelmq.message.Event;
import org.intelmq.message.Fields;
import org.intelmq.message.Message;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WaitsTest {

    @TempDir
    Path root;

    private final List<String> written = new ArrayList<>();
    private final List<String> tried = new ArrayList<>();
    private Exception awayAtStart;
    private Exception awayAtWork;
    private String unreachable = "none";
    private int made;
    private EngineHarness harness;

    @BeforeEach
    void makeHarness() throws IOException {
        harness = new EngineHarness(root, Catalogue.of(List.of(
                BotType.collector("test.source", "Source", "Reads a source.", NoParams.class, (params, context) -> source(context)),
                BotType.output("test.service", "Service", "Needs a service.", NoParams.class, (params, context) -> output()))));
        harness.configure("""
                global: {error_retry_delay: 10, error_max_retries: 2}
                out:
                  group: Output
                  module: test.service
                """);
    }

    private Bot<Tick> source(BotContext context) {
        return (tick, out) -> {
            tried.add("source");
            if (awayAtWork != null) {
                throw awayAtWork;
            }
            Event event = context.newEvent();
            event.add(Fields.COMMENT, "collected");
            out.send(event);
        };
    }

    private Bot<Message> output() throws Exception {
        made++;
        if (awayAtStart != null) {
            throw awayAtStart;
        }
        return (message, out) -> {
            String comment = message.text(Fields.COMMENT);
            tried.add(comment);
            if (awayAtWork != null) {
                throw awayAtWork;
            }
            if (comment.equals(unreachable)) {
                throw new IOException("GET http://" + comment + " failed", new ConnectException("refused"));
            }
            written.add(comment);
        };
    }

    private void send(String... comments) {
        for (String comment : comments) {
            new EngineControl(harness.engine()).send("out-queue", "{\"comment\": \"" + comment + "\", \"__type\": \"Event\"}");
        }
    }

    private String waitingFor() {
        return new EngineControl(harness.engine()).statistics("out").waitingFor();
    }

    private long logged(String text) throws IOException {
        return Files.readAllLines(root.resolve("var/log/out.log")).stream().filter(line -> line.contains(text)).count();
    }

    private void letPass(int seconds) {
        for (int i = 0; i < seconds; i += 5) {
            harness.advanceSeconds(5);
            harness.run();
        }
    }

    static Stream<Exception> awayAtStart() {
        return Stream.of(new UnavailableException("Redis at cache.example:6379 cannot be reached: refused"),
                new IOException("GET https://directory.example/teams failed after 3 tries: refused", new ConnectException("refused")),
                new ConnectException("refused"),
                new ConfigurationException("the schema cannot be fetched", new IOException("no answer", new java.net.UnknownHostException("feeds.example"))),
                new ConfigurationException("parameter 'file': \"/net/out\" cannot be opened for writing",
                        new FileSystemException("/net/out", null, "Stale file handle")));
    }

    @ParameterizedTest
    @MethodSource("awayAtStart")
    void aBotWhoseServiceIsAwayAtTheStartRunsAndWaits(Exception reason) throws IOException {
        awayAtStart = reason;
        harness.start();
        send("one", "two");
        letPass(600);

        assertEquals(BotState.RUNNING, harness.engine().status("out"));
        assertEquals(2, harness.broker().length("out-queue"));
        assertEquals(Away.reason(reason), waitingFor());
        assertEquals(1, logged("The bot waits"));
        assertTrue(made >= 5 && made <= 8, "pauses grow, but there were " + made + " tries");

        awayAtStart = null;
        letPass(300);
        assertEquals(List.of("one", "two"), written);
        assertNull(waitingFor());
        assertEquals(1, logged("The bot continues"));
    }

    @Test
    void aReloadWaitsToo() {
        harness.start();
        awayAtStart = new UnavailableException("away");
        harness.engine().reload("out");
        send("one");
        harness.run();
        assertEquals(BotState.RUNNING, harness.engine().status("out"));
        assertEquals(List.of(), written);

        awayAtStart = null;
        letPass(10);
        assertEquals(List.of("one"), written);
    }

    @Test
    void aBotThatWaitsCanBeStoppedAndStarted() {
        awayAtStart = new UnavailableException("away");
        harness.start();
        harness.engine().stop("out");
        assertEquals(BotState.STOPPED, harness.engine().status("out"));
        awayAtStart = null;
        harness.engine().start("out");
        send("one");
        letPass(20);
        assertEquals(List.of("one"), written);
        assertEquals(2, made);
    }

    @Test
    void aWrongParameterRefusesAtOnceAlsoWhenItShowsOnlyAfterAWait() {
        awayAtStart = new UnavailableException("away");
        harness.start();
        awayAtStart = new ConfigurationException("parameter 'mood' cannot be \"bad\": expected good");
        letPass(10);
        assertEquals(BotState.STOPPED, harness.engine().status("out"));
        assertTrue(harness.engine().problems().toString().contains("parameter 'mood'"), harness.engine().problems().toString());

        new EngineControl(harness.engine()).start(List.of("out"));
        assertEquals(BotState.STOPPED, harness.engine().status("out"));
    }

    @Test
    void aServiceThatGoesAwayWhileTheBotWorksIsSaidOnceAndTriedLessAndLessOften() throws IOException {
        harness.start();
        awayAtWork = new UnavailableException("database events at db.example:5432 has gone");
        send("one");
        letPass(600);
        assertEquals(1, logged("has gone"));
        assertTrue(tried.size() >= 5 && tried.size() <= 8, "pauses grow, but there were " + tried.size() + " tries");
        assertEquals(0, new EngineControl(harness.engine()).statistics("out").failed());

        awayAtWork = null;
        letPass(300);
        assertEquals(List.of("one"), written);
        assertNull(waitingFor());
    }

    /** It answers now and then, for half a minute each: reported at most once a minute, as is each wait that lasts. */
    @Test
    void aServiceThatComesAndGoesIsToldOfOnceAMinute() throws IOException {
        harness.configure("""
                global: {error_retry_delay: 1}
                out:
                  group: Output
                  module: test.service
                """);
        harness.start();
        for (int second = 0; second < 180; second += 5) {
            awayAtWork = second % 10 == 0 ? new UnavailableException("database events at db.example:5432 has gone") : null;
            send("event" + second);
            harness.run();
            harness.advanceSeconds(5);
        }
        assertTrue(tried.size() > 30, "it comes and goes: " + tried.size());
        assertTrue(logged("has gone") >= 2 && logged("has gone") <= 3, "told " + logged("has gone") + " times in three minutes");
        assertTrue(logged("The bot continues") <= logged("has gone"));

        // one that begins within the minute and stays is reported when that is over
        long before = logged("has gone");
        awayAtWork = new UnavailableException("database events at db.example:5432 has gone");
        send("last");
        letPass(300);
        assertEquals(before + 1, logged("has gone"));
    }

    @Test
    void eventsAreNotDumpedWhileTheHostOfAllOfThemRefusesConnections() throws IOException {
        harness.start();
        awayAtWork = new IOException("POST https://siem.example/ failed", new ConnectException("refused"));
        send("one", "two", "three");
        letPass(1200);
        assertFalse(Files.exists(root.resolve("var/log/out.dump")));
        assertEquals(3, harness.broker().length("out-queue"));
        assertEquals(1, logged(" - ERROR - "), "of the first event alone, which might have been at fault");
        assertEquals(1, logged(" - WARNING - "));

        awayAtWork = null;
        letPass(300);
        assertEquals(List.of("one", "three", "two"), written.stream().sorted().toList());
    }

    static Stream<Exception> fullDisks() {
        return Stream.of(new FileSystemException("/data/events.txt", null, "No space left on device"),
                new IOException("Disk quota exceeded"),
                new UncheckedIOException("the record of what was sent cannot be written", new IOException("No space left on device")),
                new FileSystemException("/data/events.txt", null, "Read-only file system"));
    }

    @ParameterizedTest
    @MethodSource("fullDisks")
    void nothingIsDumpedOrLoggedAsAnErrorWhileADiskTakesNothing(Exception reason) throws IOException {
        harness.start();
        awayAtWork = reason;
        send("one", "two");
        letPass(1200);
        assertFalse(Files.exists(root.resolve("var/log/out.dump")));
        assertEquals(2, harness.broker().length("out-queue"));
        assertEquals(0, logged(" - ERROR - "));
        assertEquals(1, logged("The bot waits"));

        awayAtWork = null;
        letPass(300);
        assertEquals(List.of("one", "two"), written.stream().sorted().toList());
    }

    @Test
    void aFullDiskIsNamedWithWhatHelps() throws IOException {
        harness.start();
        awayAtWork = new FileSystemException("/data/events.txt", null, "No space left on device");
        send("one");
        harness.run();
        String reason = "/data/events.txt: No space left on device. Free some space on that file system.";
        assertEquals(reason, waitingFor());
        assertEquals(1, logged(reason + " The bot waits, and its messages stay in the queue"));
        assertTrue(harness.engine().problems().toString().contains("bot 'out': waits: " + reason), harness.engine().problems().toString());
    }

    @Test
    void aHostThatOneEventAloneNamesHoldsNobodyAndIsGivenUp() throws IOException {
        harness.start();
        unreachable = "dead";
        send("dead");
        for (int i = 0; i < 10; i++) {
            send("good" + i);
            letPass(10);
        }
        assertEquals(10, written.size());
        assertTrue(Files.readString(root.resolve("var/log/out.dump")).contains("dead"));
        assertEquals(0, harness.broker().length("out-queue"));
    }

    @Test
    void aCollectorWhoseSourceIsAwayWaitsEvenIfErrorsShouldStopIt() throws IOException {
        harness.configure("""
                global: {error_retry_delay: 10, error_max_retries: 0, error_procedure: stop}
                source:
                  group: Collector
                  module: test.source
                  parameters: {rate_limit: 3600, destination_queues: {_default: [out-queue]}}
                out:
                  group: Output
                  module: test.service
                """);
        awayAtWork = new IOException("GET https://feeds.example/ failed", new ConnectException("refused"));
        harness.start();
        letPass(600);
        assertEquals(BotState.RUNNING, harness.engine().status("source"));
        assertTrue(tried.size() >= 5 && tried.size() <= 8, "pauses grow, but there were " + tried.size() + " tries");
        List<String> told = Files.readAllLines(root.resolve("var/log/source.log")).stream().filter(line -> !line.contains(" - INFO - ")).toList();
        assertEquals(1, told.size(), told::toString);

        awayAtWork = null;
        letPass(300);
        assertEquals(List.of("collected"), written);
    }
}
