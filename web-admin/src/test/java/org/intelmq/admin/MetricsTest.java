package org.intelmq.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.Map;
import org.intelmq.control.BotState;
import org.intelmq.control.BotStatistics;
import org.junit.jupiter.api.Test;

class MetricsTest {

    @Test
    void namesEachBotPathAndQueue() {
        BotStatistics statistics = new BotStatistics(BotState.RUNNING, 12, Map.of("_default", 10L), 2, 1, 3, 4, "table-output-queue", null, "broken",
                Instant.parse("2024-05-17T10:20:30.500Z"));
        String text = Metrics.of(Map.of("table-parser", statistics), Map.of("odd\"queue", 7L));
        for (String line : new String[] {
                "intelmq_bot_running{bot=\"table-parser\"} 1",
                "intelmq_bot_received_total{bot=\"table-parser\"} 12",
                "intelmq_bot_sent_total{bot=\"table-parser\",path=\"_default\"} 10",
                "intelmq_bot_failed_total{bot=\"table-parser\"} 2",
                "intelmq_bot_dumped_total{bot=\"table-parser\"} 1",
                "intelmq_bot_consumers{bot=\"table-parser\"} 4",
                "intelmq_bot_held{bot=\"table-parser\"} 1",
                "intelmq_bot_waits{bot=\"table-parser\"} 0",
                "intelmq_bot_last_error_timestamp_seconds{bot=\"table-parser\"} 1.7159412305E9",
                "intelmq_queue_length{queue=\"odd\\\"queue\"} 7",
        }) {
            assertTrue(text.contains("\n" + line + "\n"), text);
        }
        assertEquals(10, text.lines().filter(line -> line.startsWith("# TYPE ")).count());
    }
}
