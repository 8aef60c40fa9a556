package org.intelmq.bots.experts.genericdblookup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.intelmq.bot.UnavailableException;
import org.intelmq.bot.testing.RecordingOutbox;
import org.intelmq.bot.testing.TestContext;
import org.intelmq.catalogue.ParameterSchema;
import org.intelmq.message.Event;
import org.intelmq.message.Fields;
import org.intelmq.message.Harmonization;
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
            statement.execute("INSERT INTO contacts VALUES (64496, '192.0.2.1', 'abuse@one.example', 'first'), (64496, '2001:db8::1', 'abuse@two.example', NULL)");
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

    private static Event event(String ip) {
        Event event = new Event(Harmonization.standard());
        event.add(Fields.SOURCE_ASN, 64496L);
        event.add(Fields.SOURCE_IP, ip);
        return event;
    }
}
