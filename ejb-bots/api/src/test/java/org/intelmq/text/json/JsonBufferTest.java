package org.intelmq.text.json;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.intelmq.text.encoding.LoneSurrogates;
import org.junit.jupiter.api.Test;

class JsonBufferTest {

    private static String json(Object value) {
        JsonBuffer buffer = new JsonBuffer();
        buffer.value(value);
        return buffer.toString();
    }

    @Test
    void escapesWhereverTheCharacterStands() {
        for (int before = 0; before < 20; before++) {
            String start = "a".repeat(before);
            assertEquals('"' + start + "\\\"\\\\\\n\\r\\t\\b\\f\\u0001\\u001f\u007f?ü€😀z\"", json(start + "\"\\\n\r\t\b\f\u0001\u001f\u007f?ü€😀z"));
        }
    }

    @Test
    void sortsNamesAtEveryDepth() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("b", Arrays.asList(1L, null, false, 1.0));
        map.put("a", new LinkedHashMap<>(Map.of("z", 1L, "y", "")));
        assertEquals("{\"a\": {\"y\": \"\", \"z\": 1}, \"b\": [1, null, false, 1.0]}", json(map));
    }

    @Test
    void numbersThatJsonHasNotAreNull() {
        assertEquals("[null, null, 1.5, null, null]", json(Arrays.asList(Double.NaN, Double.POSITIVE_INFINITY, 1.5, Double.NEGATIVE_INFINITY, Double.NaN)));
    }

    @Test
    void growsWithItsContent() {
        String text = "x".repeat(100_000);
        assertEquals('"' + text + '"', json(text));
    }

    @Test
    void treatsHalfSurrogatesAsAsked() {
        for (String text : new String[] {"?q\ud800?", "ü?q\ud800?"}) {
            String start = text.substring(0, text.indexOf('\ud800'));
            assertThrows(IllegalArgumentException.class, () -> json(text));
            assertEquals('"' + start + "?\"", encoded(LoneSurrogates.IGNORE, text));
            assertEquals('"' + start + "??\"", encoded(LoneSurrogates.REPLACE, text));
            assertEquals('"' + start + "\\\\ud800?\"", encoded(LoneSurrogates.BACKSLASHREPLACE, text));
        }
        assertArrayEquals(new byte[] {'"', (byte) 0x80, '"'}, bytes(LoneSurrogates.SURROGATEESCAPE, "\udc80"));
    }

    private static String encoded(LoneSurrogates mode, String text) {
        return new String(bytes(mode, text), java.nio.charset.StandardCharsets.UTF_8);
    }

    private static byte[] bytes(LoneSurrogates mode, String text) {
        JsonBuffer buffer = new JsonBuffer(mode);
        buffer.value(text);
        return buffer.toByteArray();
    }
}
