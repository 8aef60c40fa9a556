package org.intelmq.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.intelmq.control.BotState;
import org.intelmq.control.BotStatistics;
import org.intelmq.control.BotTimes;
import org.intelmq.control.Distribution;
import org.intelmq.message.Json;
import org.intelmq.yaml.Yaml;
import org.junit.jupiter.api.Test;

class MetricsTest {

    private static final Path MONITORING = Path.of("../server-config/src/main/distribution/share/monitoring");
    private static final Distribution SOME = new Distribution(List.of(0.001, 1.0), List.of(2L, 3L, 5L), 12.5);
    private static final Distribution NONE = new Distribution(List.of(0.001, 1.0), List.of(0L, 0L, 0L), 0);

    private static String text(boolean isOpen, Distribution path) {
        BotStatistics statistics = new BotStatistics(BotState.RUNNING, 12, Map.of("_default", 10L), 2, 1, 3, 4, "table-output-queue", null, "broken",
                Instant.parse("2024-05-17T10:20:30.500Z"), null, null, 0);
        return Metrics.of(new Exposition(isOpen), Map.of("table-parser", statistics), List.of("table-parser"),
                Map.of("table-parser", new BotTimes(SOME, SOME, SOME, path)), Map.of("odd\"queue", 7L));
    }

    @Test
    void namesEachBotPathAndQueue() {
        String text = text(false, NONE);
        for (String line : new String[] {
                "intelmq_bot_running{bot=\"table-parser\"} 1",
                "intelmq_bot_missing{bot=\"table-parser\"} 1",
                "intelmq_bot_received_total{bot=\"table-parser\"} 12",
                "intelmq_bot_sent_total{bot=\"table-parser\",path=\"_default\"} 10",
                "intelmq_bot_failed_total{bot=\"table-parser\"} 2",
                "intelmq_bot_dumped_total{bot=\"table-parser\"} 1",
                "intelmq_bot_consumers{bot=\"table-parser\"} 4",
                "intelmq_bot_held{bot=\"table-parser\"} 1",
                "intelmq_bot_waits{bot=\"table-parser\"} 0",
                "intelmq_bot_last_error_timestamp_seconds{bot=\"table-parser\"} 1.7159412305E9",
                "intelmq_queue_length{queue=\"odd\\\"queue\"} 7",
                "# TYPE intelmq_bot_received_total counter",
                "# TYPE intelmq_bot_batch_seconds histogram",
                "intelmq_bot_batch_seconds_bucket{bot=\"table-parser\",le=\"0.001\"} 2",
                "intelmq_bot_batch_seconds_bucket{bot=\"table-parser\",le=\"+Inf\"} 5",
                "intelmq_bot_batch_seconds_sum{bot=\"table-parser\"} 12.5",
                "intelmq_bot_batch_seconds_count{bot=\"table-parser\"} 5",
        }) {
            assertTrue(text.contains("\n" + line + "\n"), line + " in " + text);
        }
        assertEquals(15, text.lines().filter(line -> line.startsWith("# TYPE ")).count());
        assertFalse(text.contains("intelmq_output_delay_seconds_"), "of what has not happened nothing is told");
    }

    @Test
    void asOpenMetricsCountersAreFamiliesAndTheEndIsSaid() {
        String text = text(true, NONE);
        assertTrue(text.contains("# TYPE intelmq_bot_received counter\nintelmq_bot_received_total{bot=\"table-parser\"} 12\n"), text);
        assertTrue(text.endsWith("\n# EOF\n"), text);
    }

    @Test
    void aClientGetsTheFormatItWouldRatherHave() {
        assertTrue(Exposition.prefersOpen("application/openmetrics-text;version=1.0.0;q=0.5,application/openmetrics-text;version=0.0.1;q=0.4,"
                + "text/plain;version=0.0.4;q=0.3,*/*;q=0.2"));
        for (String accept : new String[] {null, "", "*/*", "text/plain", "text/plain,application/openmetrics-text;q=0.9", "application/json"}) {
            assertFalse(Exposition.prefersOpen(accept), accept);
        }
    }

    private static Set<String> named(Path file) throws Exception {
        return Pattern.compile("\\bintelmq_[a-z_]+").matcher(Files.readString(file)).results().map(MatchResult::group)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void whatRulesAndDashboardNameIsThere() throws Exception {
        Set<String> told = text(false, SOME).lines().filter(line -> !line.startsWith("#")).map(line -> line.replaceFirst("[{ ].*", ""))
                .collect(Collectors.toSet());
        for (String file : List.of("prometheus-rules.yaml", "grafana-dashboard.json")) {
            Set<String> names = named(MONITORING.resolve(file));
            assertTrue(names.size() > 5, file + names);
            names.forEach(name -> assertTrue(told.contains(name) || told.contains(name + "_count"), () -> file + " names " + name
                    + ", which /metrics does not tell"));
        }
    }

    @Test
    void eachRuleSaysWhatToDo() throws Exception {
        Map<?, ?> rules = (Map<?, ?>) Yaml.read(Files.readString(MONITORING.resolve("prometheus-rules.yaml")), "rules");
        List<?> all = (List<?>) ((Map<?, ?>) ((List<?>) rules.get("groups")).get(0)).get("rules");
        assertTrue(all.size() > 5, all::toString);
        for (Object each : all) {
            Map<?, ?> rule = (Map<?, ?>) each;
            assertTrue(Set.of("warning", "critical").contains(((Map<?, ?>) rule.get("labels")).get("severity")), rule::toString);
            assertEquals(Set.of("summary", "description"), ((Map<?, ?>) rule.get("annotations")).keySet(), rule::toString);
        }
        Map<?, ?> dashboard = (Map<?, ?>) Json.parse(Files.readString(MONITORING.resolve("grafana-dashboard.json")));
        List<?> panels = (List<?>) dashboard.get("panels");
        assertEquals(panels.size(), panels.stream().map(panel -> ((Map<?, ?>) panel).get("id")).distinct().count());
    }
}
