package org.intelmq.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** What an idle server costs, and how fast it wakes up. */
final class Quiet {

    /** By then a server that has nothing to do has given back the memory that its start took. */
    private static final int SETTLED_SECONDS = 60;
    private static final int IDLE_SECONDS = 20;
    /** Of a fresh server, half of whose code is still interpreted. */
    private static final int FIRST_EVENTS = 2000;
    /** By then what an event passes is compiled, as it is on a server that has run for some minutes. */
    private static final int WARM_UP = 10_000;
    private static final long PATIENCE_NANOS = 10_000_000_000L;
    /** Waiting must not take one of two processors away from the server. */
    private static final long LOOK_NANOS = 50_000;
    private static final double MEBIBYTE = 1 << 20;
    private static final int MANY_BOTS = 50;

    private final Path home;

    Quiet(Path home) {
        this.home = home;
    }

    /** Resident memory and processor time of P2 and of fifty bots, all waiting. */
    Map<String, Object> idle() throws IOException {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("benchmark", "idle");
        Path root = Files.createTempDirectory("intelmq-bench");
        Pipeline.P2.layOut(root, 0, false);
        figures.put("p2", idle(root));
        Path crowd = Files.createTempDirectory("intelmq-bench");
        Pipeline.P2.layOut(crowd, 0, false);
        Files.writeString(crowd.resolve("etc/runtime.yaml"), manyBots(crowd));
        figures.put("bots_" + MANY_BOTS, idle(crowd));
        return figures;
    }

    private Map<String, Object> idle(Path root) throws IOException {
        try (BenchmarkServer server = BenchmarkServer.start(home, root)) {
            LockSupport.parkNanos(SETTLED_SECONDS * 1_000_000_000L);
            ProcessFigures before = ProcessFigures.of(List.of(server.pid()));
            LockSupport.parkNanos(IDLE_SECONDS * 1_000_000_000L);
            ProcessFigures used = ProcessFigures.of(List.of(server.pid())).since(before);
            Map<String, Object> figures = new LinkedHashMap<>();
            figures.put("ready_s", Measured.rounded(server.readySeconds()));
            figures.put("rss_mib", Measured.rounded(ProcessFigures.residentBytes(server.pid()) / MEBIBYTE));
            figures.put("cpu_percent", Measured.rounded(100 * used.cpuSeconds() / IDLE_SECONDS));
            return figures;
        } finally {
            Benchmark.deleteTree(root);
        }
    }

    private static String manyBots(Path root) {
        StringBuilder yaml = new StringBuilder();
        for (int i = 0; i < MANY_BOTS; i++) {
            String next = i + 1 < MANY_BOTS - 1 ? "bot-" + (i + 1) + "-queue" : "output-queue";
            if (i == MANY_BOTS - 1) {
                yaml.append("""
                        output:
                          group: Output
                          module: intelmq.bots.outputs.file.output
                          parameters: {file: %s/var/out/events.txt}
                        """.formatted(root));
            } else {
                yaml.append("""
                        bot-%d:
                          group: Expert
                          module: intelmq.bots.experts.taxonomy.expert
                          parameters: {destination_queues: {_default: [%s]}}
                        """.formatted(i, next));
            }
        }
        return yaml.toString();
    }

    /** Milliseconds from handing single events to an idle P2 until each is in the output file, of a warm and of a fresh server. */
    Map<String, Object> latency(int events) throws IOException {
        Path root = Files.createTempDirectory("intelmq-bench");
        Pipeline.P2.layOut(root, 0, false);
        try (BenchmarkServer server = BenchmarkServer.start(home, root);
                OutputTail tail = new OutputTail(root.resolve("var/out/events.txt"))) {
            List<Double> first = new ArrayList<>();
            List<Double> millis = new ArrayList<>();
            for (int i = 0; i < WARM_UP + events; i++) {
                long before = tail.count();
                long sent = System.nanoTime();
                server.post("queues/deduplicator-queue/messages", event(i));
                while (tail.count() == before && System.nanoTime() - sent < PATIENCE_NANOS) {
                    LockSupport.parkNanos(LOOK_NANOS);
                }
                double taken = (System.nanoTime() - sent) / 1e6;
                if (i >= WARM_UP) {
                    millis.add(taken);
                } else if (i >= FIRST_EVENTS && i < FIRST_EVENTS + events) {
                    first.add(taken);
                }
                LockSupport.parkNanos(2_000_000);
            }
            Map<String, Object> figures = new LinkedHashMap<>();
            figures.put("benchmark", "latency");
            figures.put("events", events);
            putQuantiles(figures, "", millis);
            putQuantiles(figures, "after_" + FIRST_EVENTS + "_events_", first);
            return figures;
        } finally {
            Benchmark.deleteTree(root);
        }
    }

    private static void putQuantiles(Map<String, Object> figures, String prefix, List<Double> millis) {
        Collections.sort(millis);
        figures.put(prefix + "median_ms", Measured.rounded(millis.get(millis.size() / 2)));
        figures.put(prefix + "p99_ms", Measured.rounded(millis.get((int) (millis.size() * 0.99))));
    }

    /** A name that the rfc1918 expert does not drop, as it does the example domains. */
    private static String event(int number) {
        return """
                {"source.ip": "93.184.216.%d", "source.url": "http://xkwqz.net/%d", "classification.type": "c2-server", \
                "malware.name": "zeus", "comment": "n%06d", "feed.name": "bench", "time.source": "2024-03-01T00:00:00+00:00", \
                "time.observation": "2024-04-01T00:00:00+00:00", "__type": "Event"}""".formatted(number % 256, number, number);
    }
}
