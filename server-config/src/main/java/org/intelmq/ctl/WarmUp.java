package org.intelmq.ctl;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;

/**
 * Calls what is called most, against a server that answers nothing much: the build notes which classes that takes, so that
 * the JVM can have them ready ({@code lib/command-line.classes}).
 */
final class WarmUp {

    private static final String PIPELINE = """
            # a pipeline
            global: {rate_limit: 0}
            a-collector:
              group: Collector
              name: File
              description: takes files
              enabled: true
              module: intelmq.bots.collectors.file.collector_file
              parameters: {path: var/in, destination_queues: {_default: [an-output-queue]}}
            an-output:
              group: Output
              name: File
              description: writes a file
              enabled: true
              module: intelmq.bots.outputs.file.output
              parameters: {file: var/out.txt}
            """;
    private static final List<List<String>> CALLS = List.of(List.of("--version"), List.of("--help"), List.of("status"), List.of("status", "an-output"),
            List.of("--type", "json", "status"), List.of("list", "queues"), List.of("list", "queues-and-status"), List.of("list", "bots", "--configured"),
            List.of("log", "an-output"), List.of("stop", "an-output"), List.of("start", "an-output"),
            List.of("reload", "an-output"), List.of("clear", "an-output-queue"), List.of("--quiet", "list", "bots"), List.of("list", "feeds"), List.of("check"),
            List.of("history"), List.of("plan", "--draft"), List.of("token", "list"), List.of("explain", "no route to host"),
            List.of("list", "bots"), List.of("top", "--once"), List.of("tap", "--help"), List.of("run", "an-output", "message", "get"));

    private WarmUp() { }

    /** @param arguments an empty folder, and the runtime.yaml of the sample */
    public static void main(String[] arguments) throws IOException {
        Path root = Path.of(arguments[0]);
        // its idle task would run in a slow rehearsal alone, and two builds are to note the same
        System.setProperty("sun.net.httpserver.clockTick", String.valueOf(Integer.MAX_VALUE));
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                byte[] answer = answer(exchange.getRequestMethod(), exchange.getRequestURI().getPath()).getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(200, answer.length);
                exchange.getResponseBody().write(answer);
            }
        });
        server.start();
        Files.createDirectories(root.resolve("etc"));
        Files.createDirectories(root.resolve("var/run"));
        Files.createDirectories(root.resolve("var/log"));
        Files.createDirectories(root.resolve("var/in"));
        Files.writeString(root.resolve("etc/runtime.yaml"), PIPELINE);
        Files.writeString(root.resolve("var/log/an-output.log"), "2026-01-01 00:00:00,000 - an-output - INFO - Bot is starting.\n");
        Files.writeString(root.resolve("var/run/server.json"), "{\"pid\": " + ProcessHandle.current().pid() + ", \"url\": \"http://127.0.0.1:"
                + server.getAddress().getPort() + "/\", \"token\": \"none\"}");
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
        Map<String, String> environment = Map.of("INTELMQ_ROOT_DIR", root.toString());
        int code = 0;
        for (List<String> call : CALLS) {
            code |= IntelmqCtl.run(call.toArray(String[]::new), environment, nowhere, System.err, false, null);
        }
        code |= IntelmqDump.run(new String[] {"--list"}, environment, nowhere, System.err);
        code |= checkSample(root.resolve("sample"), Path.of(arguments[1]), nowhere);
        System.exit(code);
    }

    /** With bots that go over the network and into databases: a check makes each, with all that it needs. */
    private static int checkSample(Path root, Path pipeline, PrintStream nowhere) throws IOException {
        Files.createDirectories(root.resolve("etc"));
        Files.createDirectories(root.resolve("var/lib/bots/sample-collector"));
        Files.copy(pipeline, root.resolve("etc/runtime.yaml"), StandardCopyOption.REPLACE_EXISTING);
        return IntelmqCtl.run(new String[] {"check"}, Map.of("INTELMQ_ROOT_DIR", root.toString()), nowhere, System.err, false, null);
    }

    /** By the last part of the address. */
    private static String answer(String method, String path) {
        return switch (path.substring(path.lastIndexOf('/') + 1)) {
            case "statistics" -> """
                    {"state": "running", "received": 0, "sent": {}, "failed": 0, "dumped": 0, "waiting": 0, "consumers": 1, "tries": 0}""";
            case "queues" -> "[{\"name\": \"an-output-queue\", \"waiting\": 0}]";
            case "messages" -> method.equals("GET") ? "{\"items\": []}" : "0";
            case "bots" -> """
                    [{"id": "an-output", "state": "running", "rate": 0.5, "waiting": 0, "oldest_waiting": null, "next_run": null, "last_error": null,
                      "last_success": null, "waits_for": null, "held_behind": null, "why": [{"bot": "an-output", "text": "works"}]}]""";
            case "history" -> "{\"items\": [], \"next\": null}";
            case "plan" -> "{\"changes\": []}";
            case "steps" -> """
                    {"steps": [{"title": "Checking for bots.", "problems": []}]}""";
            case "check", "problems", "tokens", "jobs" -> "[]";
            case "stop" -> "{\"an-output\": \"stopped\"}";
            default -> "{\"a-collector\": \"running\", \"an-output\": \"running\"}";
        };
    }
}
