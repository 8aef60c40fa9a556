package org.intelmq.administration.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.intelmq.administration.AtWork;
import org.intelmq.administration.Refusal;
import org.intelmq.administration.bots.BotAction;
import org.intelmq.administration.bots.ChangeBots;
import org.intelmq.message.Event;
import org.intelmq.message.Harmonization;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TapTest {

    private static final String RUNTIME = """
            expert:
              group: Expert
              module: intelmq.bots.experts.taxonomy.expert
              parameters: {destination_queues: {_default: [out-queue], spam: [out-queue]}}
            out: {group: Output, module: intelmq.bots.outputs.file.output, parameters: {file: out.txt}}
            """;

    @TempDir
    private Path root;

    private static List<Object> ports(Source source) {
        return source.news().stream().<Object>map(event -> ((Map<?, ?>) event.get("event")).get("source.port")).toList();
    }

    private TapSource tap(AtWork server, String topic, String where) {
        LiveTopic wanted = LiveTopic.of(topic, where).get(0);
        return new TapSource(wanted, wanted.bot().equals("expert"), server.site().queues(), Clock.systemUTC());
    }

    @Test
    void showsWhatABotSendsAndAnOutputTakesAlsoAfterARestart() throws Exception {
        try (AtWork server = new AtWork(root, RUNTIME); TapSource sent = tap(server, "tap:expert", null); TapSource none = tap(server, "tap:expert:spam", null);
                TapSource taken = tap(server, "tap:out", "source.port = 2")) {
            server.memory().control().send("expert-queue", "{\"__type\": \"Event\", \"source.port\": 1, \"classification.type\": \"scanner\"}");
            server.run();
            server.ask(new ChangeBots(BotAction.RESTART, List.of("expert", "out")));
            server.memory().control().send("expert-queue", "{\"__type\": \"Event\", \"source.port\": 2, \"classification.type\": \"scanner\"}");
            server.run();
            assertEquals(List.of(1L, 2L), ports(sent));
            assertEquals(List.of(2L), ports(taken));
            assertEquals(List.of(), ports(none));
        }
    }

    @Test
    void showsFiftyASecondAndCountsTheRest() throws Exception {
        try (AtWork server = new AtWork(root, RUNTIME); TapSource tap = tap(server, "tap:out", null)) {
            for (int i = 0; i < 60; i++) {
                server.memory().control().send("out-queue", "{\"__type\": \"Event\", \"source.port\": " + i + "}");
            }
            server.run();
            List<Map<String, Object>> seen = tap.news();
            assertEquals(50, seen.size());
            assertEquals(10L, seen.get(49).get("not_shown"));
        }
    }

    @Test
    void understandsConditions() {
        Event event = new Event(Harmonization.standard());
        event.put("source.asn", 64496).put("malware.name", "emotet").put("comment", "two words");
        for (String holds : List.of("source.asn", "source.asn = 64496", "source.asn=64496 and malware.name ^= emo", "comment *= 'o w'",
                "source.ip != 192.0.2.1",
                "comment = \"two words\" and malware.name != other")) {
            assertEquals(true, new MessageFilter(holds).test(event), holds);
        }
        for (String not : List.of("source.ip", "source.asn != 64496", "malware.name ^= mot", "source.asn and source.ip")) {
            assertEquals(false, new MessageFilter(not).test(event), not);
        }
        for (String wrong : List.of("= 3", "source.asn =", "source.asn = 1 or source.asn = 2", "source.asn and", "__type = Event")) {
            assertThrows(Refusal.class, () -> new MessageFilter(wrong), wrong);
        }
    }
}
