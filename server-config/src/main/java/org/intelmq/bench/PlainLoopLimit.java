package org.intelmq.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How many rows of P1 the {@link PlainLoop} makes events of in a CPU-second of this process: the best that P1 can reach on this
 * machine, and a yardstick for comparing figures of different machines. Measured once, when first asked for.
 */
final class PlainLoopLimit {

    private static final int ROWS = 200_000;
    private static final int RUNS = 5;
    /** A process's CPU time is counted in hundredths of a second, and a pass takes a few tenths. */
    private static final int PASSES = 5;

    private final Measured perCpuSecond = new Measured();
    private double cold;

    /** The figures of P1, those of the loop, and the share of the loop's that P1 reaches. */
    Map<String, Object> measure(Map<String, Object> figuresOfP1) throws IOException {
        double loop = eventsPerCpuSecond();
        Map<?, ?> ofP1 = (Map<?, ?>) figuresOfP1.get("events_per_cpu_s");
        Map<?, ?> coldOfP1 = (Map<?, ?>) figuresOfP1.get("cold");
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("benchmark", "limit");
        figures.put("rows", figuresOfP1.get("rows"));
        figures.put("loop_events_per_cpu_s", perCpuSecond.toMap());
        figures.put("p1_events_per_cpu_s", ofP1);
        figures.put("p1_of_loop", Measured.rounded((Double) ofP1.get("median") / loop));
        figures.put("loop_cold_events_per_cpu_s", Measured.rounded(cold));
        figures.put("p1_cold_events_per_cpu_s", coldOfP1.get("events_per_cpu_s"));
        figures.put("p1_of_loop_cold", Measured.rounded((Double) coldOfP1.get("events_per_cpu_s") / cold));
        return figures;
    }

    double eventsPerCpuSecond() throws IOException {
        if (cold == 0) {
            Path folder = Files.createTempDirectory("intelmq-bench");
            try {
                Path rows = folder.resolve("rows");
                Workload.csv(rows, ROWS, 0);
                cold = run(rows, folder, 1);
                for (int run = 0; run < RUNS; run++) {
                    perCpuSecond.add(run(rows, folder, PASSES));
                }
            } finally {
                Benchmark.deleteTree(folder);
            }
        }
        return perCpuSecond.median();
    }

    private static double run(Path rows, Path folder, int passes) throws IOException {
        long before = cpuNanos();
        int events = 0;
        for (int pass = 0; pass < passes; pass++) {
            events += PlainLoop.run(rows, folder.resolve("events"), "file://localhost" + rows, "2024-04-01T00:00:00+00:00");
        }
        return events / ((cpuNanos() - before) / 1e9);
    }

    /** Of the whole process, with the compiler and the collector, as it is measured for a server. */
    private static long cpuNanos() {
        return ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class).getProcessCpuTime();
    }
}
