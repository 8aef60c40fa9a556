package org.intelmq.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.intelmq.message.Json;
import org.intelmq.message.JsonException;
import org.intelmq.server.testing.Api;
import org.intelmq.server.testing.Description;
import org.intelmq.server.testing.ServerProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Asks a running server all that its description offers, and compares each answer with what that says. */
class OpenApiIT {

    private static final String PIPELINE = """
            expert:
              group: Expert
              module: intelmq.bots.experts.taxonomy.expert
              parameters: {destination_queues: {_default: [out-queue]}}
            out: {group: Output, enabled: false, module: intelmq.bots.outputs.file.output, parameters: {file: out.txt}}
            """;
    private static final String EVENT = "{\"__type\": \"Event\", \"source.ip\": \"192.0.2.1\", \"classification.type\": \"phishing\"}";
    /** What stands for the parameters of paths; what is not here is asked for a thing that does not exist. */
    private static final Map<String, String> NAMES = Map.of("id", "expert", "queue", "out-queue", "bot", "out", "action", "reload", "revision", "1",
            "name", "module");
    /** What is sent, by method and path; else an empty object. */
    private static final Map<String, String> BODIES = Map.of(
            "post /api/v1/bots/{id}/trial", "{\"messages\": [" + EVENT + "]}",
            "post /api/v1/queues/{queue}/messages", EVENT,
            "put /api/v1/queues/{queue}/messages/{id}", Json.write(List.of(EVENT)),
            "post /api/v1/queues/{queue}/move", "{\"to\": \"expert-queue\"}",
            "post /api/v1/queues/{queue}/purge", "{\"confirm\": \"out-queue\"}",
            "post /api/v1/dumps/{bot}/recover", "{\"all\": true}");

    @TempDir
    private Path root;

    private static String address(String path) {
        String address = path;
        for (Map.Entry<String, String> name : NAMES.entrySet()) {
            address = address.replace("{" + name.getKey() + "}", name.getValue());
        }
        return address.replaceAll("\\{\\w+}", "none").substring(1);
    }

    private static Object parsed(String body) {
        try {
            return body.isEmpty() ? null : Json.parse(body);
        } catch (JsonException e) {
            return body;
        }
    }

    @Test
    void answersAsItsDescriptionSays() throws Exception {
        Files.createDirectories(root.resolve("etc"));
        Files.createDirectories(root.resolve("var/log"));
        Files.writeString(root.resolve("etc/runtime.yaml"), PIPELINE);
        Files.writeString(root.resolve("var/log/out.dump"), Json.pretty(Map.of("2026-01-02T03:04:05.000006",
                Map.of("bot_id", "out", "message", EVENT, "source_queue", "out-queue", "traceback", "Refused: no"))));
        try (ServerProcess server = ServerProcess.start(root)) {
            Api api = Api.of(root);
            Description description = new Description(api.json("api/v1/openapi.json"));
            List<String> wrong = new ArrayList<>();
            int good = 0;
            for (String method : List.of("get", "post", "put", "patch", "delete")) {
                for (Map.Entry<String, List<String>> path : description.operations().entrySet()) {
                    if (path.getValue().contains(method) && !path.getKey().endsWith("/stream") && !path.getKey().endsWith("/export")) {
                        HttpResponse<String> answer = api.call(method.toUpperCase(Locale.ROOT), address(path.getKey()),
                                description.takesJson(path.getKey(), method) ? "application/json" : "text/plain",
                                BODIES.getOrDefault(method + " " + path.getKey(), "{}"));
                        String asked = method + " " + path.getKey() + " " + answer.statusCode();
                        good += answer.statusCode() / 100 == 2 ? 1 : 0;
                        if (answer.statusCode() >= 500) {
                            wrong.add(asked + " " + answer.body());
                        } else if (answer.statusCode() / 100 == 2 || answer.body().contains("\"code\"")) {
                            description.problems(path.getKey(), method, answer.statusCode(), parsed(answer.body()))
                                    .forEach(problem -> wrong.add(asked + ": " + problem));
                        }
                    }
                }
            }
            assertEquals(List.of(), wrong);
            assertTrue(good > 40, good + " answers were no refusals");
        }
    }
}
