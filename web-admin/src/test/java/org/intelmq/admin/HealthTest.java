package org.intelmq.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.intelmq.message.Json;
import org.junit.jupiter.api.Test;

class HealthTest {

    @Test
    void namesTheBotsThatAreMissing() {
        assertEquals(Map.of("status", "UP"), Json.parse(Health.of(List.of(), false)));
        assertEquals(Map.of("status", "DEGRADED", "missing", List.of("a", "b")), Json.parse(Health.of(List.of("a", "b"), false)));
    }
}
