package org.intelmq.bots.experts.genericdblookup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.intelmq.bot.UnavailableException;
import org.intelmq.message.Event;
import org.intelmq.message.Field;
import org.intelmq.message.Fields;
import org.intelmq.message.Harmonization;
import org.intelmq.message.Message;
import org.intelmq.parameters.ParameterSchema;
import org.intelmq.testing.RecordingOutbox;
import org.intelmq.testing.TestContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GenericDbLookupExpertTest {

    @TempDir
    Path directory;

    private final Map<String, Object> parameters = new LinkedHashMap<>();
    private GenericDbLookupExpert expert;

    @BeforeEach
    void fillTheTable() throws SQLException {
        parameters.putAll(Map.of("engine", "h2", "database", "lookup", "user", "intelmq", "password", "secret"));
        String address = "jdbc:h2:file:" + directory.resolve("lookup") + ";DATABASE_TO_UPPER=FALSE";
        try (Connection connection = DriverManager.getConnection(address, "intelmq", "secret"); Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE \"contacts\" (\"asn\" BIGINT, \"type\" VARCHAR, \"contact\" VARCHAR, \"note\" VARCHAR, \"score\" NUMERIC(5,2))");
            statement.execute("INSERT INTO \"contacts\" VALUES (64496, 'a', 'abuse@one.example', 'first', 1.50), (64497, 'a', 'abuse@two.example', NULL, 7),"
                    + " (64498, 'a', 'abuse@twice.example', '', 0), (64498, 'b', 'abuse@again.example', '', 0)");
        }
    }

    @AfterEach
    void close() {
        expert.close();
    }

    private void start() {
        GenericDbLookupExpert.Params params = ParameterSchema.of(GenericDbLookupExpert.Params.class).read(parameters, Set.of()).value();
        expert = new GenericDbLookupExpert(params, new TestContext().dataDirectory(directory));
    }

    private static Event event(long asn) {
        Event event = new Event(Harmonization.standard());
        event.add(Fields.SOURCE_ASN, asn);
        return event;
    }

    private List<Message> lookUp(Message... events) throws SQLException {
        start();
        RecordingOutbox outbox = new RecordingOutbox();
        expert.processAll(List.of(events), outbox);
        return outbox.sent();
    }

    @Test
    void answersManyEventsAtOnce() throws SQLException {
        List<Message> events = new ArrayList<>();
        for (int i = 0; i < 350; i++) {
            events.add(event(64300 + i));
        }
        events.add(new Event(Harmonization.standard()));
        events.removeIf(event -> event.has(Fields.SOURCE_ASN) && event.get(Fields.SOURCE_ASN).equals(64498L));
        List<Message> sent = lookUp(events.toArray(Message[]::new));
        assertEquals(350, sent.size());
        assertEquals("abuse@one.example", sent.get(196).text(Fields.SOURCE_ABUSE_CONTACT));
        assertEquals("first", sent.get(196).text(Fields.COMMENT));
        assertEquals("abuse@two.example", sent.get(197).text(Fields.SOURCE_ABUSE_CONTACT));
        assertEquals(2, sent.stream().filter(event -> event.has(Fields.SOURCE_ABUSE_CONTACT)).count());
    }

    @Test
    void replacesWhatItFindsUnlessAllIsThere() throws SQLException {
        Event half = event(64497);
        half.add(Fields.COMMENT, "goes with an empty note");
        Event whole = event(64497);
        whole.add(Fields.COMMENT, "stays");
        whole.add(Fields.SOURCE_ABUSE_CONTACT, "stays@example.com");
        List<Message> sent = lookUp(half, whole);
        assertEquals("abuse@two.example", sent.get(0).text(Fields.SOURCE_ABUSE_CONTACT));
        assertEquals(null, sent.get(0).text(Fields.COMMENT));
        assertEquals("stays@example.com", sent.get(1).text(Fields.SOURCE_ABUSE_CONTACT));
    }

    @Test
    void matchesBySeveralColumnsAndKeepsNumbers() throws SQLException {
        parameters.put("match_fields", Map.of("source.asn", "asn", "extra.kind", "type"));
        parameters.put("replace_fields", Map.of("score", "extra.score"));
        Event event = event(64496);
        event.add("extra.kind", "a");
        Event other = event(64496);
        other.add("extra.kind", "b");
        List<Message> sent = lookUp(event, other);
        assertEquals(1.5, sent.get(0).get("extra.score"));
        assertEquals(null, sent.get(1).get("extra.score"));
    }

    @Test
    void refusesAnAnswerOfSeveralRows() {
        IllegalStateException error = assertThrows(IllegalStateException.class, () -> lookUp(event(64498)));
        assertTrue(error.getMessage().startsWith("more than one row of table contacts fits [source.asn] = [64498]"), error.getMessage());
    }

    @Test
    void namesAMissingTable() {
        parameters.put("table", "nothing \" here");
        SQLException error = assertThrows(SQLException.class, () -> lookUp(event(64496)));
        assertTrue(error.getMessage().contains("nothing \"\" here"), error.getMessage());
    }

    @Test
    void waitsForADatabaseThatIsAway() {
        parameters.putAll(Map.of("engine", "postgresql", "host", "127.0.0.1", "port", 1, "sslmode", "disable"));
        UnavailableException error = assertThrows(UnavailableException.class, () -> lookUp(event(64496)));
        assertTrue(error.getMessage().startsWith("postgresql database lookup at 127.0.0.1:1 cannot be reached"), error.getMessage());
    }

    /** Names are names and values are values, whatever is in them. */
    @Test
    void asksNothingButItsOneQuestion() throws SQLException {
        parameters.put("match_fields", Map.of("comment", "type"));
        parameters.put("replace_fields", Map.of("contact", "source.abuse_contact"));
        Event event = new Event(Harmonization.standard());
        event.add(Fields.COMMENT, "a' OR '1'='1' --");
        assertFalse(lookUp(event).get(0).has("source.abuse_contact"));
        close();
        for (String table : List.of("contacts\"; DROP TABLE \"contacts", "contacts\" WHERE 1=1 --", "INFORMATION_SCHEMA.USERS", "(SELECT 1)")) {
            parameters.put("table", table);
            start();
            Event one = new Event(Harmonization.standard());
            one.add(Fields.COMMENT, "a");
            assertThrows(SQLException.class, () -> expert.process(one, new RecordingOutbox()), table);
            close();
        }
        parameters.put("table", "contacts");
        parameters.put("match_fields", Map.of("source.asn", "asn"));
        assertEquals("abuse@one.example", lookUp(event(64496)).get(0).text(Field.of("source.abuse_contact")));
    }
}
