package org.intelmq.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MessageTest {

    private static final Harmonization HARMONIZATION = Harmonization.standard();

    private final Event event = new Event(HARMONIZATION);

    @Test
    void addingCleansAndNeverReplaces() {
        event.add(Fields.SOURCE_FQDN, "Example.ORG.");
        assertEquals("example.org", event.get(Fields.SOURCE_FQDN));
        assertThrows(KeyExists.class, () -> event.add(Fields.SOURCE_FQDN, "example.net"));
        assertFalse(event.add(Fields.SOURCE_FQDN, "example.net", IfPresent.KEEP));
        assertTrue(event.add(Fields.SOURCE_FQDN, "example.net", IfPresent.REPLACE));
        assertEquals("example.net", event.get(Fields.SOURCE_FQDN));
    }

    @Test
    void blankValuesAreLeftOutAndRemoveWhenTheyReplace() {
        for (Object blank : Arrays.asList(null, "", "-", "N/A")) {
            event.put(Fields.COMMENT, "x");
            assertEquals(Added.IGNORED, event.add(Fields.STATUS, blank, IfPresent.FAIL, true, true, null));
            event.put(Fields.COMMENT, blank);
            assertFalse(event.has(Fields.COMMENT));
        }
        assertEquals(Added.IGNORED, event.add(Field.of("no.such.field"), "-", IfPresent.FAIL, true, true, null));
    }

    @Test
    void invalidValuesAreRefusedWithTheFieldAndTheValue() {
        InvalidValue problem = assertThrows(InvalidValue.class, () -> event.add(Fields.SOURCE_IP, "300.1.1.1"));
        assertEquals("source.ip cannot be \"300.1.1.1\": not a valid IPAddress", problem.getMessage());
        assertFalse(event.offer(Fields.SOURCE_IP, "300.1.1.1"));
        assertFalse(event.offer(Fields.SOURCE_URL, "http://example[.]com/"));
        assertFalse(event.isValid(Fields.SOURCE_URL, "http://[::1", true));
        problem = assertThrows(InvalidValue.class, () -> event.add(Fields.SOURCE_URL, "http://example[.]com/"));
        assertEquals("source.url cannot be \"http://example[.]com/\": text before the bracket in the host \"example[.]com\"", problem.getMessage());
        assertThrows(InvalidKey.class, () -> event.add("source.ipp", "192.0.2.1"));
        assertThrows(InvalidKey.class, () -> event.add("extra.A", 1));
        assertThrows(InvalidValue.class, () -> event.add(Fields.SOURCE_GEOLOCATION_CC, "AUT"));
        assertEquals(0, event.size());
    }

    @Test
    void valuesToBeIgnoredAreComparedAsPythonDoes() {
        assertEquals(Added.IGNORED, event.add(Field.of("extra.n"), 1, IfPresent.FAIL, true, true, List.of(1.0)));
        assertEquals(Added.STORED, event.add(Field.of("extra.n"), "1", IfPresent.FAIL, true, true, List.of(1.0)));
    }

    @Test
    void extraIsManyFieldsAndOneText() {
        Map<String, Object> extra = new LinkedHashMap<>();
        extra.put("z", Arrays.asList(1, null));
        extra.put("Upper", "");
        event.add(Fields.EXTRA, extra);
        assertEquals("", event.get("extra.Upper"));
        assertEquals(Arrays.asList(1L, null), event.get("extra.z"));
        assertTrue(event.has(Fields.EXTRA));
        assertEquals("{\"Upper\": \"\", \"z\": [1, null]}", event.get(Fields.EXTRA));
        event.put(Fields.EXTRA, "{\"only\": {\"this\": true}}");
        assertEquals(1, event.size());
        event.remove(Fields.EXTRA);
        assertFalse(event.has(Fields.EXTRA));
        assertNull(event.get(Fields.EXTRA));
    }

    @Test
    void changingNeedsAPresentField() {
        assertThrows(KeyNotExists.class, () -> event.change(Fields.COMMENT, "x"));
        event.add(Fields.COMMENT, "x");
        event.change(Fields.COMMENT, "y");
        assertEquals("y", event.get(Fields.COMMENT));
    }

    @Test
    void updatingTakesValuesAsTheyStandOrCleansThem() {
        event.add(Fields.STATUS, "old").add(Fields.COMMENT, "old");
        Map<String, Object> other = new LinkedHashMap<>();
        other.put("status", null);
        other.put("comment", "new");
        other.put("source.port", "80");
        other.put("raw", "YQ==");
        event.update(other);
        assertEquals("{\"comment\": \"new\", \"source.port\": 80, \"raw\": \"YQ==\", \"__type\": \"Event\"}", event.toString());
    }

    @Test
    void copiesAreWhatAnotherBotWouldReceive() {
        event.add(Fields.EXTRA, "{\"kept\": [1], \"blank\": null}");
        assertEquals("{\"extra.kept\": [1], \"__type\": \"Event\"}", event.copy().toString());
        assertEquals(event.copy(), event.deepCopy());
        event.add(Fields.EXTRA, "{\"Upper\": 1}", IfPresent.REPLACE);
        assertThrows(InvalidKey.class, event::copy);
        assertEquals(1L, event.handedOn().get("extra.Upper"));
    }

    @Test
    void theDefaultAnswersForKnownFieldsOnly() {
        event.setDefaultValue("none");
        assertEquals("none", event.get(Fields.MALWARE_NAME));
        assertNull(event.get("no.such.field"));
        assertFalse(event.has(Fields.MALWARE_NAME));
    }

    @Test
    void hashesTellNumbersFromTextAndForgetTheTimeOfObservation() {
        Event other = new Event(HARMONIZATION);
        event.add("extra.n", 1L);
        other.add("extra.n", 1.0).add(Fields.TIME_OBSERVATION, "2024-03-05T00:00:00+00:00");
        assertNotEquals(MessageHash.ofAll(event), MessageHash.ofAll(other));
        other.put("extra.n", 1);
        assertEquals(MessageHash.ofAll(event), MessageHash.ofAll(other));
        assertEquals(MessageHash.ofAll(new Event(HARMONIZATION)), new MessageHash(Set.of(Field.of("extra.n")), false).hex(event));
        other.add(Fields.COMMENT, "x");
        assertEquals(MessageHash.ofAll(event), new MessageHash(Set.of(Field.of("extra.n")), true).hex(other));
    }

    @Test
    void eventsTakeFromReportsWhatIsSaidOfTheFeed() {
        Clock clock = Clock.fixed(Instant.parse("2024-03-05T12:34:56.789Z"), ZoneOffset.UTC);
        Report report = Report.create(HARMONIZATION, clock);
        report.add(Fields.FEED_NAME, "Feed").add(Fields.RAW, "x").add("extra.file", "f");
        Event made = Event.from(report, List.of(Fields.EXTRA));
        assertEquals("{\"feed.name\": \"Feed\", \"time.observation\": \"2024-03-05T12:34:56+00:00\", \"extra.file\": \"f\", "
                + "\"__type\": \"Event\"}", made.toString());
        made.add(Fields.SOURCE_IP, "192.0.2.1");
        assertEquals("{\"feed.name\": \"Feed\", \"time.observation\": \"2024-03-05T12:34:56+00:00\", \"extra.file\": \"f\", "
                + "\"__type\": \"Report\"}", Report.from(made).toString());
    }
}
