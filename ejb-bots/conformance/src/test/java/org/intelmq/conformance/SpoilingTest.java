package org.intelmq.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.intelmq.replay.Difference;
import org.junit.jupiter.api.Test;

class SpoilingTest {

    private static String raw(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void eachCharacterOfTheRowIsACellAndTheHeaderStaysWhole() {
        String ours = raw("ip;note\n10.9;ü,\n");
        assertTrue(Spoiling.CHARACTERS.turns(ours, raw("ip;note\n1,0,.,9,;,ü,\",\",\"\n\"\n")));
        assertFalse(Spoiling.CHARACTERS.turns(ours, raw("ip;note\n1,0,.,8,;,ü,\",\",\"\n\"\n")), "another character");
        assertFalse(Spoiling.CHARACTERS.turns(ours, raw("ip\n1,0,.,9,;,ü,\",\",\"\n\"\n")), "another header");
        assertFalse(Spoiling.CHARACTERS.turns(ours, ours), "not spoilt at all");
    }

    @Test
    void oneElementBecomesNull() {
        assertTrue(Spoiling.NULL.turns(raw("[{\"ip\": \"none\"}]"), raw("[null]")));
        assertFalse(Spoiling.NULL.turns(raw("[{}, {}]"), raw("[null]")));
        assertFalse(Spoiling.NULL.turns(raw("[{}]"), raw("[{}]")));
    }

    @Test
    void ofAReportWhatTheEventWasBegunWithIsLeft() {
        Map<String, Object> ours = Map.of("feed.name", "Servers", "raw", raw("{\"source.ip\": \"none\", \"__type\": \"Event\"}"));
        assertTrue(Spoiling.BEGUN.turns(ours, Map.of("feed.name", "Servers")));
        assertTrue(Spoiling.BEGUN.turns(ours, Map.of("source.ip", "none")));
        assertFalse(Spoiling.BEGUN.turns(ours, Map.of("feed.name", "Others")));
        assertFalse(Spoiling.BEGUN.turns(ours, Map.of()));
        assertFalse(Spoiling.BEGUN.turns(Map.of("feed.name", "Servers", "raw", raw("no json")), Map.of()));
    }

    @Test
    void aRowTakenForAnElementOfAList() {
        assertTrue(Spoiling.LISTED.turns(raw("{\"a\": 1}"), raw("[\"{\\\"a\\\": 1}\"]")));
        assertFalse(Spoiling.LISTED.turns(raw("{\"a\": 1}"), raw("[\"{\\\"a\\\": 2}\"]")));
        assertFalse(Spoiling.LISTED.turns(raw("{\"a\": 1}"), raw("[{\"a\": 1}]")));
    }

    @Test
    void nothingIsMadeOfTheRowsBehindABadOne() {
        assertTrue(Spoiling.ENDED.turns(3L, 2L));
        assertFalse(Spoiling.ENDED.turns(2L, 3L));
        assertTrue(Spoiling.ENDED.turns(Map.of("source.ip", "192.0.2.1"), Difference.NOTHING));
        assertFalse(Spoiling.ENDED.turns(Difference.NOTHING, Map.of("source.ip", "192.0.2.1")));
        assertTrue(Spoiling.ENDED.turns(raw("# note\nbad"), raw("# note\na\nbad\nb")));
        assertFalse(Spoiling.ENDED.turns(raw("bad"), raw("a\nb")));
        assertTrue(Spoiling.ENDED.turns(Map.of("feed.name", "a", "raw", raw("bad")), Map.of("feed.name", "a")));
        assertFalse(Spoiling.ENDED.turns(Map.of("feed.name", "a", "raw", raw("bad")), Map.of("feed.name", "b")));
    }

    @Test
    void lineEndsAreChanged() {
        assertTrue(Spoiling.LINE_ENDS.turns(raw("a\r\nb\rc"), raw("a\nb\nc")));
        assertFalse(Spoiling.LINE_ENDS.turns(raw("a\r\nb"), raw("a\nc")));
        assertFalse(Spoiling.LINE_ENDS.turns(raw("a\nb"), raw("a\nb")));
    }

    @Test
    void whatIsNotThereIsNotSpoilt() {
        for (Spoiling way : Spoiling.values()) {
            assertFalse(way.turns(Difference.NOTHING, raw("[null]")), way::name);
            assertEquals(way == Spoiling.ENDED, way.turns(raw("no json"), Difference.NOTHING), way::name);
            assertFalse(way.turns(null, Map.of()), way::name);
        }
        assertFalse(Spoiling.NULL.turns(raw("no json"), raw("[null]")));
    }
}
