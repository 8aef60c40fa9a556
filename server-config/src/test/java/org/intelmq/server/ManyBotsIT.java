package org.intelmq.server;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.intelmq.message.Json;
import org.intelmq.server.testing.Api;
import org.intelmq.server.testing.ServerProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** As many bots and sessions as the server is made for, every hop through the broker: they all take messages, and let go of them. */
class ManyBotsIT {

    private static final int LINES = 7;
    private static final int EXPERTS_IN_A_LINE = 20;
    private static final int BOTS = 2 + LINES * (EXPERTS_IN_A_LINE + 1) + 1;
    private static final int ROWS = 300;
    private static final Duration LONG_ENOUGH = Duration.ofMinutes(2);

    @TempDir
    private Path root;

    @Test
    void runsAHundredAndFiftyBotsWithFourSessionsEach() throws IOException {
        for (String folder : List.of("etc", "var/in", "var/out")) {
            Files.createDirectories(root.resolve(folder));
        }
        configure(4);
        try (ServerProcess server = ServerProcess.start(root)) {
            Api api = Api.of(root);
            assertEquals(BOTS, running(api));
            assertEquals(4L, statistics(api, "expert-6-19").get("consumers"));
            feed(0);
            awaitLines(1);

            assertEquals(Map.of(), others(api.post("api/v1/bots/stop?group=Expert", ""), "stopped"));
            feed(1);
            assertEquals(Map.of(), others(api.post("api/v1/bots/start?group=Expert", ""), "running"));
            awaitLines(ROWS + 1);
            configure(2);
            feed(2);
            assertEquals(Map.of(), others(api.post("api/v1/bots/reload?group=Expert", ""), "running"));
            assertEquals(2L, statistics(api, "expert-6-19").get("consumers"));

            awaitLines(3 * ROWS);
            System.out.printf("%d bots, 4 sessions each: ready after %.1f s, %d events through %d hops, resident memory %s%n", BOTS,
                    server.awaitReady().toMillis() / 1e3, 3 * ROWS * LINES, EXPERTS_IN_A_LINE + 2, residentMemory(server));
            assertEquals(0, server.stop());
        }
        for (int line = 0; line < LINES; line++) {
            assertEquals(3 * ROWS, lines(line).distinct().count(), "different rows at the end of line " + line);
        }
    }

    private void configure(int sessions) throws IOException {
        var text = new StringBuilder("""
                global: {rate_limit: 0, fused_delivery: false, instances_threads: %d}
                collector: {group: Collector, module: intelmq.bots.collectors.file.collector_file, parameters: {path: var/in/, postfix: .csv,
                  delete_file: true, rate_limit: 1, destination_queues: {_default: [parser-queue]}}}
                parser: {group: Parser, module: intelmq.bots.parsers.generic.parser_csv, parameters: {columns: [source.ip, comment],
                  default_fields: {classification.type: scanner}, destination_queues: {_default: %s}}}
                idle: {group: Output, module: intelmq.bots.outputs.file.output, parameters: {file: var/out/idle.txt}}
                """.formatted(sessions, IntStream.range(0, LINES).mapToObj(line -> "expert-" + line + "-0-queue").toList()));
        for (int line = 0; line < LINES; line++) {
            for (int i = 0; i < EXPERTS_IN_A_LINE; i++) {
                String next = i + 1 < EXPERTS_IN_A_LINE ? "expert-" + line + "-" + (i + 1) : "output-" + line;
                text.append("""
                        expert-%d-%d: {group: Expert, module: intelmq.bots.experts.taxonomy.expert, parameters: {destination_queues: {_default: [%s-queue]}}}
                        """.formatted(line, i, next));
            }
            text.append("""
                    output-%d: {group: Output, module: intelmq.bots.outputs.file.output, parameters: {file: var/out/%d.txt}}
                    """.formatted(line, line));
        }
        Path fresh = Files.writeString(root.resolve("var/runtime"), text);
        Files.move(fresh, root.resolve("etc/runtime.yaml"), StandardCopyOption.REPLACE_EXISTING);
    }

    private void feed(int number) throws IOException {
        var rows = new StringBuilder();
        for (int row = 0; row < ROWS; row++) {
            rows.append("192.0.2.").append(row % 256).append(",row ").append(number).append('-').append(row).append('\n');
        }
        Path file = Files.writeString(root.resolve("var/next"), rows);
        Files.move(file, root.resolve("var/in/" + number + ".csv"), StandardCopyOption.ATOMIC_MOVE);
    }

    private void awaitLines(int atLeast) {
        await().atMost(LONG_ENOUGH).until(() -> {
            for (int line = 0; line < LINES; line++) {
                if (lines(line).count() < atLeast) {
                    return false;
                }
            }
            return true;
        });
    }

    private Stream<String> lines(int line) throws IOException {
        Path file = root.resolve("var/out/" + line + ".txt");
        return Files.exists(file) ? Files.readAllLines(file).stream() : Stream.of();
    }

    private static long running(Api api) {
        return ((Map<?, ?>) api.json("api/v1/bots/status")).values().stream().filter("running"::equals).count();
    }

    private static Map<?, ?> statistics(Api api, String bot) {
        return (Map<?, ?>) api.json("api/v1/bots/" + bot + "/statistics");
    }

    /** Those of the answer that are not as they should be. */
    private static Map<?, ?> others(String answer, String state) {
        Map<?, ?> states = (Map<?, ?>) Json.parse(answer);
        assertEquals(LINES * EXPERTS_IN_A_LINE, states.size());
        states.values().removeIf(state::equals);
        return states;
    }

    /** Where the system tells it. */
    private static String residentMemory(ServerProcess server) throws IOException {
        Path status = Path.of("/proc/" + server.pid() + "/status");
        return Files.exists(status) ? Files.readAllLines(status).stream().filter(line -> line.startsWith("VmRSS")).findFirst().orElse("unknown") : "unknown";
    }
}
