package org.intelmq.bot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import org.intelmq.message.Event;
import org.intelmq.message.Field;
import org.intelmq.message.Harmonization;
import org.junit.jupiter.api.Test;

class OutputFormatTest {

    private static final OutputParams PLAIN = new OutputParams(false, false, false, null, false);
    private static final OutputParams NESTED = new OutputParams(true, true, false, null, true);

    private static Event event(Object... namesAndValues) {
        Event event = new Event(Harmonization.standard());
        for (int i = 0; i < namesAndValues.length; i += 2) {
            event.addUnsanitized(Field.of((String) namesAndValues[i]), namesAndValues[i + 1], org.intelmq.message.IfPresent.FAIL, true);
        }
        return event;
    }

    private static final Event EVENT = event("source.ip", "192.0.2.1", "source.geolocation.cc", "AT", "raw", "cmF3", "extra.b", 2L, "extra.a.x", true);

    @Test
    void sortsAndLeavesRawOut() {
        assertEquals("{\"extra.a.x\": true, \"extra.b\": 2, \"source.geolocation.cc\": \"AT\", \"source.ip\": \"192.0.2.1\"}",
                new OutputFormat(PLAIN).text(EVENT));
        assertEquals("{}", new OutputFormat(PLAIN).text(event()));
    }

    @Test
    void nests() {
        assertEquals("{\"__type\": \"Event\", \"extra\": {\"a\": {\"x\": true}, \"b\": 2}, \"raw\": \"cmF3\", "
                + "\"source\": {\"geolocation\": {\"cc\": \"AT\"}, \"ip\": \"192.0.2.1\"}}", new OutputFormat(NESTED).text(EVENT));
    }

    @Test
    void nestsBelowAnObject() {
        Event event = event("extra.a", Map.of("k", 1L), "extra.a.x", true);
        assertEquals("{\"__type\": \"Event\", \"extra\": {\"a\": {\"k\": 1, \"x\": true}}}", new OutputFormat(NESTED).text(event));
        assertEquals(Map.of("k", 1L), event.get("extra.a"));
    }

    @Test
    void refusesToNestBelowAText() {
        Event event = event("extra.a", "text", "extra.a.x", true);
        assertThrows(IllegalArgumentException.class, () -> new OutputFormat(NESTED).text(event));
    }

    @Test
    void cutsANameAtTheFirstPartThatEqualsTheLast() {
        assertEquals("{\"__type\": \"Event\", \"extra\": {\"b\": 1}}", new OutputFormat(NESTED).text(event("extra.b.b", 1L)));
    }

    @Test
    void writesASingleField() {
        assertEquals("raw", new OutputFormat(new OutputParams(false, false, false, "raw", false)).text(EVENT));
        assertEquals("2", new OutputFormat(new OutputParams(false, false, false, "extra.b", false)).text(EVENT));
        assertEquals("None", new OutputFormat(new OutputParams(false, false, false, "comment", false)).text(EVENT));
    }

    @Test
    void keepsTheLayoutsOfSeveralFeedsApart() {
        OutputFormat format = new OutputFormat(PLAIN);
        for (int i = 0; i < 3; i++) {
            assertEquals("{\"comment\": \"c\", \"source.ip\": \"192.0.2.1\"}", format.text(event("source.ip", "192.0.2.1", "comment", "c")));
            assertEquals("{\"comment\": \"c\", \"source.ip\": \"192.0.2.1\"}", format.text(event("comment", "c", "source.ip", "192.0.2.1")));
        }
    }
}
