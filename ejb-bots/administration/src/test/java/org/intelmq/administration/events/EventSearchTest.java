package org.intelmq.administration.events;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import org.intelmq.administration.Refusal;
import org.intelmq.eventdb.DatabaseAddress;
import org.intelmq.eventdb.DatabaseProduct;
import org.intelmq.pipeline.Installation;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** In the embedded database. */
class EventSearchTest extends EventSearch {

    @BeforeAll
    static void begin() throws Exception {
        fill(new DatabaseAddress(DatabaseProduct.H2, "localhost", 0, Installation.at(root).bots().resolve("sql-output/intelmq-events").toString(), "intelmq",
                null, "require", Duration.ofSeconds(5)), "{}");
    }

    @BeforeEach
    void configured() throws Exception {
        configure("sql-output: {module: intelmq.bots.outputs.sql.output, group: Output, parameters: {}}");
    }

    @Test
    void saysWhereNoDatabaseIs() throws Exception {
        configure("sql-output: {module: intelmq.bots.outputs.sql.output, group: Output, parameters: {database: other}}");
        assertEquals("no-events-yet", assertThrows(Refusal.class, () -> found(filter(null))).code());
        configure("sql-output: {module: intelmq.bots.outputs.sql.output, group: Output, parameters: {table: other}}");
        assertEquals("no-events-yet", assertThrows(Refusal.class, () -> found(filter(null))).code());
        configure("sql-output: {module: intelmq.bots.outputs.sql.output, group: Output, parameters: {password: \"${file:nowhere}\"}}");
        assertEquals("refused-configuration", assertThrows(Refusal.class, () -> found(filter(null))).code());
        configure("{}");
        assertEquals("no-event-database", assertThrows(Refusal.class, () -> found(filter(null))).code());
    }
}
