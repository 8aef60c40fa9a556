package org.intelmq.bots.experts.genericdblookup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.intelmq.bot.UnavailableException;
import org.intelmq.bots.outputs.sql.MariaDb;
import org.intelmq.message.Event;
import org.intelmq.message.Fields;
import org.intelmq.message.Harmonization;
import org.intelmq.message.Message;
import org.intelmq.testing.NeedsCommand;
import org.intelmq.testing.Parameters;
import org.intelmq.testing.RecordingOutbox;
import org.intelmq.testing.TestContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** In SQLite and a real MariaDB. */
@Timeout(60)
class GenericDbLookupEnginesTest {

    private static final String[] TABLE = {"CREATE TABLE contacts (asn bigint, contact varchar(100), note text, since timestamp NULL)",
        "INSERT INTO contacts VALUES (64496, 'abuse@one.example', 'ü', '2021-06-01 12:00:00'), (64497, 'abuse@two.example', NULL, NULL)"};

    @TempDir
    private Path directory;

    private List<String> lookUp(Object... parameters) throws SQLException {
        List<Object> all = new ArrayList<>(List.of("replace_fields", "contact: source.abuse_contact, note: comment, since: extra.since"));
        all.addAll(List.of(parameters));
        RecordingOutbox outbox = new RecordingOutbox();
        List<Message> events = List.of(event(64496), event(64497), event(64498));
        try (GenericDbLookupExpert expert = new GenericDbLookupExpert(Parameters.of(GenericDbLookupExpert.Params.class, all.toArray()),
                new TestContext().dataDirectory(directory))) {
            expert.processAll(events, outbox);
        }
        return outbox.sent().stream().map(event -> event.text(Fields.SOURCE_ABUSE_CONTACT) + " " + event.text(Fields.COMMENT) + " " + event.text("extra.since"))
                .toList();
    }

    private static Message event(long asn) {
        return new Event(Harmonization.standard()).add("source.asn", asn);
    }

    @Test
    void looksUpInSqlite() throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:"
                + directory.resolve("contacts.db")); Statement statement = connection.createStatement()) {
            for (String sql : TABLE) {
                statement.execute(sql);
            }
        }
        assertEquals(List.of("abuse@one.example ü 2021-06-01 12:00:00", "abuse@two.example null null", "null null null"),
                lookUp("engine", "sqlite", "database", "contacts.db"));
        assertThrows(SQLException.class, () -> lookUp("engine", "sqlite", "database", "contacts.db", "replace_fields", "missing: comment"));
        assertThrows(UnavailableException.class, () -> lookUp("engine", "sqlite", "database", "missing.db"));
    }

    @Test
    @NeedsCommand("mariadbd")
    void looksUpInMariadb() throws Exception {
        try (MariaDb server = new MariaDb(directory)) {
            server.run(TABLE);
            assertEquals(List.of("abuse@one.example ü 2021-06-01T12:00:00+00:00", "abuse@two.example null null", "null null null"),
                    lookUp("engine", "mysql", "host", "127.0.0.1", "port", server.port(), "database", "events", "password", "intelmq"));
        }
    }
}
