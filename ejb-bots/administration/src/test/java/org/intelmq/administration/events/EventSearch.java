package org.intelmq.administration.events;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.logging.Logger;
import org.intelmq.access.Role;
import org.intelmq.administration.Administration;
import org.intelmq.administration.Caller;
import org.intelmq.administration.Operation;
import org.intelmq.administration.Page;
import org.intelmq.administration.Refusal;
import org.intelmq.administration.TestSite;
import org.intelmq.catalogue.Catalogue;
import org.intelmq.eventdb.DatabaseAddress;
import org.intelmq.eventdb.EventDatabase;
import org.intelmq.message.Event;
import org.intelmq.message.Harmonization;
import org.intelmq.message.Message;
import org.intelmq.pipeline.Installation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Searching ten events, the same in every database. */
abstract class EventSearch {

    private static final String RUNTIME = """
            sql-output:
              module: intelmq.bots.outputs.sql.output
              group: Output
              name: SQL
              parameters: %s
            """;

    @TempDir
    static Path root;
    private static Administration administration;

    /** @param parameters of the output, as YAML */
    static void fill(DatabaseAddress address, String parameters) throws Exception {
        Installation installation = Installation.at(root);
        configure(RUNTIME.formatted(parameters));
        administration = TestSite.administration(installation, Catalogue.load(EventSearch.class.getClassLoader(), Path.of("none")), null, null, null);
        List<Message> events = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            Event event = new Event(Harmonization.standard());
            event.add("time.observation", "2026-01-0" + (1 + i / 5) + "T0" + i % 5 + ":00:00+00:00");
            event.add("source.ip", "198.51.100." + i);
            event.add("source.asn", 64500 + i % 2);
            event.add("classification.type", i < 7 ? "c2-server" : "phishing");
            event.add("feed.name", "50%_feed!");
            if (i == 3) {
                event.add("source.fqdn", "www.example.com");
                event.add("extra.note", "x");
            }
            if (i == 5) {
                event.add("comment", "y".repeat(10_000));
                event.add("extra.list", List.of("y".repeat(6_000)));
            }
            event.identify("event-" + i);
            events.add(event);
        }
        try (EventDatabase database = EventDatabase.open(new EventDatabase.Target(address, "events", true, null, "sql-output"), Harmonization.standard(),
                Clock.systemUTC(), Logger.getAnonymousLogger())) {
            database.write(events);
        }
    }

    static void configure(String text) throws IOException {
        Files.createDirectories(Installation.at(root).etc());
        Files.writeString(Installation.at(root).runtimeConfiguration(), text);
    }

    static <A> A ask(Operation<A> operation) throws Exception {
        return administration.perform(new Caller("anna", Role.VIEWER, "test"), operation);
    }

    static EventFilter filter(String q, String... filters) {
        return new EventFilter(q, null, null, List.of(filters));
    }

    static List<Object> found(EventFilter filter) throws Exception {
        return ask(new FindEvents(filter, List.of("source.ip"), 100, 0)).items().stream().map(event -> event.get("source.ip")).toList();
    }

    @Test
    void findsTheNewestFirstInParts() throws Exception {
        Page<Map<String, Object>> first = ask(new FindEvents(filter(null), List.of("source.ip", "time.observation"), 4, 0));
        assertEquals(List.of("198.51.100.9", "198.51.100.8", "198.51.100.7", "198.51.100.6"),
                first.items().stream().map(event -> event.get("source.ip")).toList());
        assertEquals("2026-01-02T04:00:00Z", first.items().get(0).get("time.observation"));
        assertEquals("4", first.next());
        Page<Map<String, Object>> last = ask(new FindEvents(filter(null), List.of("source.ip"), 4, 8));
        assertEquals(List.of("198.51.100.1", "198.51.100.0"), last.items().stream().map(event -> event.get("source.ip")).toList());
        assertEquals(null, last.next());
    }

    @Test
    void filters() throws Exception {
        assertEquals(List.of("198.51.100.9", "198.51.100.8", "198.51.100.7"), found(filter(null, "classification.type:phishing")));
        assertEquals(List.of("198.51.100.8"), found(filter(null, "classification.type:phishing", "-source.asn:64501")));
        assertEquals(9, found(filter(null, "source.fqdn:")).size());
        assertEquals(List.of("198.51.100.3"), found(filter(null, "-source.fqdn:")));
        assertEquals(5, found(new EventFilter(null, "2026-01-02T00:00:00Z", "now", null)).size());
        assertEquals(5, found(new EventFilter(null, "2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z", null)).size());
    }

    @Test
    void searches() throws Exception {
        assertEquals(List.of("198.51.100.4"), found(filter("198.51.100.4")));
        assertEquals(List.of("198.51.100.3"), found(filter("EXAMPLE.com")));
        assertEquals(10, found(filter("50%_feed!")).size());
        assertEquals(0, found(filter("50%feed")).size());
    }

    @Test
    void countsAndDrawsOverTime() throws Exception {
        assertEquals(10, ask(new CountEvents(filter(null), null, 0)).of());
        assertEquals(List.of(new CountEvents.Bucket("c2-server", 7), new CountEvents.Bucket("phishing", 3)),
                ask(new CountEvents(filter(null), "classification.type", 5)).buckets());
        Histogram.Steps steps = ask(new Histogram(new EventFilter(null, "2026-01-01T00:00:00Z", "2026-01-03T00:00:00Z", null), 86_400L, "classification.type"));
        assertEquals(2, steps.buckets().size());
        assertEquals(Map.of("c2-server", 2L, "phishing", 3L), steps.buckets().get(1).by());
        assertEquals(5, steps.buckets().get(0).total());
        Histogram.Steps fine = ask(new Histogram(new EventFilter(null, "2026-01-01T00:00:00Z", "2026-01-03T00:00:00Z", null), null, null));
        assertEquals(1800, fine.step());
        assertEquals(96, fine.buckets().size());
        assertEquals(10, fine.buckets().stream().mapToLong(Histogram.Bucket::total).sum());
    }

    @Test
    void showsOneWithItsExtra() throws Exception {
        Object id = ask(new FindEvents(filter(null, "-source.fqdn:"), List.of("source.ip"), 1, 0)).items().get(0).get("id");
        Map<String, Object> event = ask(new ShowEvent(String.valueOf(id)));
        assertEquals("www.example.com", event.get("source.fqdn"));
        assertEquals(Map.of("note", "x"), event.get("extra"));
        assertEquals("unknown-event", assertThrows(Refusal.class, () -> ask(new ShowEvent("987654321"))).code());
    }

    @Test
    void listShowsTheBeginningOfALongValueAndTheEventAllOfIt() throws Exception {
        Map<String, Object> listed = ask(new FindEvents(filter(null, "source.ip:198.51.100.5"), List.of("comment", "extra"), 1, 0)).items().get(0);
        assertEquals("y".repeat(4_000) + "… (6000 more characters)", listed.get("comment"));
        assertEquals("{\"list\": [\"" + "y".repeat(3_989) + "… (2014 more characters)", listed.get("extra"));
        Map<String, Object> whole = ask(new ShowEvent(String.valueOf(listed.get("id"))));
        assertEquals("y".repeat(10_000), whole.get("comment"));
        assertEquals(Map.of("list", List.of("y".repeat(6_000))), whole.get("extra"));
        assertTrue(ask(new CountEvents(filter(null), "comment", 5)).buckets().stream().allMatch(bucket -> String.valueOf(bucket.value()).length() < 5_000));
    }

    @Test
    void exports() throws Exception {
        ByteArrayOutputStream csv = new ByteArrayOutputStream();
        assertEquals(3, ask(new ExportEvents(filter(null, "classification.type:phishing"), ExportEvents.Format.CSV, csv)));
        String[] lines = csv.toString(StandardCharsets.UTF_8).split("\r\n");
        assertEquals(4, lines.length);
        assertTrue(lines[0].contains("\"source.ip\"") || lines[0].contains("source.ip"));
        ByteArrayOutputStream json = new ByteArrayOutputStream();
        assertEquals(10, ask(new ExportEvents(filter(null), ExportEvents.Format.JSON, json)));
        assertEquals(10, json.toString(StandardCharsets.UTF_8).lines().count());
    }

    /** Nothing but names of columns gets into a statement. */
    @Test
    void refusesWhatItDoesNotKnow() {
        for (String filter : List.of("1=1 OR source.ip:x", "source.ip\" OR 1=1 --:x", "nothing:x")) {
            assertEquals("unknown-field", assertThrows(Refusal.class, () -> found(filter(null, filter))).code(), filter);
        }
        assertEquals("invalid-filter", assertThrows(Refusal.class, () -> found(filter(null, "source.ip"))).code());
        assertEquals("unknown-field", assertThrows(Refusal.class, () -> ask(new CountEvents(filter(null), "x\" FROM y --", 3))).code());
        assertEquals("unknown-field", assertThrows(Refusal.class, () -> ask(new FindEvents(filter(null), List.of("*"), 3, 0))).code());
        assertEquals("invalid-time", assertThrows(Refusal.class, () -> found(new EventFilter(null, "yesterday", null, null))).code());
        assertEquals("invalid-value", assertThrows(Refusal.class, () -> found(filter(null, "source.asn:many"))).code());
        assertEquals("too-many-steps", assertThrows(Refusal.class,
                () -> ask(new Histogram(new EventFilter(null, "2026-01-01T00:00:00Z", "2026-01-03T00:00:00Z", null), 1L, null))).code());
    }

    @Test
    void keepsSearchesOfEachUser() throws Exception {
        ask(new Searches.Keep("../mine", "?q=x"));
        assertEquals(List.of(new Searches.Search("../mine", "?q=x")), ask(new Searches.All()));
        assertEquals(List.of(), administration.perform(new Caller("../anna", Role.VIEWER, "test"), new Searches.All()));
        assertEquals(List.of(), ask(new Searches.Forget("../mine")));
    }
}
