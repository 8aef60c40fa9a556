package org.intelmq.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.intelmq.bot.Bot;
import org.intelmq.bot.BotContext;
import org.intelmq.bot.BotType;
import org.intelmq.bot.CacheParams;
import org.intelmq.bot.Dns;
import org.intelmq.bot.Http;
import org.intelmq.bot.HttpParams;
import org.intelmq.bot.NoParams;
import org.intelmq.bot.State;
import org.intelmq.catalogue.Catalogue;
import org.intelmq.control.LogFile;
import org.intelmq.control.Trial;
import org.intelmq.engine.lend.Services;
import org.intelmq.engine.memory.MemoryEngine;
import org.intelmq.message.Fields;
import org.intelmq.message.Message;
import org.intelmq.pipeline.Installation;
import org.intelmq.state.BotMemories;
import org.intelmq.state.TransactionalState;
import org.intelmq.testing.CannedHttp;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DebugLogTest {

    private static final String ADDRESS = "https://user:pass@directory.example/teams?api_key=s3cret";
    private static final String PIPELINE = """
            asker:
              group: Expert
              module: test.asker
              parameters: {destination_queues: {_default: [out-queue]}}
            out:
              group: Output
              module: test.out
            """;

    @TempDir
    Path root;

    private final CannedHttp http = new CannedHttp().at(ADDRESS, 404, new byte[0]);
    private BotMemories states;
    private MemoryEngine memory;

    record AskerParams(HttpParams http, CacheParams cache) { }

    private static Bot<Message> asker(AskerParams params, BotContext context) {
        Http http = context.http(params.http());
        State state = context.state(params.cache());
        return (message, out) -> {
            String comment = message.text(Fields.COMMENT);
            if (comment.equals("bad")) {
                throw new IllegalStateException("refused on purpose");
            }
            http.send(http.request(URI.create(ADDRESS)).GET().build()).body().close();
            context.dns().lookup("host.example", "A").join();
            if (state.remember(comment, Duration.ofDays(1))) {
                out.send(message);
            }
        };
    }

    private void start(String level, String pipeline) throws IOException {
        Files.createDirectories(root.resolve("etc"));
        Files.writeString(root.resolve("etc/runtime.yaml"), pipeline);
        Clock clock = Clock.systemUTC();
        states = new BotMemories(root.resolve("states"), clock);
        Services services = new Services() {

            @Override
            public Clock clock() {
                return clock;
            }

            @Override
            public long queueLength(String queue) {
                return 0;
            }

            @Override
            public Http http(HttpParams params) {
                return http;
            }

            @Override
            public Dns dns() {
                return (name, type) -> CompletableFuture.completedFuture(List.of("192.0.2.1"));
            }

            @Override
            public TransactionalState state(String botId, CacheParams params) {
                return states.open(botId, params);
            }
        };
        memory = new MemoryEngine(Installation.at(root), Map.of("INTELMQ_LOGGING_LEVEL", level), Catalogue.of(List.of(
                BotType.expert("test.asker", "Asker", "Asks others.", AskerParams.class, DebugLogTest::asker),
                BotType.output("test.out", "Out", "Takes all.", NoParams.class, (params, context) -> (message, out) -> { }))), services);
        memory.engine().start();
    }

    @AfterEach
    void stop() {
        if (memory != null) {
            memory.close();
            states.close();
        }
    }

    private void send(String... comments) {
        for (String comment : comments) {
            memory.control().send("asker-queue", "{\"comment\": \"" + comment + "\", \"__type\": \"Event\"}");
        }
        memory.run();
    }

    private String log(String bot) throws IOException {
        return Files.readString(root.resolve("var/log/" + bot + ".log"));
    }

    private static void assertLine(String pattern, String log) {
        assertTrue(Pattern.compile(" - DEBUG - " + pattern + "$", Pattern.MULTILINE).matcher(log).find(), pattern + " is not in\n" + log);
    }

    @Test
    void tellsWhatCameInWhatWasAskedAndWhatWentWhere() throws IOException {
        start("DEBUG", PIPELINE);
        send("one", "one", "bad");

        String log = log("asker");
        assertLine("Received 1 message\\.", log);
        assertLine("GET https://\\*\\*\\*@directory\\.example/teams\\?api_key=\\*\\*\\* answered with status 404 in \\d+ ms\\.", log);
        assertLine("DNS look-up of host\\.example A answered with \\[192\\.0\\.2\\.1\\] in \\d+ ms\\.", log);
        assertLine("Remembered from now on: one", log);
        assertLine("Remembered before: one", log);
        assertLine("Sent 1 message along path '_default' to bot 'out', past its queue 'out-queue'\\.", log);
        assertLine("1 of 1 message went through\\.", log);
        assertLine("1 message back to queue 'asker-queue', to come again at 20.*Z\\.", log);
        assertLine("0 of 1 message went through\\.", log);
        assertLine("Received 1 message\\.", log("out"));
    }

    @Test
    void tellsNothingOfThatAtTheUsualLevel() throws IOException {
        start("INFO", PIPELINE);
        send("one", "one", "bad");
        assertFalse(log("asker").contains("DEBUG"), log("asker"));
    }

    @Test
    void aTrialTellsMoreThanTheFileIfAskedTo() throws IOException {
        start("INFO", PIPELINE);
        memory.engine().stop("asker");
        String message = "{\"comment\": \"one\", \"__type\": \"Event\"}";
        Trial trial = memory.control().process("asker", message, true, LogFile.Level.DEBUG);
        String lines = String.join("\n", trial.log());
        assertLine("Received message .*\"comment\": ?\"one\".*", lines);
        assertLine("Sends along path '_default' to queues \\[out-queue\\] message .*\"one\".*", lines);
        assertLine("GET https://.* answered with status 404 in \\d+ ms\\.", lines);
        assertFalse(log("asker").contains("DEBUG"), log("asker"));

        Trial usual = memory.control().process("asker", message, true, null);
        assertFalse(String.join("\n", usual.log()).contains("DEBUG"), usual.log().toString());
        Trial failing = memory.control().process("asker", message.replace("one", "bad"), true, LogFile.Level.ERROR);
        assertTrue(failing.log().stream().allMatch(line -> line.contains(" - ERROR - ")) && !failing.log().isEmpty(), failing.log().toString());
    }

    @Test
    void countsOnlyWhatWentThroughAsProcessed() throws IOException {
        start("INFO", "global: {log_processed_messages_count: 2, error_retry_delay: 3600}\n" + PIPELINE);
        send("bad", "bad", "one", "bad", "two");
        List<String> processed = log("asker").lines().filter(line -> line.contains("Processed")).toList();
        assertEquals(1, processed.size(), processed.toString());
        assertTrue(processed.get(0).endsWith("Processed 2 messages since last logging."), processed.toString());
        assertEquals(3, memory.broker().length("asker-queue"));
    }

    @Test
    void countsNothingAsProcessedThatRateLimitSendsBack() throws IOException {
        start("INFO", "global: {log_processed_messages_count: 1, rate_limit: 3600}\n" + PIPELINE);
        send("one", "two", "three");
        assertEquals(1, log("asker").lines().filter(line -> line.contains("Processed 1 messages")).count(), log("asker"));
        assertEquals(2, memory.broker().length("asker-queue"));
    }
}
