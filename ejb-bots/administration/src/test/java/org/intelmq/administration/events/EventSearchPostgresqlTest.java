package org.intelmq.administration.events;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import org.intelmq.administration.Refusal;
import org.intelmq.eventdb.DatabaseAddress;
import org.intelmq.eventdb.DatabaseProduct;
import org.intelmq.eventdb.EventTable;
import org.intelmq.message.Harmonization;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** In a real PostgreSQL, whose columns have types of their own. */
class EventSearchPostgresqlTest extends EventSearch {

    private static EmbeddedPostgres server;

    @BeforeAll
    static void begin() throws Exception {
        server = EmbeddedPostgres.builder().setDataDirectory(root.resolve("data")).start();
        try (Connection connection = server.getPostgresDatabase().getConnection(); Statement statement = connection.createStatement()) {
            statement.execute(EventTable.of(Harmonization.standard()).postgresql(new EventTable.Options(false, true, null, true, false)));
        }
        Files.writeString(root.resolve("secret"), "postgres\n");
        fill(new DatabaseAddress(DatabaseProduct.POSTGRESQL, "localhost", server.getPort(), "postgres", "postgres", null, "disable", Duration.ofSeconds(5)),
                "{host: localhost, port: %d, database: postgres, user: postgres, password: \"${file:secret}\", sslmode: disable}".formatted(server.getPort()));
    }

    @AfterAll
    static void end() throws IOException {
        server.close();
    }

    @Test
    void anAddressIsComparedAsOne() throws Exception {
        assertEquals(1, found(filter(null, "source.ip:198.51.100.4/32")).size());
        assertEquals("invalid-value", assertThrows(Refusal.class, () -> found(filter(null, "source.ip:nowhere"))).code());
    }
}
