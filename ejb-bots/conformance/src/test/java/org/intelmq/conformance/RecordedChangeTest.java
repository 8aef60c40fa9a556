package org.intelmq.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.intelmq.replay.Markers;
import org.intelmq.replay.Mismatch;
import org.junit.jupiter.api.Test;

class RecordedChangeTest {

    private static String raw(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void eachCharacterOfTheRowIsACellAndTheHeaderStaysWhole() {
        String ours = raw("ip;note\n10.9;ü,\n");
        assertTrue(RecordedChange.CHARACTERS.turns(ours, raw("ip;note\n1,0,.,9,;,ü,\",\",\"\n\"\n")));
        assertFalse(RecordedChange.CHARACTERS.turns(ours, raw("ip;note\n1,0,.,8,;,ü,\",\",\"\n\"\n")), "another character");
        assertFalse(RecordedChange.CHARACTERS.turns(ours, raw("ip\n1,0,.,9,;,ü,\",\",\"\n\"\n")), "another header");
        assertFalse(RecordedChange.CHARACTERS.turns(ours, ours), "not spoilt at all");
    }

    @Test
    void oneElementBecomesNull() {
        assertTrue(RecordedChange.NULL.turns(raw("[{\"ip\": \"none\"}]"), raw("[null]")));
        assertFalse(RecordedChange.NULL.turns(raw("[{}, {}]"), raw("[null]")));
        assertFalse(RecordedChange.NULL.turns(raw("[{}]"), raw("[{}]")));
    }

    @Test
    void ofAReportWhatTheEventWasBegunWithIsLeft() {
        Map<String, Object> ours = Map.of("feed.name", "Servers", "raw", raw("{\"source.ip\": \"none\", \"__type\": \"Event\"}"));
        assertTrue(RecordedChange.BEGUN.turns(ours, Map.of("feed.name", "Servers")));
        assertTrue(RecordedChange.BEGUN.turns(ours, Map.of("source.ip", "none")));
        assertFalse(RecordedChange.BEGUN.turns(ours, Map.of("feed.name", "Others")));
        assertFalse(RecordedChange.BEGUN.turns(ours, Map.of()));
        assertFalse(RecordedChange.BEGUN.turns(Map.of("feed.name", "Servers", "raw", raw("no json")), Map.of()));
    }

    @Test
    void aRowTakenForAnElementOfAList() {
        assertTrue(RecordedChange.LISTED.turns(raw("{\"a\": 1}"), raw("[\"{\\\"a\\\": 1}\"]")));
        assertFalse(RecordedChange.LISTED.turns(raw("{\"a\": 1}"), raw("[\"{\\\"a\\\": 2}\"]")));
        assertFalse(RecordedChange.LISTED.turns(raw("{\"a\": 1}"), raw("[{\"a\": 1}]")));
    }

    @Test
    void nothingIsMadeOfTheRowsBehindABadOne() {
        assertTrue(RecordedChange.ENDED.turns(3L, 2L));
        assertFalse(RecordedChange.ENDED.turns(2L, 3L));
        assertTrue(RecordedChange.ENDED.turns(Map.of("source.ip", "192.0.2.1"), Mismatch.NOTHING));
        assertFalse(RecordedChange.ENDED.turns(Mismatch.NOTHING, Map.of("source.ip", "192.0.2.1")));
        assertTrue(RecordedChange.ENDED.turns(raw("# note\nbad"), raw("# note\na\nbad\nb")));
        assertFalse(RecordedChange.ENDED.turns(raw("bad"), raw("a\nb")));
        assertTrue(RecordedChange.ENDED.turns(Map.of("feed.name", "a", "raw", raw("bad")), Map.of("feed.name", "a")));
        assertFalse(RecordedChange.ENDED.turns(Map.of("feed.name", "a", "raw", raw("bad")), Map.of("feed.name", "b")));
    }

    @Test
    void lineEndsAreChanged() {
        assertTrue(RecordedChange.LINE_ENDS.turns(raw("a\r\nb\rc"), raw("a\nb\nc")));
        assertFalse(RecordedChange.LINE_ENDS.turns(raw("a\r\nb"), raw("a\nc")));
        assertFalse(RecordedChange.LINE_ENDS.turns(raw("a\nb"), raw("a\nb")));
    }

    private static boolean explains(RecordedChange way, String place, Object recorded, Object ours) {
        return way.explains(new Mismatch(place, recorded, ours), Map.of());
    }

    @Test
    void whatFailedOrWasLostIsDone() {
        assertTrue(explains(RecordedChange.DONE, "error[0]", "KeyError: 'a'", Mismatch.NOTHING));
        assertTrue(explains(RecordedChange.DONE, "start of the bot", "no server", Mismatch.NOTHING));
        assertTrue(explains(RecordedChange.DONE, "output._default#length", 0L, 1L));
        assertTrue(explains(RecordedChange.DONE, "output._default[0]", Mismatch.NOTHING, Map.of()));
        assertFalse(explains(RecordedChange.DONE, "error[0]", Mismatch.NOTHING, "IOException: x"), "a new failure");
        assertFalse(explains(RecordedChange.DONE, "output._default#length", 2L, 1L), "fewer events");
        assertFalse(explains(RecordedChange.DONE, "output._default[0].source.ip", "192.0.2.1", "192.0.2.2"), "another value");
        assertFalse(explains(RecordedChange.DONE, "error[0].message", "a", Mismatch.NOTHING), "a part of a failure");
    }

    @Test
    void whatWasDoneIsRefused() {
        assertTrue(explains(RecordedChange.REFUSED, "error[0]", Mismatch.NOTHING, "InvalidValue: x"));
        assertTrue(explains(RecordedChange.REFUSED, "output._default#length", 2L, 1L));
        assertTrue(explains(RecordedChange.REFUSED, "output._default[1]", Map.of(), Mismatch.NOTHING));
        assertTrue(explains(RecordedChange.REFUSED, "result", true, false));
        assertTrue(explains(RecordedChange.REFUSED, "result", "2026-01-01T00:00:00+00:00", "org.intelmq.text.time.UnreadableTime: no month"));
        assertTrue(explains(RecordedChange.REFUSED, "result.serialize", "{\"a\": 1, \"b\": 2}", "{\"b\": 2}"));
        assertFalse(explains(RecordedChange.REFUSED, "result.serialize", "{\"a\": 1, \"b\": 2}", "{\"b\": 3}"), "another value");
        assertFalse(explains(RecordedChange.REFUSED, "result", false, true), "accepted");
        assertFalse(explains(RecordedChange.REFUSED, "result", "2026-01-01", "2026-01-02"), "another result");
        assertFalse(explains(RecordedChange.REFUSED, "output._default#length", 1L, 2L), "more events");
        assertFalse(explains(RecordedChange.REFUSED, "error[0]", "KeyError: x", Mismatch.NOTHING), "no failure any more");
    }

    @Test
    void aTimeIsMovedByWhatZonesDiffer() {
        assertTrue(explains(RecordedChange.MOVED, "result", "2026-01-01T10:00:00+00:00", "2026-01-01T04:30:00+00:00"));
        assertFalse(explains(RecordedChange.MOVED, "result", "2026-01-01T10:00:00+00:00", "2026-01-01T10:01:00+00:00"));
        assertFalse(explains(RecordedChange.MOVED, "result", "2026-01-01T10:00:00+00:00", "2026-01-03T10:00:00+00:00"));
        assertFalse(explains(RecordedChange.MOVED, "result", "2026-01-01T10:00:00+00:00", null));
        assertFalse(explains(RecordedChange.MOVED, "result", "soon", "2026-01-03T10:00:00+00:00"));
    }

    @Test
    void aTimeIsTheArgumentInMilliseconds() {
        Mismatch difference = new Mismatch("result", null, "2026-01-01T00:00:00+00:00");
        assertTrue(RecordedChange.MILLISECONDS.explains(difference, Map.of("args", List.of("1767225600999"))));
        assertFalse(RecordedChange.MILLISECONDS.explains(difference, Map.of("args", List.of("1767225601000"))));
        assertFalse(RecordedChange.MILLISECONDS.explains(difference, Map.of("args", List.of("soon"))));
    }

    @Test
    void aValueIsAsWrittenInTheReport() {
        Map<String, Object> record = Map.of("input", List.of(Map.of("raw", raw("[{\"created\": \"2026-01-01T10:20:30\"}]"))));
        assertTrue(RecordedChange.AS_WRITTEN.explains(new Mismatch("output._default[0].time.source", "", "2026-01-01T10:20:30+00:00"), record));
        assertFalse(RecordedChange.AS_WRITTEN.explains(new Mismatch("output._default[0].time.source", "", "2026-01-01T10:02:00+00:00"), record));
    }

    @Test
    void eachValueIsThatOfAnotherEvent() {
        Map<String, Object> record = Map.of("output", Map.of("_default", List.of(Map.of("tlp", "RED"), Map.of("tlp", "GREEN", "extra.tags", List.of("a")))));
        assertTrue(RecordedChange.SHIFTED.explains(new Mismatch("output._default[0].tlp", "RED", "GREEN"), record));
        assertTrue(RecordedChange.SHIFTED.explains(new Mismatch("output._default[1].extra.tags", List.of("a"), Mismatch.NOTHING), record));
        assertTrue(RecordedChange.SHIFTED.explains(new Mismatch("output._default[0].extra.tags[0]", Mismatch.NOTHING, "a"), record));
        assertFalse(RecordedChange.SHIFTED.explains(new Mismatch("output._default[0].tlp", "RED", "WHITE"), record));
        assertFalse(RecordedChange.SHIFTED.explains(new Mismatch("error[0]", "RED", "GREEN"), record));
    }

    @Test
    void smallChangesAreExact() {
        assertTrue(RecordedChange.QUOTED.turns("\"NaN\"", "NaN"));
        assertFalse(RecordedChange.QUOTED.turns("NaN", "NaN"));
        assertTrue(RecordedChange.ONE_LINE.turns("a b", "a\r\n b"));
        assertFalse(RecordedChange.ONE_LINE.turns("a c", "a\r\n b"));
        assertTrue(RecordedChange.PERCENT_DECODED.turns("ü.csv", "utf-8''%C3%BC.csv"));
        assertFalse(RecordedChange.PERCENT_DECODED.turns("u.csv", "utf-8''%C3%BC.csv"));
        assertTrue(RecordedChange.UNQUOTED.turns("a.csv", "\"a.csv\""));
        assertFalse(RecordedChange.UNQUOTED.turns("b.csv", "\"a.csv\""));
        assertTrue(RecordedChange.REORDERED.turns(List.of("b", "a"), List.of("a", "b")));
        assertFalse(RecordedChange.REORDERED.turns(List.of("b", "b"), List.of("a", "b")));
        assertTrue(RecordedChange.NO_HOST.turns(Mismatch.NOTHING, "ns1 ns2"));
        assertTrue(RecordedChange.NO_HOST.turns("x.InvalidValue: source.url cannot be \"http://a:b/\": not a valid URL", Mismatch.NOTHING));
        assertFalse(RecordedChange.NO_HOST.turns(Mismatch.NOTHING, "ns1.example.com"));
        assertFalse(RecordedChange.NO_HOST.turns("x.InvalidValue: source.url cannot be \"http://a:80/\": not a valid URL", Mismatch.NOTHING));
    }

    @Test
    void onlyIndicatorsLoseTheirScheme() {
        Markers.Bytes recorded = bytes("http://a.example/\tIntel::URL\tspam\nhttp://b.example/\tIntel::ADDR\tspam\n");
        assertTrue(RecordedChange.WITHOUT_SCHEME.turns(bytes("a.example/\tIntel::URL\tspam\nhttp://b.example/\tIntel::ADDR\tspam\n"), recorded));
        assertFalse(RecordedChange.WITHOUT_SCHEME.turns(bytes("a.example/\tIntel::URL\tspam\nb.example/\tIntel::ADDR\tspam\n"), recorded));
    }

    private static Markers.Bytes bytes(String text) {
        return new Markers.Bytes(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void botsThatCannotBeStartedDoNotRun() {
        String recorded = "{\"a\": \"running\", \"b\": \"stopped\", \"odd_id.1\": \"running\"}";
        assertTrue(RecordedChange.NOT_RUNNING.turns("{\"a\": \"stopped\", \"b\": \"stopped\"}", recorded));
        assertFalse(RecordedChange.NOT_RUNNING.turns("{\"a\": \"stopped\", \"b\": \"running\"}", recorded), "one more runs");
        assertFalse(RecordedChange.NOT_RUNNING.turns("{\"a\": \"stopped\"}", recorded), "one is missing");
        assertFalse(RecordedChange.NOT_RUNNING.turns("{\"a\": \"disabled\", \"b\": \"stopped\"}", recorded), "another state");
        assertTrue(RecordedChange.NOT_RUNNING.turns("\"stopped\"", "\"running\""));
    }

    @Test
    void whatIsNotThereIsNotSpoilt() {
        for (RecordedChange way : RecordedChange.values()) {
            assertFalse(way.turns(Mismatch.NOTHING, raw("[null]")), way::name);
            assertEquals(way == RecordedChange.ENDED, way.turns(raw("no json"), Mismatch.NOTHING), way::name);
            assertFalse(way.turns(null, Map.of()), way::name);
        }
        assertFalse(RecordedChange.NULL.turns(raw("no json"), raw("[null]")));
    }
}
