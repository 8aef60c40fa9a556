package org.intelmq.bot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.intelmq.message.Event;
import org.intelmq.message.Fields;
import org.intelmq.message.Harmonization;
import org.intelmq.message.IfPresent;
import org.junit.jupiter.api.Test;

class ExtraTest {

    private final Event event = new Event(Harmonization.standard());

    @Test
    void keepsAValueUnderTheNameOfTheFeedAsFieldsAreSpelled() {
        Extra.keep(event, "Payload.New-Field 1", "v");
        Extra.keep(event, "täg", List.of(1L));
        Extra.keep(event, "..odd..name.", 2L);
        Extra.keep(event, "", "nameless");
        assertEquals("v", event.get("extra.payload.new_field_1"));
        assertEquals(List.of(1L), event.get("extra.t_g"));
        assertEquals(2L, event.get("extra.odd.name"));
        assertEquals("nameless", event.get("extra.unnamed"));
    }

    @Test
    void keepsNothingForABlankValue() {
        Extra.keep(event, "a", null);
        Extra.keep(event, "b", "");
        assertEquals(0, event.size());
    }

    @Test
    void keepsBothOfTwoNamesThatBecomeOne() {
        Extra.keep(event, "Name", "one");
        Extra.keep(event, "name", "two");
        Extra.keep(event, "NAME", "two");
        assertEquals("one", event.get("extra.name"));
        assertEquals("two", event.get("extra.name_2"));
        assertEquals(2, event.size());
    }

    @Test
    void keepsWhatAFieldCannotTake() {
        assertTrue(Extra.add(event, Fields.SOURCE_PORT, 443L, "Port"));
        assertFalse(Extra.add(event, Fields.SOURCE_PORT, "many", IfPresent.REPLACE, "Port"));
        assertFalse(Extra.add(event, Fields.SOURCE_ASN, Map.of("a", 1L), "ASN"));
        assertEquals("many", event.get("extra.port"));
        assertEquals(Map.of("a", 1L), event.get("extra.asn"));
    }

    @Test
    void aPresentValueThatStaysKeepsNothing() {
        event.add(Fields.SOURCE_PORT, 443L);
        assertFalse(Extra.add(event, Fields.SOURCE_PORT, "many", IfPresent.KEEP, "Port"));
        assertEquals(1, event.size());
    }

    @Test
    void aFieldThatTheInstallationLacksIsKeptBelowExtra() {
        Event older = new Event(Harmonization.standard().without(Set.of(Fields.SEVERITY)));
        Extra.add(older, Fields.SEVERITY, "high", "Severity");
        Extra.add(event, Fields.SEVERITY, "High", "Severity");
        assertEquals("high", older.get("extra.severity"));
        assertEquals("high", event.get("severity"));
    }
}
