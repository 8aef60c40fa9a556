package org.intelmq.engine.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.intelmq.engine.observe.ScannedDump.Found;
import org.intelmq.message.Json;
import org.intelmq.message.JsonException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScannedDumpTest {

    private static final List<String> TEXTS = List.of("", "plain",
            "q\"uote \\ back\\\\slash", "line\nbreak\tand \u0000 \u001f", "\u00e4\u20ac\ud83d\ude00", "{\"a\": [1, 2]}");

    private static List<Found> found(String dump, int most) throws IOException {
        List<Found> found = new ArrayList<>();
        ScannedDump.forEach(new ByteArrayInputStream(dump.getBytes(StandardCharsets.UTF_8)), most, found::add);
        return found;
    }

    @Test
    void findsWhatAParserFinds() throws Exception {
        Map<String, Object> entries = new LinkedHashMap<>();
        for (String text : TEXTS) {
            entries.put("key " + text, new DumpEntry("bot", "bot-queue", "trace " + text, text, false).toMap());
        }
        for (String dump : List.of(Json.pretty(entries), Json.writeAscii(entries))) {
            byte[] bytes = dump.getBytes(StandardCharsets.UTF_8);
            List<Found> found = found(dump, 1000);
            assertEquals(List.copyOf(entries.keySet()), found.stream().map(Found::id).toList());
            for (int i = 0; i < TEXTS.size(); i++) {
                Found one = found.get(i);
                assertEquals(List.of(TEXTS.get(i), "trace " + TEXTS.get(i), (long) TEXTS.get(i).length()), List.of(one.message(), one.traceback(), one.size()));
                String part = new String(bytes, (int) one.part().from(), (int) one.part().length(), StandardCharsets.UTF_8);
                assertEquals(entries.get(one.id()), Json.parse(part));
            }
        }
    }

    /** As IntelMQ's versions and other programs have written them. */
    @Test
    void readsOtherFormsOfEntries() throws Exception {
        Found found = found("{\"t\":{\"traceback\":[\"a\",\"b\"],\"message\":{\"x\":\"}\\\"\"},\"n\":[{}, 1e5, null]}}", 1000).get(0);
        assertEquals(List.of(List.of("a", "b"), "{\"x\":\"}\\\"\"}"), List.of(found.traceback(), found.message()));
        assertEquals(List.of(), found(" {\n} ", 0));
        assertEquals(List.of(), found("", 0));
    }

    @Test
    void aShortenedMessageEndsWithAWholeCharacter() throws Exception {
        String text = "\u20ac\n\ud83d\ude00" + "\u0001".repeat(3);
        for (int most = 0; most < 40; most++) {
            for (String dump : List.of(Json.write(Map.of("t", Map.of("message", text))), Json.writeAscii(Map.of("t", Map.of("message", text))))) {
                Found found = found(dump, most).get(0);
                assertEquals(text.length(), found.size());
                assertTrue(text.startsWith(found.message().replace("\ufffd", "")), found.message());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "[]", "{\"a\"}", "{\"a\": 1}", "{\"a\": {\"b\": }}", "{\"a\": {}} x",
            "{\"a\": {\"message\": \"x}}", "{\"a\": {\"b\": [}", "{\"a\": {},}"})
    void whatIsNoDumpIsRefused(String text) {
        String message = assertThrows(JsonException.class, () -> found(text, 10)).getMessage();
        assertTrue(message.contains("expected ") && message.contains(" at byte "), message);
    }
}
