package org.intelmq.administration.feeds;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.intelmq.administration.Operation;
import org.intelmq.administration.Refusal;
import org.intelmq.administration.TestServer;
import org.intelmq.administration.configuration.ChangeDraft;
import org.intelmq.administration.configuration.Draft;
import org.intelmq.administration.configuration.ReadDraft;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FeedsTest {

    private static final String FEED = "abuse-ch-feodo-tracker";
    private static final String ROW = "{\"ip_address\": \"192.0.2.%d\", \"port\": 443, \"malware\": \"Dridex\", \"first_seen\": \"2026-01-02 03:04:05\"}";

    @TempDir
    private Path root;
    private TestServer server;
    private HttpServer web;
    private int status = 200;
    private String answer = "[" + String.join(", ", ROW.formatted(1), ROW.formatted(2), ROW.formatted(3), ROW.formatted(4)) + "]";

    @BeforeEach
    void begin() throws Exception {
        server = new TestServer(root, """
                nameless-collector:
                  group: Collector
                  module: intelmq.bots.collectors.file.collector_file
                  parameters: {path: /nowhere, destination_queues: {_default: [out-queue]}}
                own-collector:
                  group: Collector
                  module: intelmq.bots.collectors.file.collector_file
                  parameters: {path: /nowhere, name: Ours, provider: Us, rate_limit: 3600, destination_queues: {_default: [out-queue]}}
                out: {group: Output, module: intelmq.bots.outputs.blackhole.output}
                """);
        web = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        web.createContext("/", exchange -> {
            try (exchange) {
                byte[] body = answer.getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(status, body.length);
                exchange.getResponseBody().write(body);
            }
        });
        web.start();
    }

    @AfterEach
    void end() {
        web.stop(0);
        server.close();
    }

    private <A> A ask(Operation<A> operation) throws Exception {
        return server.ask("anna", operation);
    }

    private SampleFeed.Answer sample() throws Exception {
        return ask(new SampleFeed(FEED, Map.of("http_url", "http://127.0.0.1:" + web.getAddress().getPort() + "/feed.json", "key", "k")));
    }

    @Test
    void listsKnownFeedsAndOwnOnes() throws Exception {
        List<ReadFeeds.Entry> feeds = ask(new ReadFeeds());
        ReadFeeds.Entry own = feeds.get(feeds.size() - 1);
        assertEquals(List.of("own-collector", "Ours", "Us", "stopped", "off"), List.of(own.id(), own.name(), own.provider(), own.status(), own.light()));
        assertEquals(3600, own.interval());
        assertEquals("nameless-collector", ask(new ReadFeeds.One("nameless-collector")).name());
        ReadFeeds.Entry known = ask(new ReadFeeds.One(FEED));
        assertEquals(List.of("unused", "off", "key"), List.of(known.status(), known.light(), known.access()));
        assertTrue(feeds.stream().anyMatch(each -> each.access().equals("key") && !each.set().isEmpty()));
        assertEquals("unknown-feed", assertThrows(Refusal.class, () -> ask(new ReadFeeds.One("none"))).code());
    }

    @ParameterizedTest
    @CsvSource({"true, false, 60, , OK", "true, false, 90, , OK", "true, false, 100, , LATE", "true, false, 200, , SILENT", "true, false, , , NEW",
        "true, false, , 10, FAILS", "true, false, 60, 10, FAILS", "true, false, 10, 60, OK", "false, false, 10, , OFF", "false, true, 10, , FAILS"})
    void theLightTellsWhenItLastWorked(boolean runs, boolean missing, Long success, Long failure, Light light) {
        Instant now = Instant.parse("2026-01-02T03:04:05Z");
        assertEquals(light, Light.of(runs, missing, success == null ? null : now.minusSeconds(success), failure == null ? null : now.minusSeconds(failure),
                Duration.ofSeconds(60), now));
    }

    @Test
    void showsThreeRealEventsAndLeavesNothing() throws Exception {
        Map<String, Long> before = files();
        SampleFeed.Answer answered = sample();
        assertNull(answered.step(), answered.error());
        assertEquals(3, answered.events().size());
        assertEquals(4, answered.count());
        assertEquals("192.0.2.1", answered.events().get(0).get("source.ip"));
        assertEquals("Feodo Tracker", answered.events().get(0).get("feed.name"));
        assertEquals(before, files());
        assertEquals(0, server.memory().control().queues().values().stream().mapToLong(each -> each).sum());
    }

    private Map<String, Long> files() throws IOException {
        Map<String, Long> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(root)) {
            for (Path each : all.filter(Files::isRegularFile).filter(file -> !file.toString().contains("configuration")).toList()) {
                files.put(each.toString(), Files.size(each));
            }
        }
        return files;
    }

    @Test
    void aFailureNamesItsStep() throws Exception {
        status = 401;
        assertEquals("login", sample().step());
        status = 500;
        assertEquals("network", sample().step());
        status = 200;
        answer = "<html>a page</html>";
        assertEquals("format", sample().step());
        web.stop(0);
        SampleFeed.Answer away = sample();
        assertEquals("network", away.step());
        assertFalse(away.error().isBlank());
    }

    @Test
    void addsAFeedToTheDraft() throws Exception {
        Refusal undecided = assertThrows(Refusal.class, () -> ask(new DraftFeed("vxvault-urls", Map.of(), null)));
        assertEquals("unclear-destination", undecided.code());
        Draft draft = ask(new DraftFeed(FEED, Map.of("key", "k"), List.of("out")));
        assertTrue(draft.bots().containsKey(FEED + "-collector") && draft.bots().containsKey(FEED + "-parser"), draft.text());
        assertEquals(List.of(FEED + "-collector", FEED + "-parser"), ask(new ReadDraft.Planned(null)).starts().stream().sorted().toList());
    }

    @Test
    void theFirstFeedBringsAnEventDatabase() throws Exception {
        ask(new ChangeDraft("{}", null, null));
        Draft draft = ask(new DraftFeed(FEED, Map.of("key", "k"), List.of()));
        Map<?, ?> output = (Map<?, ?>) draft.bots().get("sql-output");
        assertEquals("intelmq.bots.outputs.sql.output", output.get("module"));
        Map<?, ?> parser = (Map<?, ?>) draft.bots().get(FEED + "-parser");
        assertEquals(Map.of("_default", List.of("sql-output-queue")), ((Map<?, ?>) parser.get("parameters")).get("destination_queues"));
        assertEquals(List.of(), draft.problems());
    }

    @Test
    void aFeedThatNeedsAKeySaysSo() throws Exception {
        ReadFeeds.Entry keyed = ask(new ReadFeeds()).stream().filter(each -> each.access().equals("key")).findFirst().orElseThrow();
        Refusal refusal = assertThrows(Refusal.class, () -> ask(new SampleFeed(keyed.id(), Map.of())));
        assertTrue(refusal.getMessage().contains(keyed.set().keySet().iterator().next()), refusal.getMessage());
    }
}
