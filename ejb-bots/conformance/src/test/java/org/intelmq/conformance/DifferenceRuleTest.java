package org.intelmq.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.intelmq.message.Json;
import org.intelmq.replay.Mismatch;
import org.intelmq.replay.Outcome;
import org.intelmq.replay.Plain;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DifferenceRuleTest {

    private static final Mismatch LOST = new Mismatch("error[0]", "KeyError: 'name'", Mismatch.NOTHING);
    private static final Mismatch FOUND = new Mismatch("output._default[0]", Mismatch.NOTHING, Map.of("source.ip", "192.0.2.1"));

    private static DifferenceRule rule(String json) {
        return DifferenceRule.of(Plain.map(Json.parse(json)));
    }

    private static Map<String, Object> record(String json) {
        return Plain.map(Json.parse(json));
    }

    private static Map<String, Object> report(String text) {
        return Map.of("input", List.of(Map.of("raw", Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)))));
    }

    private static Outcome outcome(Mismatch... differences) {
        return Outcome.of("x::1", "x", List.of(differences));
    }

    private static boolean explains(DifferenceRule rule, Mismatch difference, Map<String, Object> record, Outcome outcome) throws Exception {
        return rule.isAbout(record, outcome) && rule.explains(difference, record, outcome, again -> outcome());
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "{\"bot\": \"*\", \"at\": \"*\", \"reason\": \"it says not how\"}",
        "{\"at\": \"*\", \"ours\": \"1\", \"reason\": \"it says not which\"}",
        "{\"bot\": \"*\", \"ours\": \"1\", \"reason\": \"it says not where\"}",
        "{\"bot\": \"*\", \"at\": \"*\", \"ours\": \"1\"}",
        "{\"bot\": \"*\", \"at\": \"*\", \"our\": \"1\", \"way\": \"done\", \"reason\": \"a slip\"}",
        "{\"bot\": \"*\", \"at\": \"*\", \"way\": \"undone\", \"reason\": \"no such way\"}",
    })
    void saysWhichWhereHowAndWhy(String entry) {
        assertThrows(IllegalArgumentException.class, () -> rule(entry));
    }

    @Test
    void theListsAreRead() throws Exception {
        assertFalse(DifferenceRule.read("differences.json").isEmpty());
        assertFalse(DifferenceRule.read("api-differences.json").isEmpty());
    }

    @Test
    void anotherPlaceOrValueIsNotExplained() throws Exception {
        DifferenceRule rule = rule("{\"bot\": \"parsers.*\", \"because\": \"*KeyError*\", \"at\": [\"output*\", \"error[*]\"], "
                + "\"way\": \"done\", \"reason\": \"r\"}");
        Map<String, Object> record = record("{\"bot\": \"intelmq.bots.parsers.x.parser\"}");
        Outcome both = outcome(LOST, FOUND);
        assertTrue(explains(rule, LOST, record, both));
        assertTrue(explains(rule, FOUND, record, both));
        assertFalse(explains(rule, FOUND, record, outcome(FOUND)), "no KeyError");
        assertFalse(explains(rule, FOUND, record("{\"bot\": \"intelmq.bots.experts.x.expert\"}"), both), "another bot");
        assertFalse(explains(rule, new Mismatch("output._default[0].source.ip", "192.0.2.1", "192.0.2.2"), record, both), "another value");
        assertFalse(explains(rule, new Mismatch("written.a", Mismatch.NOTHING, "x"), record, both), "another place");
    }

    @Test
    void bothValuesAreThoseOfThePlace() throws Exception {
        DifferenceRule rule = rule("{\"case\": \"*\", \"at\": \"exit_code\", \"recorded\": \"0\", \"ours\": \"1\", \"reason\": \"r\"}");
        Mismatch other = new Mismatch("status", 0L, 1L);
        Mismatch code = new Mismatch("exit_code", 0L, 2L);
        assertFalse(explains(rule, code, Map.of(), outcome(other, code)));
        assertTrue(explains(rule, new Mismatch("exit_code", 0L, 1L), Map.of(), outcome(other)));
    }

    @Test
    void parametersAndTheOutsideAreLookedAt() throws Exception {
        DifferenceRule rule = rule("{\"bot\": \"*\", \"parameters\": {\"a\": \"false\", \"b\": \"(nothing)\"}, \"outside\": \"*\\\"status\\\": 503*\", "
                + "\"at\": \"*\", \"way\": \"done\", \"reason\": \"r\"}");
        String record = "{\"parameters\": %s, \"given\": {\"http\": [{\"status\": %s}]}}";
        assertTrue(explains(rule, LOST, record(record.formatted("{\"a\": false}", "503")), outcome(LOST)));
        assertFalse(explains(rule, LOST, record(record.formatted("{\"a\": true}", "503")), outcome(LOST)));
        assertFalse(explains(rule, LOST, record(record.formatted("{\"a\": false, \"b\": 1}", "503")), outcome(LOST)));
        assertFalse(explains(rule, LOST, record(record.formatted("{\"a\": false}", "200")), outcome(LOST)));
    }

    @Test
    void aMarkMustCostNothingAtAll() throws Exception {
        DifferenceRule rule = rule("{\"bot\": \"*\", \"given\": \"byte_order_mark\", \"at\": \"*\", \"without\": \"byte_order_mark\", \"reason\": \"r\"}");
        Map<String, Object> record = report("\ufeffa,b");
        Outcome outcome = outcome(LOST, FOUND);
        assertTrue(rule.isAbout(record, outcome));
        assertFalse(rule.isAbout(report("a,b"), outcome));
        assertTrue(rule.explains(LOST, record, outcome, changed -> {
            assertEquals(report("a,b"), changed);
            return outcome(LOST, FOUND);
        }));
        assertFalse(rule.explains(LOST, record, outcome, changed -> outcome(LOST)), "the row behind the mark comes out otherwise");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "ODD_HOST | ns1 ns2 | ns1.example.com",
        "ODD_HOST | None | nonesuch.example.com",
        "ODD_HOST | http://a.example:port/ | http://a.example:80/",
        "ODD_HOST | http://2001:db8::1/ | http://[2001:db8::1]:80/",
        "ODD_HOST | http://a%b/ | http://u:p@a.example/b c",
        "ZONE | 2026-01-01 10:00 EST | 2026-01-01 10:00",
        "ZONE | 2026-01-01 10:00 GMT+3 | 2026-01-01 10:00 PM",
        "ZONE | 2026-01-01 10:00 Europe/Vienna | 1/1/2026",
        "FOREIGN_WORD | 1. J\u00e4nner 2026 | 1 January 2026 UTC",
        "NOT_FINITE | 1e400 | 1e300",
        "NOT_FINITE | -Infinity | 5",
    })
    void theInputHasTheProperty(RecordedInput given, String has, String hasNot) {
        assertTrue(given.holds(Map.of("args", List.of(has))));
        assertFalse(given.holds(Map.of("args", List.of(hasNot))));
    }

    @Test
    void reportsAndMessagesHaveTheirProperties() {
        assertTrue(RecordedInput.BLANK_LINE.holds(report("a\n \nb")));
        assertFalse(RecordedInput.BLANK_LINE.holds(report("a\nb\n")));
        assertTrue(RecordedInput.OPEN_QUOTE.holds(report("\"a\nb\",c")));
        assertFalse(RecordedInput.OPEN_QUOTE.holds(report("\"a\",b")));
        assertTrue(RecordedInput.FAILURE.holds(record("{\"error\": [{}]}")));
        assertFalse(RecordedInput.FAILURE.holds(record("{\"error\": []}")));
        assertTrue(RecordedInput.RESERVED.holds(record("{\"input\": [{\"source.url\": \"http://10.0.0.1:80/\"}]}")));
        assertTrue(RecordedInput.RESERVED.holds(record("{\"input\": [{\"source.asn\": 64512}]}")));
        assertFalse(RecordedInput.RESERVED.holds(
                record("{\"input\": [{\"source.url\": \"http://a.example/x:y\", \"source.asn\": 1, \"source.ip\": \"10.0.0.1\"}]}")));
        assertTrue(RecordedInput.NUMERIC_HOST.holds(record("{\"input\": [{\"source.url\": \"http://u@0x7f.1:80/\"}]}")));
        assertFalse(RecordedInput.NUMERIC_HOST.holds(record("{\"input\": [{\"source.url\": \"http://1.example/2\"}]}")));
        assertTrue(RecordedInput.LETTER_FOR_NAME.holds(record("{\"output\": {\"_default\": [{\"source.fqdn\": \"x\"}]}}")));
        assertFalse(RecordedInput.LETTER_FOR_NAME.holds(record("{\"output\": {\"_default\": [{\"source.fqdn\": \"x.example\"}]}}")));
        assertTrue(RecordedInput.NO_FRAME_SENT.holds(record("{\"sent\": {\"stomp\": [{\"command\": \"STOMP\"}]}}")));
        assertFalse(RecordedInput.NO_FRAME_SENT.holds(record("{\"sent\": {\"stomp\": [{\"command\": \"SEND\"}]}}")));
    }

    @Test
    void bytesThatWereGivenOutsideAreNoTrouble() throws Exception {
        Map<String, Object> record = record("{\"bot\": \"intelmq.bots.collectors.tcp.collector\", "
                + "\"given\": {\"tcp\": [{\"send\": {\"$b64\": \"/w==\"}}]}, \"parameters\": {\"a\": [{\"$b64\": \"/w==\"}]}}");
        Outcome failed = outcome(new Mismatch("nowhere", 1L, 2L));
        assertEquals(failed, DeliberateDifferences.load().judge(record, failed, again -> outcome()));
    }
}
