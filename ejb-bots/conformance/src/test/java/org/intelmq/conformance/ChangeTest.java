package org.intelmq.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.intelmq.replay.Difference;
import org.intelmq.replay.Markers;
import org.junit.jupiter.api.Test;

class ChangeTest {

    private static String raw(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void eachCharacterOfTheRowIsACellAndTheHeaderStaysWhole() {
        String ours = raw("ip;note\n10.9;ü,\n");
        assertTrue(Change.CHARACTERS.turns(ours, raw("ip;note\n1,0,.,9,;,ü,\",\",\"\n\"\n")));
        assertFalse(Change.CHARACTERS.turns(ours, raw("ip;note\n1,0,.,8,;,ü,\",\",\"\n\"\n")), "another character");
        assertFalse(Change.CHARACTERS.turns(ours, raw("ip\n1,0,.,9,;,ü,\",\",\"\n\"\n")), "another header");
        assertFalse(Change.CHARACTERS.turns(ours, ours), "not spoilt at all");
    }

    @Test
    void oneElementBecomesNull() {
        assertTrue(Change.NULL.turns(raw("[{\"ip\": \"none\"}]"), raw("[null]")));
        assertFalse(Change.NULL.turns(raw("[{}, {}]"), raw("[null]")));
        assertFalse(Change.NULL.turns(raw("[{}]"), raw("[{}]")));
    }

    @Test
    void ofAReportWhatTheEventWasBegunWithIsLeft() {
        Map<String, Object> ours = Map.of("feed.name", "Servers", "raw", raw("{\"source.ip\": \"none\", \"__type\": \"Event\"}"));
        assertTrue(Change.BEGUN.turns(ours, Map.of("feed.name", "Servers")));
        assertTrue(Change.BEGUN.turns(ours, Map.of("source.ip", "none")));
        assertFalse(Change.BEGUN.turns(ours, Map.of("feed.name", "Others")));
        assertFalse(Change.BEGUN.turns(ours, Map.of()));
        assertFalse(Change.BEGUN.turns(Map.of("feed.name", "Servers", "raw", raw("no json")), Map.of()));
    }

    @Test
    void aRowTakenForAnElementOfAList() {
        assertTrue(Change.LISTED.turns(raw("{\"a\": 1}"), raw("[\"{\\\"a\\\": 1}\"]")));
        assertFalse(Change.LISTED.turns(raw("{\"a\": 1}"), raw("[\"{\\\"a\\\": 2}\"]")));
        assertFalse(Change.LISTED.turns(raw("{\"a\": 1}"), raw("[{\"a\": 1}]")));
    }

    @Test
    void nothingIsMadeOfTheRowsBehindABadOne() {
        assertTrue(Change.ENDED.turns(3L, 2L));
        assertFalse(Change.ENDED.turns(2L, 3L));
        assertTrue(Change.ENDED.turns(Map.of("source.ip", "192.0.2.1"), Difference.NOTHING));
        assertFalse(Change.ENDED.turns(Difference.NOTHING, Map.of("source.ip", "192.0.2.1")));
        assertTrue(Change.ENDED.turns(raw("# note\nbad"), raw("# note\na\nbad\nb")));
        assertFalse(Change.ENDED.turns(raw("bad"), raw("a\nb")));
        assertTrue(Change.ENDED.turns(Map.of("feed.name", "a", "raw", raw("bad")), Map.of("feed.name", "a")));
        assertFalse(Change.ENDED.turns(Map.of("feed.name", "a", "raw", raw("bad")), Map.of("feed.name", "b")));
    }

    @Test
    void lineEndsAreChanged() {
        assertTrue(Change.LINE_ENDS.turns(raw("a\r\nb\rc"), raw("a\nb\nc")));
        assertFalse(Change.LINE_ENDS.turns(raw("a\r\nb"), raw("a\nc")));
        assertFalse(Change.LINE_ENDS.turns(raw("a\nb"), raw("a\nb")));
    }

    private static boolean explains(Change way, String place, Object recorded, Object ours) {
        return way.explains(new Difference(place, recorded, ours), Map.of());
    }

    @Test
    void whatFailedOrWasLostIsDone() {
        assertTrue(explains(Change.DONE, "error[0]", "KeyError: 'a'", Difference.NOTHING));
        assertTrue(explains(Change.DONE, "start of the bot", "no server", Difference.NOTHING));
        assertTrue(explains(Change.DONE, "output._default#length", 0L, 1L));
        assertTrue(explains(Change.DONE, "output._default[0]", Difference.NOTHING, Map.of()));
        assertFalse(explains(Change.DONE, "error[0]", Difference.NOTHING, "IOException: x"), "a new failure");
        assertFalse(explains(Change.DONE, "output._default#length", 2L, 1L), "fewer events");
        assertFalse(explains(Change.DONE, "output._default[0].source.ip", "192.0.2.1", "192.0.2.2"), "another value");
        assertFalse(explains(Change.DONE, "error[0].message", "a", Difference.NOTHING), "a part of a failure");
    }

    @Test
    void whatWasDoneIsRefused() {
        assertTrue(explains(Change.REFUSED, "error[0]", Difference.NOTHING, "InvalidValue: x"));
        assertTrue(explains(Change.REFUSED, "output._default#length", 2L, 1L));
        assertTrue(explains(Change.REFUSED, "output._default[1]", Map.of(), Difference.NOTHING));
        assertTrue(explains(Change.REFUSED, "result", true, false));
        assertTrue(explains(Change.REFUSED, "result", "2026-01-01T00:00:00+00:00", "org.intelmq.text.time.UnreadableTime: no month"));
        assertTrue(explains(Change.REFUSED, "result.serialize", "{\"a\": 1, \"b\": 2}", "{\"b\": 2}"));
        assertFalse(explains(Change.REFUSED, "result.serialize", "{\"a\": 1, \"b\": 2}", "{\"b\": 3}"), "another value");
        assertFalse(explains(Change.REFUSED, "result", false, true), "accepted");
        assertFalse(explains(Change.REFUSED, "result", "2026-01-01", "2026-01-02"), "another result");
        assertFalse(explains(Change.REFUSED, "output._default#length", 1L, 2L), "more events");
        assertFalse(explains(Change.REFUSED, "error[0]", "KeyError: x", Difference.NOTHING), "no failure any more");
    }

    @Test
    void aTimeIsMovedByWhatZonesDiffer() {
        assertTrue(explains(Change.MOVED, "result", "2026-01-01T10:00:00+00:00", "2026-01-01T04:30:00+00:00"));
        assertFalse(explains(Change.MOVED, "result", "2026-01-01T10:00:00+00:00", "2026-01-01T10:01:00+00:00"));
        assertFalse(explains(Change.MOVED, "result", "2026-01-01T10:00:00+00:00", "2026-01-03T10:00:00+00:00"));
        assertFalse(explains(Change.MOVED, "result", "2026-01-01T10:00:00+00:00", null));
        assertFalse(explains(Change.MOVED, "result", "soon", "2026-01-03T10:00:00+00:00"));
    }

    @Test
    void aTimeIsTheArgumentInMilliseconds() {
        Difference difference = new Difference("result", null, "2026-01-01T00:00:00+00:00");
        assertTrue(Change.MILLISECONDS.explains(difference, Map.of("args", List.of("1767225600999"))));
        assertFalse(Change.MILLISECONDS.explains(difference, Map.of("args", List.of("1767225601000"))));
        assertFalse(Change.MILLISECONDS.explains(difference, Map.of("args", List.of("soon"))));
    }

    @Test
    void aValueIsAsWrittenInTheReport() {
        Map<String, Object> record = Map.of("input", List.of(Map.of("raw", raw("[{\"created\": \"2026-01-01T10:20:30\"}]"))));
        assertTrue(Change.AS_WRITTEN.explains(new Difference("output._default[0].time.source", "", "2026-01-01T10:20:30+00:00"), record));
        assertFalse(Change.AS_WRITTEN.explains(new Difference("output._default[0].time.source", "", "2026-01-01T10:02:00+00:00"), record));
    }

    @Test
    void eachValueIsThatOfAnotherEvent() {
        Map<String, Object> record = Map.of("output", Map.of("_default", List.of(Map.of("tlp", "RED"), Map.of("tlp", "GREEN", "extra.tags", List.of("a")))));
        assertTrue(Change.SHIFTED.explains(new Difference("output._default[0].tlp", "RED", "GREEN"), record));
        assertTrue(Change.SHIFTED.explains(new Difference("output._default[1].extra.tags", List.of("a"), Difference.NOTHING), record));
        assertTrue(Change.SHIFTED.explains(new Difference("output._default[0].extra.tags[0]", Difference.NOTHING, "a"), record));
        assertFalse(Change.SHIFTED.explains(new Difference("output._default[0].tlp", "RED", "WHITE"), record));
        assertFalse(Change.SHIFTED.explains(new Difference("error[0]", "RED", "GREEN"), record));
    }

    @Test
    void smallChangesAreExact() {
        assertTrue(Change.QUOTED.turns("\"NaN\"", "NaN"));
        assertFalse(Change.QUOTED.turns("NaN", "NaN"));
        assertTrue(Change.ONE_LINE.turns("a b", "a\r\n b"));
        assertFalse(Change.ONE_LINE.turns("a c", "a\r\n b"));
        assertTrue(Change.PERCENT_DECODED.turns("ü.csv", "utf-8''%C3%BC.csv"));
        assertFalse(Change.PERCENT_DECODED.turns("u.csv", "utf-8''%C3%BC.csv"));
        assertTrue(Change.UNQUOTED.turns("a.csv", "\"a.csv\""));
        assertFalse(Change.UNQUOTED.turns("b.csv", "\"a.csv\""));
        assertTrue(Change.REORDERED.turns(List.of("b", "a"), List.of("a", "b")));
        assertFalse(Change.REORDERED.turns(List.of("b", "b"), List.of("a", "b")));
        assertTrue(Change.NO_HOST.turns(Difference.NOTHING, "ns1 ns2"));
        assertTrue(Change.NO_HOST.turns("x.InvalidValue: source.url cannot be \"http://a:b/\": not a valid URL", Difference.NOTHING));
        assertFalse(Change.NO_HOST.turns(Difference.NOTHING, "ns1.example.com"));
        assertFalse(Change.NO_HOST.turns("x.InvalidValue: source.url cannot be \"http://a:80/\": not a valid URL", Difference.NOTHING));
    }

    @Test
    void onlyIndicatorsLoseTheirScheme() {
        Markers.Bytes recorded = bytes("http://a.example/\tIntel::URL\tspam\nhttp://b.example/\tIntel::ADDR\tspam\n");
        assertTrue(Change.WITHOUT_SCHEME.turns(bytes("a.example/\tIntel::URL\tspam\nhttp://b.example/\tIntel::ADDR\tspam\n"), recorded));
        assertFalse(Change.WITHOUT_SCHEME.turns(bytes("a.example/\tIntel::URL\tspam\nb.example/\tIntel::ADDR\tspam\n"), recorded));
    }

    private static Markers.Bytes bytes(String text) {
        return new Markers.Bytes(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void botsThatCannotBeStartedDoNotRun() {
        String recorded = "{\"a\": \"running\", \"b\": \"stopped\", \"odd_id.1\": \"running\"}";
        assertTrue(Change.NOT_RUNNING.turns("{\"a\": \"stopped\", \"b\": \"stopped\"}", recorded));
        assertFalse(Change.NOT_RUNNING.turns("{\"a\": \"stopped\", \"b\": \"running\"}", recorded), "one more runs");
        assertFalse(Change.NOT_RUNNING.turns("{\"a\": \"stopped\"}", recorded), "one is missing");
        assertFalse(Change.NOT_RUNNING.turns("{\"a\": \"disabled\", \"b\": \"stopped\"}", recorded), "another state");
        assertTrue(Change.NOT_RUNNING.turns("\"stopped\"", "\"running\""));
    }

    @Test
    void whatIsNotThereIsNotSpoilt() {
        for (Change way : Change.values()) {
            assertFalse(way.turns(Difference.NOTHING, raw("[null]")), way::name);
            assertEquals(way == Change.ENDED, way.turns(raw("no json"), Difference.NOTHING), way::name);
            assertFalse(way.turns(null, Map.of()), way::name);
        }
        assertFalse(Change.NULL.turns(raw("no json"), raw("[null]")));
    }
}
