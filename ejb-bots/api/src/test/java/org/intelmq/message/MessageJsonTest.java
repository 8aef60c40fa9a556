package org.intelmq.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MessageJsonTest {

    private static final Harmonization HARMONIZATION = Harmonization.standard();

    private static Message parse(String text) {
        return MessageJson.parse(text, HARMONIZATION, null);
    }

    @Test
    void writesAsPythonDoes() {
        Event event = new Event(HARMONIZATION);
        event.add("extra.text", "ü\u007f\"\\\n\ud83d\ude00\ud800").add("extra.small", 1e-7).add("extra.large", 1e16).add("extra.half", 0.5)
                .add("extra.truth", true);
        String text = "{\"extra.text\": \"\\u00fc\\u007f\\\"\\\\\\n\\ud83d\\ude00\\ud800\", \"extra.small\": 1e-07, \"extra.large\": 1e+16, "
                + "\"extra.half\": 0.5, \"extra.truth\": true, \"__type\": \"Event\"}";
        assertEquals(text, MessageJson.serialize(event));
        assertEquals(text, MessageJson.serialize(parse(text)));
    }

    @Test
    void longTextsAreWrittenLikeShortOnes() {
        for (int length = 20; length < 44; length++) {
            for (int place = 0; place < length; place++) {
                for (char c : "a~?\"\\\n\u0000\u001f \u007f\u0080\u00ff\u0141\u2041\ud800\udc00!#>@[]".toCharArray()) {
                    String before = "x".repeat(place);
                    String after = "y".repeat(length - place - 1);
                    assertEquals(before + written(String.valueOf(c)) + after, written(before + c + after));
                }
            }
        }
    }

    /** Without the quotes. */
    private static String written(String text) {
        JsonWriter writer = new JsonWriter();
        writer.text(text);
        return writer.toString().substring(1, writer.length() - 1);
    }

    @Test
    void numbersThatJsonHasNotNeverLeave() throws IOException {
        Event event = new Event(HARMONIZATION);
        event.add("extra.nan", Double.NaN).add("extra.list", List.of(Double.NEGATIVE_INFINITY, 1.5)).add("comment", "NaN");
        assertEquals("{\"extra.nan\": null, \"extra.list\": [null, 1.5], \"comment\": \"NaN\", \"__type\": \"Event\"}", MessageJson.serialize(event));
        assertEquals("{\"comment\": \"NaN\", \"extra\": {\"list\": [null, 1.5], \"nan\": null}}", MessageJson.toJson(event, true, false));
        assertEquals("{\"nan\": null, \"list\": [null, 1.5]}", event.get("extra"));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        MessageJson.encode(event, bytes);
        assertEquals(2, MessageJson.decode(bytes.toByteArray(), 0, bytes.size(), HARMONIZATION).size());
        assertEquals("[NaN, Infinity]", Json.writeAsRead(Json.parse("[NaN, Infinity]")));
    }

    @Test
    void parsingChecksEveryFieldAndCleansWhereItMust() {
        assertEquals("{\"source.fqdn\": \"a.example\", \"source.port\": 80, \"__type\": \"Event\"}",
                parse("{\"source.fqdn\": \"A.example.\", \"source.port\": \"80\", \"comment\": \"-\", \"__type\": \"Event\"}").toString());
        assertThrows(InvalidKey.class, () -> parse("{\"__type\": \"Event\", \"nonsense\": 1}"));
        assertThrows(InvalidValue.class, () -> parse("{\"__type\": \"Event\", \"source.ip\": \"x\"}"));
        assertThrows(InvalidArgument.class, () -> parse("{\"__type\": \"Sentence\"}"));
        assertThrows(InvalidArgument.class, () -> parse("{}"));
        assertThrows(JsonException.class, () -> parse("[]"));
        assertThrows(JsonException.class, () -> parse("{\"__type\": \"Event\"} x"));
        assertEquals("Report", MessageJson.parse("{}", HARMONIZATION, "Report").typeName());
    }

    @Test
    void theWireLosesNothingButBlankValues() throws IOException {
        Event event = new Event(HARMONIZATION);
        event.add(Fields.SOURCE_IP, "192.0.2.1").add(Fields.EXTRA, "{\"Upper\": [{\"a\": null}], \"blank\": \"\", \"big\": 123456789012345678901}");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write('#');
        MessageJson.encode(event, bytes);
        Message back = MessageJson.decode(bytes.toByteArray(), 1, bytes.size() - 1, HARMONIZATION);
        assertEquals(event.handedOn(), back);
        assertEquals(event.size() - 1, back.size());
    }

    @Test
    void typeAddedLikeAFieldCannotBeWritten() {
        Event event = new Event(HARMONIZATION);
        event.add("__type", "x");
        assertThrows(KeyExists.class, () -> MessageJson.serialize(event));
    }

    @Test
    void hierarchiesSplitNamesAtDots() {
        Message event = parse("{\"__type\": \"Event\", \"source.ip\": \"192.0.2.1\", \"extra.b.c\": \"ü\", \"extra.a\": {\"z\": 1, \"y\": 2}}");
        assertEquals("{\"__type\": \"Event\", \"extra\": {\"a\": {\"y\": 2, \"z\": 1}, \"b\": {\"c\": \"ü\"}}, \"source\": {\"ip\": \"192.0.2.1\"}}",
                MessageJson.toJson(event, true, true));
        assertEquals("{\"source.ip\": \"192.0.2.1\", \"extra\": \"{\\\"b.c\\\": \\\"ü\\\", \\\"a\\\": {\\\"z\\\": 1, \\\"y\\\": 2}}\"}",
                Json.write(MessageJson.toMap(event, false, false, true)));
        event.add("extra.a.x", 3);
        assertEquals(Map.of("z", 1L, "y", 2L, "x", 3L), ((Map<?, ?>) MessageJson.toMap(event, true, false, false).get("extra")).get("a"));
        assertEquals(Map.of("z", 1L, "y", 2L), event.get("extra.a"));
        event.add("extra.b.c.d", 1);
        assertThrows(IllegalArgumentException.class, () -> MessageJson.toMap(event, true, false, false));
    }
}
