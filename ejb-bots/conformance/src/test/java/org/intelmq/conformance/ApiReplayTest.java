package org.intelmq.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Map;
import org.intelmq.message.Json;
import org.intelmq.replay.Outcome;
import org.intelmq.replay.Plain;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whether a replay of the REST interface can fail: each exchange is right, and wrong in one place. */
class ApiReplayTest {

    private static final String SETUP = """
            {"kind": "setup", "scene": "s", "dirs": [], "files": {"etc/runtime.yaml": "\
            tag: {group: Expert, module: intelmq.bots.experts.taxonomy.expert, parameters: {destination_queues: {_default: [keep-queue]}}}\\n\
            keep: {group: Output, module: intelmq.bots.outputs.file.output, parameters: {file: '{root}/var/out.txt'}}\\n"}}""";
    private static final String EVENT = "{\"__type\": \"Event\", \"source.ip\": \"192.0.2.7\"}";

    @TempDir
    private Path folder;

    private Outcome.Kind replay(String exchange) throws Exception {
        String harmonization = Json.pretty(ControlReplay.standardHarmonization());
        try (ApiReplay replay = new ApiReplay(Sites.at(folder).catalogue(), harmonization, ControlReplay.completeState())) {
            replay.replay(record(SETUP));
            return replay.replay(record(exchange)).kind();
        }
    }

    private static Map<String, Object> record(String line) {
        return Plain.map(Json.parse(line));
    }

    private void tells(String exchange, String right, String wrong) throws Exception {
        assertEquals(Outcome.Kind.PASSED, replay(exchange.formatted(right)), exchange);
        assertEquals(Outcome.Kind.FAILED, replay(exchange.formatted(wrong)), exchange);
    }

    @Test
    void tellsAWrongStatusAndAWrongSpelling() throws Exception {
        String exchange = """
                {"kind": "exchange", "id": "s/1", "scene": "s", "before": {}, "request": {"method": "GET", "path": "/v1/api/bot", \
                "query": "action=status&id=tag", "headers": {"Authorization": "{token}"}}, "response": %s}""";
        tells(exchange, "{\"status\": 200, \"raw\": \"\\\"stopped\\\"\\n\"}", "{\"status\": 200, \"raw\": \"\\\"stopped\\\"\"}");
        tells(exchange, "{\"status\": 200, \"json\": \"stopped\"}", "{\"status\": 202, \"json\": \"stopped\"}");
        tells(exchange, "{\"status\": 200, \"json\": \"stopped\", \"headers\": {\"content-type\": \"application/json\"}}",
                "{\"status\": 200, \"json\": \"stopped\", \"headers\": {\"content-type\": \"text/html\"}}");
    }

    @Test
    void tellsAWrongEffectOnBotsQueuesAndFiles() throws Exception {
        String exchange = """
                {"kind": "exchange", "id": "s/1", "scene": "s", "before": {"queues": {"keep-queue": [EVENT]}}, "request": {"method": "GET", \
                "path": "/v1/api/bot", "query": "action=start&id=keep", "headers": {"Authorization": "{token}"}}, \
                "response": {"status": 200, "json": "running"}, \
                "after": %s}""".replace("EVENT", EVENT);
        tells(exchange, "{\"running\": [\"keep\"], \"queues\": {}}", "{\"running\": \"unchanged\", \"queues\": {}}");
        tells(exchange, "{\"running\": [\"keep\"], \"queues\": {}}", "{\"running\": [\"keep\"], \"queues\": \"unchanged\"}");
        tells(exchange, "{\"running\": [\"keep\"], \"queues\": {}, \"files_changed\": {\"var/out.txt\": \"{\\\"source.ip\\\": \\\"192.0.2.7\\\"}\"}}",
                "{\"running\": [\"keep\"], \"queues\": {}, \"files_changed\": {\"var/out.txt\": \"{\\\"source.ip\\\": \\\"192.0.2.8\\\"}\"}}");
    }

    @Test
    void anExchangeNeedsItsScene() throws Exception {
        try (ApiReplay replay = new ApiReplay(Sites.at(folder).catalogue(), "{}", "{}")) {
            assertEquals(Outcome.Kind.UNSUPPORTED, replay.replay(record("{\"kind\": \"exchange\", \"id\": \"s/1\", \"scene\": \"s\"}")).kind());
        }
    }
}
