package org.intelmq.bots.outputs.elasticsearch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.intelmq.bot.BatchBot;
import org.intelmq.bot.Http;
import org.intelmq.bot.UnavailableException;
import org.intelmq.message.Event;
import org.intelmq.message.Harmonization;
import org.intelmq.message.Message;
import org.intelmq.network.JdkHttp;
import org.intelmq.testing.Parameters;
import org.intelmq.testing.RecordingOutbox;
import org.intelmq.testing.TestContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The elasticsearch output against a real OpenSearch. */
@Timeout(120)
class OpenSearchTest {

    private static final RecordingOutbox NOWHERE = new RecordingOutbox();

    @TempDir
    static Path folder;

    private static OpenSearchNode search;

    @BeforeAll
    static void start() throws Exception {
        search = new OpenSearchNode(folder);
    }

    @AfterAll
    static void stop() throws Exception {
        search.close();
    }

    @SuppressWarnings("unchecked")
    private static BatchBot<Message> output(String index, Object... more) throws Exception {
        List<Object> all = new ArrayList<>(List.of("elastic_port", search.port(), "elastic_index", index));
        all.addAll(List.of(more));
        ElasticsearchOutput.Params params = Parameters.of(ElasticsearchOutput.Params.class, all.toArray());
        Http http = new JdkHttp(params.server().http());
        return (BatchBot<Message>) (Object) ElasticsearchOutput.TYPE.factory().create(params, new TestContext().http(http));
    }

    private static List<Message> events(int from, int to) {
        List<Message> events = new ArrayList<>();
        for (int i = from; i < to; i++) {
            Event event = new Event(Harmonization.standard());
            event.add("comment", "ü " + i).add("source.port", (long) i + 1).add("extra.list", List.of(1L, 2L)).add("time.source", "2026-01-02T03:04:05+00:00");
            event.identify("report-" + i);
            events.add(event);
        }
        return events;
    }

    @Test
    void writesBatchesAndNoneTwice() throws Exception {
        try (BatchBot<Message> output = output("once")) {
            output.processAll(events(0, 500), NOWHERE);
            output.processAll(events(250, 600), NOWHERE);
            output.process(events(7, 8).get(0), NOWHERE);
            output.process(events(600, 601).get(0), NOWHERE);
        }
        assertEquals(601, search.count("once"));
        String found = search.ask("GET", "once/_search?q=source.port:8", "");
        assertTrue(found.contains("\"comment\": \"ü 7\"") && found.contains("\"extra.list\": [1, 2]"), found);
    }

    @Test
    void whatDoesNotFitTheMappingFailsAndTheRestStays() throws Exception {
        search.ask("PUT", "narrow", "{\"mappings\": {\"dynamic\": \"false\", \"properties\": {\"source.port\": {\"type\": \"byte\"}}}}");
        try (BatchBot<Message> output = output("narrow")) {
            List<Message> events = events(120, 130);
            assertThrows(IOException.class, () -> output.processAll(events, NOWHERE));
            List<String> failures = new ArrayList<>();
            for (Message event : events) {
                try {
                    output.process(event, NOWHERE);
                } catch (IOException e) {
                    failures.add(e.getMessage());
                }
            }
            assertEquals(3, failures.size(), failures.toString());
            assertTrue(failures.get(0).contains("index 'narrow' refused the event: status 400, mapper_parsing_exception"), failures.get(0));
        }
        assertEquals(7, search.count("narrow"));
    }

    @Test
    void beginsIndicesWhereThereIsATemplate() throws Exception {
        search.ask("PUT", "_index_template/rotating", "{\"index_patterns\": [\"rotating-*\"], \"template\": {\"settings\": {\"number_of_replicas\": 0}}}");
        try (BatchBot<Message> output = output("rotating", "rotate_index", "daily")) {
            output.processAll(events(0, 10), NOWHERE);
        }
        assertEquals(10, search.count("rotating-2026-01-02"));
    }

    @Test
    void anIndexThatMayNotBeWrittenToWaits() throws Exception {
        try (BatchBot<Message> output = output("locked")) {
            output.processAll(events(0, 5), NOWHERE);
            search.ask("PUT", "locked/_settings", "{\"index.blocks.write\": true}");
            assertThrows(UnavailableException.class, () -> output.processAll(events(5, 10), NOWHERE));
            search.ask("PUT", "locked/_settings", "{\"index.blocks.write\": null}");
            output.processAll(events(0, 10), NOWHERE);
        }
        assertEquals(10, search.count("locked"));
    }

    @Test
    void goesOnAfterAStopOfTheServer() throws Exception {
        try (BatchBot<Message> output = output("stopped")) {
            output.processAll(events(0, 100), NOWHERE);
            search.stop();
            assertThrows(UnavailableException.class, () -> output.processAll(events(50, 150), NOWHERE));
            search.start();
            boolean isDone = false;
            for (int i = 0; i < 100 && !isDone; i++) {
                isDone = isTaken(output, events(50, 150));
            }
            assertTrue(isDone);
        }
        assertEquals(150, search.count("stopped"));
    }

    /** The shards of a node that has just been started are not ready at once. */
    private static boolean isTaken(BatchBot<Message> output, List<Message> events) throws Exception {
        try {
            output.processAll(events, NOWHERE);
            return true;
        } catch (UnavailableException e) {
            search.ask("GET", "_cluster/health?wait_for_status=yellow&timeout=1s", "");
            return false;
        }
    }
}
