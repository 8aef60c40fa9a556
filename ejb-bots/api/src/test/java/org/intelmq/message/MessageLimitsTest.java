package org.intelmq.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageLimitsTest {

    private static final String LONGEST = "a".repeat(MessageLimits.LONGEST_VALUE);

    private final Event event = new Event(Harmonization.standard());

    @Test
    void aValueThatIsTooLongIsRefusedWithFieldSizeAndLimit() {
        String beginning = "a".repeat(200);
        assertEquals("comment cannot be \"" + beginning + "...\": 1048577 characters, more than the 1048576 that it may have",
                assertThrows(InvalidValue.class, () -> event.add(Fields.COMMENT, LONGEST + "a")).getMessage());
        assertEquals("extra.note cannot be \"" + beginning + "...\": 1048577 characters, more than the 1048576 that it may have",
                assertThrows(InvalidValue.class, () -> event.add("extra.note", LONGEST + "a")).getMessage());
        assertThrows(InvalidValue.class, () -> event.add(Fields.EXTRA, Map.of("note", LONGEST + "a")));
        assertThrows(InvalidValue.class, () -> event.addUnsanitized(Fields.COMMENT, LONGEST + "a", IfPresent.FAIL, false));
        assertEquals(0, event.size());
        event.add(Fields.COMMENT, LONGEST);
        assertEquals(LONGEST, event.get(Fields.COMMENT));
    }

    @Test
    void whatIsTooLongIsNotLeftOutSilently() {
        assertThrows(InvalidValue.class, () -> event.offer(Fields.COMMENT, LONGEST + "a"));
    }

    @Test
    void rawAndOutputMayHoldAWholeReport() {
        event.add(Fields.RAW, "YWFh".repeat(5 << 20));
        event.addUnsanitized(Fields.OUTPUT, '"' + "a".repeat(20 << 20) + '"', IfPresent.FAIL, true);
        assertEquals(2, event.size());
    }

    @Test
    void eventHasNoMoreFieldsThanAllowed() {
        for (int i = 0; i < MessageLimits.MOST_FIELDS; i++) {
            event.add("extra.k" + i, i);
        }
        String problem = "field extra.one_more cannot be added: the message has 5000 fields already, the most that it may have";
        assertEquals(problem, assertThrows(InvalidValue.class, () -> event.add("extra.one_more", 1)).getMessage());
        assertEquals(problem, assertThrows(InvalidValue.class, () -> event.put("extra.one_more", 1)).getMessage());
        event.put("extra.k7", "replaced");
        assertEquals("replaced", event.get("extra.k7"));
        assertEquals(MessageLimits.MOST_FIELDS, event.size());
    }

    @Test
    void extraCountsByItsEntries() {
        Map<String, Object> extra = new LinkedHashMap<>();
        for (int i = 0; i <= MessageLimits.MOST_FIELDS; i++) {
            extra.put("k" + i, "x");
        }
        assertThrows(InvalidValue.class, () -> event.add(Fields.EXTRA, extra));
        extra.remove("k0");
        Event fits = new Event(Harmonization.standard());
        fits.add(Fields.EXTRA, extra);
        assertEquals(MessageLimits.MOST_FIELDS, fits.size());
    }

    @Test
    void nameHasALimit() {
        String problem = assertThrows(InvalidValue.class, () -> event.add("extra." + "k".repeat(1_000), 1)).getMessage();
        assertTrue(problem.endsWith("… (806 more characters) cannot be added: its name has 1006 characters, more than the 1000 that it may have"), problem);
    }

    /** Names with the same beginning, which are not kept for ever. */
    @ParameterizedTest
    @ValueSource(ints = {1, 300, 990})
    void manyFieldsTakeNoTime(int longestName) {
        String beginning = "extra." + "k".repeat(longestName - Math.min(longestName, 10));
        assertTimeout(Duration.ofSeconds(2), () -> {
            for (int i = 0; i < MessageLimits.MOST_FIELDS; i++) {
                event.add(beginning + (char) ('a' + i % 26) + i, 1);
            }
        });
        assertEquals(MessageLimits.MOST_FIELDS, event.size());
    }

    @Test
    void infinityIsNotAWholeNumber() {
        assertEquals("source.asn cannot be \"inf\": an infinite number has no whole part",
                assertThrows(InvalidValue.class, () -> event.add(Fields.SOURCE_ASN, Double.POSITIVE_INFINITY)).getMessage());
        assertFalse(event.offer(Fields.SOURCE_ASN, Double.POSITIVE_INFINITY));
        assertFalse(event.isValid(Fields.SOURCE_ASN, Double.POSITIVE_INFINITY, true));
    }
}
