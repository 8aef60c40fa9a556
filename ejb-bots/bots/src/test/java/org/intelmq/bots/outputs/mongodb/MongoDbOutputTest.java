package org.intelmq.bots.outputs.mongodb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.IndexOptions;
import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.bson.Document;
import org.bson.types.ObjectId;
import org.intelmq.bot.UnavailableException;
import org.intelmq.message.Event;
import org.intelmq.message.Harmonization;
import org.intelmq.message.Message;
import org.intelmq.parameters.ParameterSchema;
import org.intelmq.testing.Parameters;
import org.intelmq.testing.RecordingOutbox;
import org.intelmq.testing.TestContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class MongoDbOutputTest {

    private MongoServer server;
    private MongoClient client;
    private MongoCollection<Document> collection;

    @BeforeEach
    void start() {
        server = new MongoServer(new MemoryBackend());
        String address = server.bindAndGetConnectionString();
        client = MongoClients.create(address);
        collection = client.getDatabase("intelmq").getCollection("events");
    }

    @AfterEach
    void stop() {
        client.close();
        server.shutdownNow();
    }

    private MongoDbOutput output(Object... more) {
        List<Object> parameters = new ArrayList<>(List.of("host", "127.0.0.1", "port", server.getLocalAddress().getPort(), "database", "intelmq",
                "collection", "events"));
        parameters.addAll(List.of(more));
        return new MongoDbOutput(Parameters.of(MongoDbOutput.Params.class, parameters.toArray()), new TestContext());
    }

    private static Message event(int number) {
        Message event = new Event(Harmonization.standard()).add("source.ip", "192.0.2." + number).add("time.source", "2026-01-02T03:04:05+00:00")
                .add("time.observation", "2026-01-02T05:06:07+00:00").add("extra.b", Map.of("c.d", List.of(1, "x"))).add("extra.n", 5_000_000_000L);
        event.identify("report-1." + number);
        return event;
    }

    private static List<Message> events(int number) {
        return IntStream.range(0, number).mapToObj(MongoDbOutputTest::event).toList();
    }

    @Test
    void timesAreDatesAndNamesHaveNoDots() throws Exception {
        try (MongoDbOutput flat = output(); MongoDbOutput hierarchical = output("hierarchical_output", true)) {
            flat.process(event(1), new RecordingOutbox());
            Document document = collection.find().first();
            ObjectId id = (ObjectId) document.remove("_id");
            assertEquals(Date.from(Instant.parse("2026-01-02T05:06:07Z")), id.getDate());
            assertEquals(new Document("source_ip", "192.0.2.1").append("time_source", Date.from(Instant.parse("2026-01-02T03:04:05Z")))
                    .append("time_observation", Date.from(Instant.parse("2026-01-02T05:06:07Z"))).append("extra_b", new Document("c_d", List.of(1, "x")))
                    .append("extra_n", 5_000_000_000L), document);
            collection.drop();
            hierarchical.process(event(1), new RecordingOutbox());
            document = collection.find().first();
            assertEquals(new Document("source", Date.from(Instant.parse("2026-01-02T03:04:05Z")))
                    .append("observation", Date.from(Instant.parse("2026-01-02T05:06:07Z"))), document.get("time"));
            assertEquals(new Document("ip", "192.0.2.1"), document.get("source"));
        }
    }

    @Test
    void whatComesAgainAfterACrashIsThereOnce() throws Exception {
        try (MongoDbOutput killed = output()) {
            killed.processAll(events(100), new RecordingOutbox());
        }
        try (MongoDbOutput next = output()) {
            next.processAll(events(150), new RecordingOutbox());
            next.process(event(3), new RecordingOutbox());
        }
        assertEquals(150, collection.countDocuments());
    }

    @Test
    void anEventThatMongoRefusesFailsAndTheRestIsWritten() throws Exception {
        collection.createIndex(new Document("source_ip", 1), new IndexOptions().unique(true));
        List<Message> events = new ArrayList<>(events(5));
        events.get(3).put("source.ip", "192.0.2.0");
        try (MongoDbOutput output = output()) {
            assertThrows(IllegalArgumentException.class, () -> output.processAll(events, new RecordingOutbox()));
            assertEquals(4, collection.countDocuments());
            for (int i : List.of(0, 1, 2, 4)) {
                output.process(events.get(i), new RecordingOutbox());
            }
            String told = assertThrows(IllegalArgumentException.class, () -> output.process(events.get(3), new RecordingOutbox())).getMessage();
            assertTrue(told.startsWith("collection 'events' of MongoDB at 127.0.0.1:") && told.contains(" refused the event: 11000 "), told);
        }
        assertEquals(4, collection.countDocuments());
    }

    @Test
    void waitsForAServerThatIsAway() throws Exception {
        try (MongoDbOutput output = output("host", "mongodb://user:secret@127.0.0.1:1/?serverSelectionTimeoutMS=200")) {
            String told = assertThrows(UnavailableException.class, () -> output.process(event(1), new RecordingOutbox())).getMessage();
            assertTrue(told.startsWith("MongoDB at mongodb://127.0.0.1:1/"), told);
            assertTrue(!told.contains("secret"), told);
        }
    }

    @Test
    void wrongParametersAreRefusedWithWhatIsExpected() {
        String problems = ParameterSchema.of(MongoDbOutput.Params.class).read(Map.of("database", "a.b", "collection", "c"), Set.of()).problems().toString();
        assertTrue(problems.contains("parameter 'database' cannot be \"a.b\": expected a name without blanks"), problems);
        problems = ParameterSchema.of(MongoDbOutput.Params.class).read(Map.of("database", "a", "collection", "c", "replacement_char", "."), Set.of())
                .problems().toString();
        assertTrue(problems.contains("parameter 'replacement_char' cannot be \".\": expected a text without dots"), problems);
    }
}
