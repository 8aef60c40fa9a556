package org.intelmq.bench;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.intelmq.message.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Measures this distribution on this machine, on roots and databases made for it and removed again. */
@Command(name = "bench", description = "Measures throughput, latency or idle cost of a fresh server.")
public final class BenchCommand implements Callable<Integer> {

    @Parameters(paramLabel = "BENCHMARK", description = "P1, P1-json, P1-shadowserver, P2, P3, latency or idle")
    private List<String> benchmarks;

    @Option(names = "--rows", defaultValue = "200000", description = "Rows of a run. Default: ${DEFAULT-VALUE}")
    private int rows;

    @Option(names = "--runs", defaultValue = "3", description = "Counted runs after the cold one. Default: ${DEFAULT-VALUE}")
    private int runs;

    @Option(names = "--events", defaultValue = "1000", description = "Events of the latency benchmark. Default: ${DEFAULT-VALUE}")
    private int events;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        Path home = Path.of(System.getProperty("intelmq.home"));
        for (String benchmark : benchmarks) {
            Map<String, Object> figures = switch (benchmark) {
                case "latency" -> new Quiet(home).latency(events);
                case "idle" -> new Quiet(home).idle();
                default -> new Benchmark(home, Pipeline.named(benchmark), rows, runs).measure();
            };
            System.out.println(json ? Json.pretty(figures) : table(figures));
        }
        return 0;
    }

    private static String table(Map<String, Object> figures) {
        StringBuilder lines = new StringBuilder();
        figures.forEach((name, value) -> lines.append("%-26s".formatted(name)).append(text(value)).append('\n'));
        return lines.toString();
    }

    private static String text(Object value) {
        if (value instanceof Map<?, ?> map && map.containsKey("median")) {
            return "%s (%s to %s)".formatted(map.get("median"), map.get("min"), map.get("max"));
        }
        return String.valueOf(value);
    }
}
