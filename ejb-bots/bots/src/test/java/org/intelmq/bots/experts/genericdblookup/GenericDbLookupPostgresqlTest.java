package org.intelmq.bots.experts.genericdblookup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TimeZone;
import org.intelmq.bot.UnavailableException;
import org.intelmq.message.Event;
import org.intelmq.message.Fields;
import org.intelmq.message.Harmonization;
import org.intelmq.message.Message;
import org.intelmq.message.MessageJson;
import org.intelmq.parameters.ParameterSchema;
import org.intelmq.testing.RecordingOutbox;
import org.intelmq.testing.TestContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** In a real PostgreSQL. */
@Timeout(60)
class GenericDbLookupPostgresqlTest {

    @Test
    void comparesAsTheColumnsDoAndNoticesThatTheServerIsGone() throws Exception {
        EmbeddedPostgres server = EmbeddedPostgres.start();
        try (Connection connection = server.getPostgresDatabase().getConnection(); Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE contacts (asn integer, ip inet, contact text, note text)");
            statement.execute("INSERT INTO contacts VALUES (64496, '192.0.2.1', 'abuse@one.example', 'first'), "
                    + "(64496, '2001:db8::1', 'abuse@two.example', NULL)");
        }
        Map<String, Object> parameters = Map.of("engine", "postgresql", "host", "127.0.0.1", "port", server.getPort(), "database", "postgres",
                "user", "postgres", "sslmode", "disable", "match_fields", Map.of("source.asn", "asn", "source.ip", "ip"));
        try (GenericDbLookupExpert expert = new GenericDbLookupExpert(
                ParameterSchema.of(GenericDbLookupExpert.Params.class).read(parameters, Set.of()).value(), new TestContext())) {
            RecordingOutbox outbox = new RecordingOutbox();
            expert.processAll(List.of(event("192.0.2.1"), event("192.0.2.9"), event("2001:db8::1"), event("192.0.2.1")), outbox);
            assertEquals(List.of("abuse@one.example", "", "abuse@two.example", "abuse@one.example"),
                    outbox.sent().stream().map(event -> event.has(Fields.SOURCE_ABUSE_CONTACT) ? event.text(Fields.SOURCE_ABUSE_CONTACT) : "").toList());
            server.close();
            assertThrows(UnavailableException.class, () -> expert.process(event("192.0.2.1"), outbox));
        }
    }

    @Test
    void valuesArriveAsWhatTheyAreWhateverZoneTheMachineHas() throws Exception {
        TimeZone before = TimeZone.getDefault();
        TimeZone.setDefault(TimeZone.getTimeZone("Europe/Vienna"));
        try (EmbeddedPostgres server = EmbeddedPostgres.start()) {
            try (Connection connection = server.getPostgresDatabase().getConnection(); Statement statement = connection.createStatement()) {
                statement.execute("SET TIME ZONE 'Europe/Vienna'");
                statement.execute("CREATE TABLE nets (ip inet, instant timestamptz, local timestamp, summer timestamptz, day date, bytes bytea, picture bytea, "
                        + "document json, object jsonb, single real, exact numeric, \"long\" numeric, none real, never timestamptz, "
                        + "names text[], times timestamptz[], "
                        + "net cidr, clock time, yes boolean, small smallint, id uuid, wait interval, mail text[], \"end\" date, old date)");
                statement.execute("INSERT INTO nets VALUES ('192.0.2.1', '2026-01-02 12:00:00+01', '2026-01-02 12:00:00', "
                        + "'2026-07-02 12:00:00.5+02', '2026-01-02', "
                        + "'text ü', '\\xff00', '{\"a\": [1, 1.5]}', '\"word\"', 0.1, 1.50, 12345678901234567.89, 'NaN', 'infinity', ARRAY['a', NULL], "
                        + "ARRAY['2026-01-02 12:00:00+01'::timestamptz], '198.51.100.0/24', '12:30', true, 7, '26ad7b8e-9d4b-4f8a-9d9b-0b0f4ee8ae5a', "
                        + "'1 hour', ARRAY['a@b.example'], 'infinity', '0044-03-15 BC')");
            }
            Map<String, String> replace = new LinkedHashMap<>();
            replace.put("instant", "time.source");
            replace.put("bytes", "raw");
            replace.put("document", "output");
            replace.put("net", "source.network");
            replace.put("mail", "comment");
            for (String column : List.of("local", "summer", "day", "picture", "object", "single", "exact", "long", "none", "never", "names", "times",
                    "clock", "yes", "small", "id", "wait", "end", "old")) {
                replace.put(column, "extra." + column);
            }
            Map<String, Object> parameters = Map.of("engine", "postgresql", "host", "127.0.0.1", "port", server.getPort(), "database", "postgres",
                    "user", "postgres", "sslmode", "disable", "table", "nets", "match_fields", Map.of("source.ip", "ip"), "replace_fields", replace);
            try (GenericDbLookupExpert expert = new GenericDbLookupExpert(
                    ParameterSchema.of(GenericDbLookupExpert.Params.class).read(parameters, Set.of()).value(), new TestContext())) {
                RecordingOutbox outbox = new RecordingOutbox();
                expert.process(event("192.0.2.1"), outbox);
                assertEquals("""
                        {"source.asn": 64496, "source.ip": "192.0.2.1", "time.source": "2026-01-02T11:00:00+00:00", "raw": "dGV4dCDDvA==", \
                        "output": "{\\"a\\": [1, 1.5]}", "source.network": "198.51.100.0/24", "comment": "[\\"a@b.example\\"]", \
                        "extra.local": "2026-01-02T12:00:00+00:00", "extra.summer": "2026-07-02T10:00:00.500000+00:00", "extra.day": "2026-01-02", \
                        "extra.picture": "/wA=", "extra.object": "word", "extra.single": 0.1, "extra.exact": 1.5, "extra.long": "12345678901234567.89", \
                        "extra.names": ["a", null], "extra.times": ["2026-01-02T11:00:00+00:00"], "extra.clock": "12:30:00", \
                        "extra.yes": true, "extra.small": 7, \
                        "extra.id": "26ad7b8e-9d4b-4f8a-9d9b-0b0f4ee8ae5a", "extra.wait": "01:00:00", "__type": "Event"}""",
                        MessageJson.serialize(outbox.sent().get(0)));
            }
        } finally {
            TimeZone.setDefault(before);
        }
    }

    @Test
    void anEventWithSeveralRowsIsTheOnlyOneRefused() throws Exception {
        try (EmbeddedPostgres server = EmbeddedPostgres.start()) {
            try (Connection connection = server.getPostgresDatabase().getConnection(); Statement statement = connection.createStatement()) {
                statement.execute("CREATE TABLE contacts (asn bigint, contact text, note text)");
                statement.execute("INSERT INTO contacts VALUES (64500, 'a@one.example', NULL), (64501, 'b@two.example', NULL), (64501, 'c@two.example', NULL)");
            }
            Map<String, Object> parameters = Map.of("engine", "postgresql", "host", "127.0.0.1", "port", server.getPort(), "database", "postgres",
                    "user", "postgres", "sslmode", "disable");
            try (GenericDbLookupExpert expert = new GenericDbLookupExpert(
                    ParameterSchema.of(GenericDbLookupExpert.Params.class).read(parameters, Set.of()).value(), new TestContext())) {
                RecordingOutbox outbox = new RecordingOutbox();
                List<Message> events = List.of(of(64500), of(64501), of(64502));
                assertThrows(IllegalStateException.class, () -> expert.processAll(events, new RecordingOutbox()));
                expert.process(events.get(0), outbox);
                assertEquals("more than one row of table contacts fits [source.asn] = [64501], expected one",
                        assertThrows(IllegalStateException.class, () -> expert.process(events.get(1), outbox)).getMessage());
                expert.process(events.get(2), outbox);
                assertEquals(2, outbox.sent().size());
            }
        }
    }

    private static Event of(long asn) {
        Event event = new Event(Harmonization.standard());
        event.add(Fields.SOURCE_ASN, asn);
        return event;
    }

    private static Event event(String ip) {
        Event event = new Event(Harmonization.standard());
        event.add(Fields.SOURCE_ASN, 64496L);
        event.add(Fields.SOURCE_IP, ip);
        return event;
    }
}
