package org.intelmq.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** The pipelines that are measured. */
enum Pipeline {
    P1("P1", ".csv", 1583),
    P1_JSON("P1-json", ".jsonl", 1601),
    P1_SHADOWSERVER("P1-shadowserver", ".csv", 997),
    P2("P2", ".csv", 321),
    P3("P3", ".csv", 1043),
    LOOKUPS("lookups", ".jsonl", 0);

    private static final List<String> LOOKED_UP = List.of("\"source.ip\"", "\"source.asn\"", "\"source.reverse_dns\"");

    private final String title;
    private final String suffix;
    private final int ofIntelmq;

    Pipeline(String title, String suffix, int ofIntelmq) {
        this.title = title;
        this.suffix = suffix;
        this.ofIntelmq = ofIntelmq;
    }

    String title() {
        return title;
    }

    static List<String> titles() {
        return Arrays.stream(values()).map(Pipeline::title).toList();
    }

    /** {@code null} if there is none of that title. */
    static Pipeline named(String title) {
        return Arrays.stream(values()).filter(pipeline -> pipeline.title.equals(title)).findFirst().orElse(null);
    }

    /**
     * Events per CPU-second of IntelMQ 3.3.2 with Python 3.11, Redis 7.0 and PostgreSQL 15, on two cores otherwise idle: the median
     * of three runs; of one run on a busy machine for P1-json and P1-shadowserver; 0 if it was not measured.
     */
    int ofIntelmq() {
        return ofIntelmq;
    }

    boolean writesIntoDatabase() {
        return this == P3;
    }

    /** Needs a name server, which the benchmark brings. */
    boolean asksNames() {
        return this == LOOKUPS;
    }

    /**
     * Lays the root of an installation out for this pipeline.
     *
     * @param plain without fused delivery
     */
    void layOut(Path root, int postgresPort, boolean plain) throws IOException {
        for (String folder : new String[] {"etc", "var/in", "var/out", "var/lib/bots"}) {
            Files.createDirectories(root.resolve(folder));
        }
        Files.writeString(root.resolve("etc/runtime.yaml"), resource(title + ".yaml").replace("${ROOT}", root.toString())
                .replace("${POSTGRES_PORT}", String.valueOf(postgresPort)) + (plain ? "  fused_delivery: false\n" : ""));
        if (this == P2) {
            Workload.modifyRules(root.resolve("etc/modify.conf"));
        }
        if (this == P1_SHADOWSERVER) {
            Files.writeString(root.resolve("var/lib/bots/shadowserver-schema.json"), resource("shadowserver-schema.json"));
        }
    }

    /** Writes a run's input next to the collector's folder; renaming {@link #input} to {@link #collected} starts the run. */
    Workload.Counts makeInput(Path root, int rows, int run) throws IOException {
        return switch (this) {
            case P1_JSON -> Workload.events(input(root), rows, run);
            case P1_SHADOWSERVER -> Workload.shadowserver(input(root), rows, run);
            case LOOKUPS -> Workload.names(input(root), rows, run);
            default -> Workload.csv(input(root), rows, run);
        };
    }

    Path input(Path root) {
        return root.resolve("var/next-input");
    }

    Path collected(Path root, int run) {
        String name = this == P1_SHADOWSERVER ? "2024-03-01-bench_scan-test-geo" : "run-" + run;
        return root.resolve("var/in").resolve(name + suffix);
    }

    /** Events that a correct run delivers. */
    int expected(Workload.Counts counts) {
        return this == P2 ? counts.publicUnique() : counts.rows();
    }

    /** @throws IOException if an event has passed without what the look-ups add */
    void check(Path output) throws IOException {
        if (this != LOOKUPS) {
            return;
        }
        try (Stream<String> lines = Files.lines(output)) {
            String incomplete = lines.filter(line -> !LOOKED_UP.stream().allMatch(line::contains)).findFirst().orElse(null);
            if (incomplete != null) {
                throw new IOException(title + " delivered an event without " + LOOKED_UP + ": " + incomplete);
            }
        }
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = Pipeline.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
