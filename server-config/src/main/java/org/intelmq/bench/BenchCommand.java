package org.intelmq.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.intelmq.message.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Measures this distribution on this machine, on roots and databases that are created for this and removed again. */
@Command(name = "bench", description = "Measures throughput, latency, idle cost or endurance of a fresh server.")
public final class BenchCommand implements Callable<Integer> {

    /** What is measured besides the pipelines. */
    private static final List<String> OTHERS = List.of("limit", "latency", "idle", "soak", "visited");

    @Parameters(paramLabel = "BENCHMARK", arity = "1..*", description = "P1, P1-json, P1-shadowserver, P2, P3, lookups, limit, latency, idle, soak or visited")
    private List<String> benchmarks;

    @Option(names = "--rows", defaultValue = "200000", description = "Rows in a run. Default: ${DEFAULT-VALUE}")
    private int rows;

    @Option(names = "--runs", defaultValue = "3", description = "Number of counted runs after the cold one. Default: ${DEFAULT-VALUE}")
    private int runs;

    @Option(names = "--plain", description = "Switch fused delivery off: each event goes through every queue.")
    private boolean plain;

    @Option(names = "--profile", description = "Show where the processor time of the counted runs goes, what they allocate and which locks they wait "
            + "for.")
    private boolean profile;

    @Option(names = "--events", defaultValue = "1000", description = "Events of the latency benchmark. Default: ${DEFAULT-VALUE}")
    private int events;

    @Option(names = "--minutes", defaultValue = "30", description = "How long the soak lasts; exit code 1 if something grows. Default: ${DEFAULT-VALUE}")
    private int minutes;

    @Option(names = "--rate", paramLabel = "EVENTS_PER_S", description = "Events a second of the soak. Default: half of what this machine can do.")
    private Integer rate;

    @Option(names = "--readers", defaultValue = "200", description = "Readers of the stream while P2 is visited. Default: ${DEFAULT-VALUE}")
    private int readers;

    @Option(names = "--requests", defaultValue = "1000", description = "Requests of the burst while P2 is visited; exit code 1 if more than 5 %% is lost. "
            + "Default: ${DEFAULT-VALUE}")
    private int requests;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Option(names = "--against", paramLabel = "FILE", description = "Compare with figures that --json printed earlier; exit code 1 if a pipeline is "
            + "slower.")
    private Path against;

    @Option(names = "--slower-by", paramLabel = "PERCENT", defaultValue = "10",
            description = "How much slower than --against a pipeline may be by chance. Default: ${DEFAULT-VALUE}")
    private int slowerBy;

    @Spec
    private CommandSpec spec;

    private final PlainLoopLimit limit = new PlainLoopLimit();

    @Override
    public Integer call() throws Exception {
        for (String benchmark : benchmarks) {
            if (!OTHERS.contains(benchmark) && Pipeline.named(benchmark) == null) {
                throw new ParameterException(spec.commandLine(), "benchmark cannot be \"" + benchmark + "\": expected one of "
                        + String.join(", ", Pipeline.titles()) + ", " + String.join(", ", OTHERS));
            }
        }
        Baseline baseline = against == null ? null : Baseline.read(against);
        boolean good = true;
        List<Map<String, Object>> all = new ArrayList<>();
        List<Baseline.Comparison> comparisons = new ArrayList<>();
        for (String benchmark : benchmarks) {
            Map<String, Object> figures = measure(benchmark);
            if (!json) {
                System.out.println(table(figures, ""));
            }
            all.add(figures);
            good &= !Boolean.FALSE.equals(figures.get("flat")) && !Boolean.FALSE.equals(figures.get("undisturbed"));
            if (baseline != null) {
                comparisons.add(baseline.compare(figures));
            }
        }
        if (json) {
            System.out.println(Json.pretty(all.size() == 1 ? all.get(0) : all));
        }
        return passes(comparisons) && good ? 0 : 1;
    }

    private Map<String, Object> measure(String benchmark) throws IOException {
        Path home = Path.of(System.getProperty("intelmq.home"));
        return switch (benchmark) {
            case "latency" -> new Quiet(home).latency(events);
            case "idle" -> new Quiet(home).idle();
            case "soak" -> new Soak(home, minutes, rate).measure();
            case "visited" -> new Visited(home, new Benchmark.Options(rows, runs, plain, false), readers, requests).measure();
            case "limit" -> limit.measure(pipeline(home, Pipeline.P1));
            default -> pipeline(home, Pipeline.named(benchmark));
        };
    }

    private Map<String, Object> pipeline(Path home, Pipeline pipeline) throws IOException {
        Map<String, Object> figures = new Benchmark(home, pipeline, new Benchmark.Options(rows, runs, plain, profile)).measure();
        figures.put("loop_events_per_cpu_s", Measured.rounded(limit.eventsPerCpuSecond()));
        return figures;
    }

    /** Says on the standard error how each compares, so that the standard output stays what it is. */
    private boolean passes(List<Baseline.Comparison> comparisons) {
        boolean pass = true;
        for (Baseline.Comparison comparison : comparisons) {
            boolean slower = comparison.ratio() < 1 - slowerBy / 100.0;
            System.err.println((slower ? "SLOWER " : "ok     ") + comparison.text() + (slower ? ", more than " + slowerBy + " % slower" : ""));
            pass &= !slower;
        }
        return pass;
    }

    private static String table(Map<?, ?> figures, String indentation) {
        StringBuilder lines = new StringBuilder();
        int width = figures.keySet().stream().mapToInt(name -> name.toString().length()).max().orElse(0);
        figures.forEach((name, value) -> {
            boolean group = value instanceof Map<?, ?> map && !map.containsKey("median");
            lines.append(indentation).append(group ? name + "\n" + table((Map<?, ?>) value, indentation + "  ")
                    : ("%-" + width + "s  %s%n").formatted(name, text(value)));
        });
        return lines.toString();
    }

    private static String text(Object value) {
        return value instanceof Map<?, ?> map ? "%s (%s to %s)".formatted(map.get("median"), map.get("min"), map.get("max")) : String.valueOf(value);
    }
}
