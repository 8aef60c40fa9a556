package org.intelmq.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class HarmonizationTest {

    @Test
    void ownFieldsHaveTypesLengthsAndPatterns() {
        Harmonization harmonization = Harmonization.parse("{\"event\": {\"ticket.code\": {\"type\": \"UppercaseString\", \"length\": 6, "
                + "\"regex\": \"^[A-Z]+-[0-9]+$\"}, \"meta\": {\"type\": \"JSONDict\"}}, \"report\": {}}");
        Event event = new Event(harmonization);
        event.add("ticket.code", " ab-12 ");
        assertEquals("AB-12", event.get("ticket.code"));
        assertThrows(InvalidValue.class, () -> event.put("ticket.code", "ab-1234"));
        assertThrows(InvalidValue.class, () -> event.put("ticket.code", "ab12"));
        event.add("meta", "{\"a\": [], \"b\": \"-\", \"c\": 1}");
        assertEquals("{\"ticket.code\": \"AB-12\", \"meta.c\": 1, \"__type\": \"Event\"}", event.toString());
        assertThrows(InvalidKey.class, () -> event.add(Fields.SOURCE_IP, "192.0.2.1"));
        assertEquals(6, harmonization.eventLength(Field.of("ticket.code")));
    }

    @Test
    void everythingThatIsWrongIsSaidAtOnce() {
        InvalidHarmonization problem = assertThrows(InvalidHarmonization.class, () -> Harmonization.parse("{\"event\": {"
                + "\"aa.b\": {\"type\": \"Strings\"}, \"Bad\": {\"type\": \"String\"}, \"cc.d\": {\"type\": \"String\", \"length\": \"5\"}, "
                + "\"ee.f\": {\"type\": \"String\", \"regex\": \"(\"}, \"gg.h\": 1}}"));
        assertEquals(6, problem.problems().size());
        assertTrue(problem.problems().get(0).startsWith("event aa.b: type cannot be \"Strings\": one of [ASN, "));
        assertEquals("event Bad is not a valid field name: lower case letters, digits and _ between single dots", problem.problems().get(1));
        assertEquals("event cc.d: length cannot be \"5\": a whole number from 0", problem.problems().get(2));
        assertTrue(problem.problems().get(5).startsWith("\"report\" is missing"));
    }

    @Test
    void theStandardFieldsAreThoseNamedInCode() {
        assertEquals("IPAddress", Harmonization.standard().eventType(Fields.SOURCE_IP));
        assertTrue(Harmonization.standard().eventFields().containsAll(List.of(Fields.TLP, Fields.EXTRA, Fields.MALWARE_HASH_SHA256)));
    }

    @Test
    void namesAreWellFormedAsTheFormSays() {
        String form = "^[a-z_][a-z_0-9]+(\\.[a-z_0-9]+)*\\n?$";
        for (String name : List.of("extra.a", "extra.", "extra", "e", "e.x", "ex..a", "extra.A", "_x", "0x", "x0", "extra.0", "extra.a-b", "",
                "extra.a\n", ".a", "ab.c.d", "ab.c.")) {
            assertEquals(name.matches(form), Field.of(name).isWellFormed(), name);
        }
    }
}
