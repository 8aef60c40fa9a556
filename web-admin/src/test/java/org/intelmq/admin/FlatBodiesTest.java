package org.intelmq.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class FlatBodiesTest {

    private static int depth(String json) {
        return FlatBodies.depth(json.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void countsTheLevelsOfObjectsAndLists() {
        assertEquals(0, depth("7"));
        assertEquals(3, depth("{\"a\": [{}, []], \"b\": {}}"));
        assertEquals(1, depth("{\"[[[\": \"\\\"{{{\\\\\"}"));
        assertEquals(100_000, depth("[".repeat(100_000)));
    }

    @Test
    void noEncodingHidesLevels() {
        String hidden = "[\"\\\"\", " + "[".repeat(100_000);
        assertTrue(FlatBodies.isUtf8(hidden.getBytes(StandardCharsets.UTF_8)));
        for (Charset other : List.of(StandardCharsets.UTF_16, StandardCharsets.UTF_16LE, Charset.forName("UTF-32BE"))) {
            assertFalse(FlatBodies.isUtf8(hidden.getBytes(other)), other::name);
        }
    }
}
