package org.intelmq.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.intelmq.administration.Page;
import org.intelmq.administration.bots.BotView;
import org.intelmq.administration.bots.Reason;
import org.intelmq.administration.queues.WaitingMessage;
import org.intelmq.control.BotState;
import org.intelmq.control.BotStatistics;
import org.intelmq.control.Trial;
import org.intelmq.message.Json;
import org.intelmq.pipeline.Problem;
import org.intelmq.pipeline.Severity;
import org.junit.jupiter.api.Test;

/** The names that clients read; the order of an object's members is no promise. */
class JsonAnswersTest {

    private static String json(Object answer) {
        return Json.writeSorted(Json.parse(new JsonAnswers().getContext(answer.getClass()).toJson(answer)));
    }

    @Test
    void namesStatisticsInLowerCase() {
        assertEquals("{\"consumers\": 1, \"dumped\": 2, \"failed\": 3, \"held_behind\": null, \"last_error\": \"why\", "
                + "\"last_error_at\": \"2026-11-28T10:00:00Z\", \"last_success\": null, \"next_run\": null, \"received\": 5, \"sent\": {\"_default\": 4}, "
                + "\"state\": \"running\", \"tries\": 0, \"waiting\": 6, \"waiting_for\": null}",
                json(new BotStatistics(BotState.RUNNING, 5, Map.of("_default", 4L), 3, 2, 6, 1, null, null, "why", Instant.parse("2026-11-28T10:00:00Z"), null,
                        null, 0)));
    }

    @Test
    void namesABotAndWhyItDoesNothing() {
        String bot = json(new BotView("a", "A", "Collector", "m", null, true, "continuous", BotState.STOPPED, true, null, Map.of("_default", List.of("q")), 0.5,
                1, Map.of(), 0, null, 0, 0, null, null, null, null, null, null, List.of(new Reason("a", "is stopped"))));
        assertTrue(bot.contains("\"missing\": true") && bot.contains("\"rate\": 0.5")
                && bot.contains("\"run_mode\": \"continuous\"") && bot.contains("\"oldest_waiting\": null")
                && bot.contains("\"why\": [{\"bot\": \"a\", \"text\": \"is stopped\"}]"), bot);
    }

    @Test
    void namesAPageAndWhatIsInAQueue() {
        assertEquals("{\"items\": [{\"index\": 3, \"message\": {\"source.ip\": \"192.0.2.1\"}, \"size\": 9}], \"next\": null}",
                json(new Page<>(List.of(new WaitingMessage(3, 9, Map.of("source.ip", "192.0.2.1"))), null)));
    }

    @Test
    void sayOfAProblemWhatItIs() {
        assertEquals("{\"bot\": \"a\", \"parameter\": null, \"severity\": \"refused\", \"text\": \"t\"}",
                json(new Problem("a", null, Severity.REFUSED, "t")));
    }

    @Test
    void sayStatesAsWords() {
        Map<String, BotState> states = new LinkedHashMap<>();
        states.put("a", BotState.DISABLED);
        assertEquals("{\"a\": \"disabled\"}", json(states));
    }

    @Test
    void keepMessagesAsTheyAreWritten() {
        assertEquals("{\"log\": [\"line\"], \"sent\": [{\"message\": \"{\\\"__type\\\": \\\"Event\\\"}\", \"path\": \"_default\"}]}",
                json(new Trial(List.of("line"), List.of(new Trial.Sent("_default", "{\"__type\": \"Event\"}")))));
    }
}
