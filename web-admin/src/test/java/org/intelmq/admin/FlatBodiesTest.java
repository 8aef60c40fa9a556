package org.intelmq.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
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
}
