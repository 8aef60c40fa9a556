package org.intelmq.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
                + "\"last_error_at\": \"2026-11-28T10:00:00Z\", \"received\": 5, \"sent\": {\"_default\": 4}, \"state\": \"running\", "
                + "\"waiting\": 6, \"waiting_for\": null}",
                json(new BotStatistics(BotState.RUNNING, 5, Map.of("_default", 4L), 3, 2, 6, 1, null, null, "why", Instant.parse("2026-11-28T10:00:00Z"))));
    }

    @Test
    void namesABotInLowerCase() {
        assertEquals("{\"description\": null, \"destination_queues\": {\"_default\": [\"q\"]}, \"enabled\": true, \"group\": \"Collector\", "
                + "\"id\": \"a\", \"module\": \"m\", \"name\": \"A\", \"run_mode\": \"continuous\", \"source_queue\": null, \"state\": \"stopped\"}",
                json(new BotsResource.Entry("a", "A", "Collector", "m", null, true, "continuous", BotState.STOPPED, null, Map.of("_default", List.of("q")))));
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
