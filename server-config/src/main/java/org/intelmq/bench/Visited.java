package org.intelmq.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * What a pipeline loses while its server is visited: runs alone and runs with readers of the stream and a burst of requests take
 * turns, so that both have the same machine. The readers' own processor time, on the same machine, counts as loss too.
 */
final class Visited {

    private static final double MOST_LOST = 0.05;
    private static final int UNCOUNTED_BURSTS = 5;

    private final Path home;
    private final Benchmark benchmark;
    private final int runs;
    private final int readers;
    private final int requests;

    Visited(Path home, Benchmark.Options options, int readers, int requests) {
        this.home = home;
        this.benchmark = new Benchmark(home, Pipeline.P2, options);
        this.runs = options.runs();
        this.readers = readers;
        this.requests = requests;
    }

    /** The figures by name; {@code undisturbed} says whether at most a twentieth of the events a second is lost. */
    Map<String, Object> measure() throws IOException {
        Path root = Files.createTempDirectory("intelmq-bench");
        try {
            Pipeline.P2.layOut(root, 0, false);
            try (BenchmarkServer server = BenchmarkServer.start(home, root)) {
                return measured(server);
            }
        } finally {
            Benchmark.deleteTree(root);
        }
    }

    /** The server's log is gone with its root, so a failure tells its end. */
    private Map<String, Object> measured(BenchmarkServer server) throws IOException {
        try {
            return measure(server);
        } catch (IOException e) {
            throw new IOException(e.getMessage() + "; the end of the server's log:\n" + server.lastLog(), e);
        }
    }

    private Map<String, Object> measure(BenchmarkServer server) throws IOException {
        int number = 0;
        benchmark.rate(server, number++);
        warmUp(server);
        Measured alone = new Measured();
        Measured visited = new Measured();
        Measured cpuAlone = new Measured();
        Measured cpuVisited = new Measured();
        Measured burst = new Measured();
        Measured told = new Measured();
        for (int run = 0; run < runs; run++) {
            Benchmark.Rate undisturbed = benchmark.rate(server, number++);
            alone.add(undisturbed.eventsPerSecond());
            cpuAlone.add(undisturbed.cpuSeconds());
            try (Visitors visitors = server.visitors()) {
                visitors.read(readers);
                CompletableFuture<Double> seconds = CompletableFuture.supplyAsync(() -> burst(visitors));
                Benchmark.Rate disturbed = benchmark.rate(server, number++);
                visited.add(disturbed.eventsPerSecond());
                cpuVisited.add(disturbed.cpuSeconds());
                burst.add(joined(seconds));
                told.add(visitors.told() / 1024.0);
            }
        }
        double lost = 1 - visited.median() / alone.median();
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("benchmark", "visited P2");
        figures.put("readers", readers);
        figures.put("requests", requests);
        figures.put("events_per_s_alone", alone.toMap());
        figures.put("events_per_s_visited", visited.toMap());
        figures.put("server_cpu_s_alone", cpuAlone.toMap());
        figures.put("server_cpu_s_visited", cpuVisited.toMap());
        figures.put("burst_s", burst.toMap());
        figures.put("told_kib", told.toMap());
        figures.put("lost_percent", Measured.rounded(lost * 100));
        figures.put("undisturbed", lost <= MOST_LOST);
        return figures;
    }

    /** As the first run of the pipeline is not counted: nobody's server is visited once and never again. */
    private void warmUp(BenchmarkServer server) throws IOException {
        try (Visitors visitors = server.visitors()) {
            visitors.read(readers);
            for (int burst = 0; burst < UNCOUNTED_BURSTS; burst++) {
                visitors.burst(requests);
            }
        }
    }

    private double burst(Visitors visitors) {
        try {
            return visitors.burst(requests);
        } catch (IOException e) {
            throw new CompletionException(e);
        }
    }

    private static double joined(CompletableFuture<Double> seconds) throws IOException {
        try {
            return seconds.join();
        } catch (CompletionException e) {
            throw new IOException(e.getCause().getMessage(), e.getCause());
        }
    }
}
