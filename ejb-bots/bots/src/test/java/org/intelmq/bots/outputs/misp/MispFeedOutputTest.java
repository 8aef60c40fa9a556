package org.intelmq.bots.outputs.misp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.intelmq.bot.ConfigurationException;
import org.intelmq.message.Event;
import org.intelmq.message.Harmonization;
import org.intelmq.message.Json;
import org.intelmq.message.Message;
import org.intelmq.testing.Parameters;
import org.intelmq.testing.RecordingOutbox;
import org.intelmq.testing.TestContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MispFeedOutputTest {

    private static final RecordingOutbox NOWHERE = new RecordingOutbox();

    @TempDir
    private Path root;
    private Clock clock = Clock.fixed(TestContext.NOW, ZoneOffset.UTC);

    private Path folder() {
        return root.resolve("feed");
    }

    private MispFeedOutput output(Object... parameters) {
        List<Object> all = new ArrayList<>(List.of("output_dir", folder().toString(), "misp_org_name", "Org", "misp_org_uuid",
                "b89da4c2-0f74-11ea-96a1-6fa873a0eb4d"));
        all.addAll(List.of(parameters));
        return new MispFeedOutput(Parameters.of(MispFeedOutput.Params.class, all.toArray()), new TestContext().clock(clock));
    }

    private static Message event(String id, Object... fields) {
        Event event = new Event(Harmonization.standard());
        for (int i = 0; i < fields.length; i += 2) {
            event.add((String) fields[i], fields[i + 1]);
        }
        event.identify(id);
        return event;
    }

    private List<Map<?, ?>> events() throws IOException {
        List<Map<?, ?>> events = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder())) {
            for (Path file : files.filter(each -> each.toString().endsWith(".json") && !each.endsWith("manifest.json")).sorted().toList()) {
                events.add((Map<?, ?>) ((Map<?, ?>) Json.parse(Files.readAllBytes(file))).get("Event"));
            }
        }
        return events;
    }

    /** The values of a field over all objects, in order. */
    private String values(String field) throws IOException {
        List<Object> values = new ArrayList<>();
        for (Map<?, ?> event : events()) {
            MispServer.maps(event.get("Object")).forEach(object -> MispServer.maps(object.get("Attribute")).stream()
                    .filter(attribute -> field.equals(attribute.get("object_relation"))).forEach(attribute -> values.add(attribute.get("value"))));
        }
        return values.toString();
    }

    @Test
    void writesAnEventWithItsListAndHashes() throws Exception {
        output().process(event("1", "source.ip", "192.0.2.1", "source.asn", 64496L, "time.source", "2026-01-02T03:04:05+00:00", "extra.a", 1L, "severity",
                "high"), NOWHERE);
        Map<?, ?> event = events().get(0);
        assertEquals("IntelMQ event 2024-05-17T10:20:30 - 2024-05-17T11:20:30", event.get("info"));
        List<Map<String, Object>> attributes = MispServer.maps(MispServer.maps(event.get("Object")).get(0).get("Attribute"));
        assertEquals("[source.ip ip-src 192.0.2.1 true false, source.asn AS 64496 false false, time.source datetime 2026-01-02T03:04:05+00:00 false true, "
                + "extra text {\"a\": 1} false false]", attributes.stream()
                        .map(each -> each.get("object_relation") + " " + each.get("type") + " " + each.get("value") + " "
                + each.get("to_ids") + " " + each.get("disable_correlation")).toList().toString());
        Map<?, ?> manifest = (Map<?, ?>) Json.parse(Files.readString(folder().resolve("manifest.json")));
        assertEquals(List.of(event.get("uuid")), List.copyOf(manifest.keySet()));
        assertEquals("{Orgc={name=Org, uuid=b89da4c2-0f74-11ea-96a1-6fa873a0eb4d}, Tag=[], info=" + event.get("info")
                + ", date=2024-05-17, analysis=2, threat_level_id=4, timestamp=1715941230}", manifest.get(event.get("uuid")).toString());
        assertEquals("d0f88d6c87767262ba8e93d6acccd784," + event.get("uuid"), Files.readAllLines(folder().resolve("hashes.csv")).get(0));
    }

    @Test
    void goesOnAfterARestartAndWritesNothingTwice() throws Exception {
        output().processAll(List.of(event("1", "comment", "a"), event("2", "comment", "b")), NOWHERE);
        clock = Clock.offset(clock, Duration.ofMinutes(59));
        MispFeedOutput again = output();
        again.processAll(List.of(event("2", "comment", "b"), event("3", "comment", "c")), NOWHERE);
        again.processAll(List.of(event("3", "comment", "c"), event("4", "comment", "d")), NOWHERE);
        assertEquals("[a, b, c, d]", values("comment"));
        assertEquals(1, events().size());
        assertEquals(4, Files.readAllLines(folder().resolve("hashes.csv")).size());
    }

    @Test
    void beginsAnotherEventWhenTheTimeIsOver() throws Exception {
        output("interval_event", "30 minutes").process(event("1", "comment", "a"), NOWHERE);
        clock = Clock.offset(clock, Duration.ofMinutes(31));
        output("interval_event", "30 minutes").process(event("2", "comment", "b"), NOWHERE);
        assertEquals(2, events().size());
        Path old = folder().resolve(events().stream().filter(each -> each.get("info").toString().contains("T10:20")).findFirst().orElseThrow().get("uuid")
                + ".json");
        Files.delete(old);
        clock = Clock.offset(clock, Duration.ofMinutes(31));
        output("interval_event", "30 minutes").process(event("3", "comment", "c"), NOWHERE);
        assertEquals(2, ((Map<?, ?>) Json.parse(Files.readString(folder().resolve("manifest.json")))).size());
        assertEquals(2, Files.readAllLines(folder().resolve("hashes.csv")).size());
    }

    @Test
    void keepsEventsApartBySeparatorWithTheirTags() throws Exception {
        Object[] parameters = {"event_separator", "malware.name", "additional_info", "Malware {separator},", "tagging",
                Map.of("__all__", List.of(Map.of("name", "tlp:clear")), "zeus", List.of(Map.of("name", "zeus", "colour", "#ff0000")))};
        output(parameters).processAll(List.of(event("1", "malware.name", "zeus"), event("2", "comment", "x"), event("3", "malware.name", "zeus")), NOWHERE);
        output(parameters).process(event("4", "malware.name", "zeus"), NOWHERE);
        TreeSet<String> told = new TreeSet<>();
        for (Map<?, ?> event : events()) {
            told.add(event.get("info").toString().split(",")[0] + MispServer.maps(event.get("Tag")).stream().map(tag -> " " + tag.get("name")).toList()
                    + MispServer.maps(event.get("Object")).size());
        }
        assertEquals("[Malware default[ tlp:clear]1, Malware zeus[ tlp:clear,  zeus]3]", told.toString());
    }

    @Test
    void mapsAsToldAndFlatIfAsked() throws Exception {
        output("attribute_mapping", Map.of("source.ip", Map.of("comment", "event_description.text", "to_ids", false)), "flat_events", true)
                .process(event("1", "source.ip", "192.0.2.1", "comment", "x", "event_description.text", "seen"), NOWHERE);
        List<Map<String, Object>> attributes = MispServer.maps(events().get(0).get("Attribute"));
        assertEquals(1, attributes.size());
        assertEquals("192.0.2.1 seen false", attributes.get(0).get("value") + " " + attributes.get(0).get("comment") + " " + attributes.get(0).get("to_ids"));
    }

    @Test
    void refusesWhatCannotBeAtTheStart() throws Exception {
        assertTrue(refusal("attribute_mapping", Map.of("extra.x", Map.of())).contains("'extra.x'"));
        assertTrue(refusal("attribute_mapping", Map.of("source.ip", Map.of("colour", "red"))).contains("'source.ip'"));
        assertTrue(refusal("tagging", Map.of("__all__", "tlp:clear")).contains("'__all__'"));
        assertTrue(refusal("interval_event", "soon").contains("\"soon\""));
        Files.writeString(folder(), "");
        assertTrue(refusal().contains("is not a folder"));
    }

    private String refusal(Object... parameters) {
        return assertThrows(ConfigurationException.class, () -> output(parameters)).getMessage();
    }
}
