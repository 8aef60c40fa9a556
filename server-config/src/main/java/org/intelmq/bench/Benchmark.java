package org.intelmq.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * Sends a workload through a pipeline of a fresh server, again and again. The clock of a run starts when the collector takes the
 * input up and ends when the last event is in the output file, or committed. CPU is that of all processes that take part.
 */
final class Benchmark {

    private static final DateTimeFormatter LOG_TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss,SSS");
    private static final long POLL_NANOS = 5_000_000;
    private static final double LONGEST_RUN_SECONDS = 600;
    /** What the benchmark's name server takes for an answer. */
    private static final int NAMES_MILLIS = 20;
    private static final double MEBIBYTE = 1 << 20;

    private final Path home;
    private final Pipeline pipeline;
    private final Options options;
    private final int rows;

    /**
     * @param rows of a run
     * @param runs counted runs, after the cold one
     * @param plain without fused delivery: every event passes every queue
     * @param profile whether the counted runs are recorded, which slows them down a little
     */
    record Options(int rows, int runs, boolean plain, boolean profile) { }

    /**
     * @param databaseCpuSeconds PostgreSQL's part of {@code cpuSeconds}
     * @param journalBytes what the server wrote besides the events file: journal, state, logs
     */
    private record Run(double seconds, double cpuSeconds, double databaseCpuSeconds, long writtenBytes, long journalBytes, double peakMebibytes) { }

    Benchmark(Path home, Pipeline pipeline, Options options) {
        this.home = home;
        this.pipeline = pipeline;
        this.options = options;
        this.rows = options.rows();
    }

    /** The figures by name; throws if a run delivers another number of events than it must. */
    Map<String, Object> measure() throws IOException {
        Path root = Files.createTempDirectory("intelmq-bench");
        try (BenchDatabase database = pipeline.writesIntoDatabase() ? BenchDatabase.start() : null;
                LateNameServer names = pipeline.asksNames() ? LateNameServer.start(NAMES_MILLIS) : null) {
            pipeline.layOut(root, database == null ? 0 : database.port(), options.plain());
            try (BenchmarkServer server = BenchmarkServer.start(home, root, names == null ? null : names.address())) {
                Map<String, Object> figures = measure(server, database);
                if (names != null) {
                    figures.put("questions_per_run", names.questions() / (1 + options.runs()));
                }
                return figures;
            }
        } finally {
            deleteTree(root);
        }
    }

    private Map<String, Object> measure(BenchmarkServer server, BenchDatabase database) throws IOException {
        Run cold = run(server, database, 0);
        Measured perSecond = new Measured();
        Measured perCpuSecond = new Measured();
        Measured ofDatabase = new Measured();
        Measured peak = new Measured();
        Measured written = new Measured();
        Measured journal = new Measured();
        Map<String, Object> profiled = null;
        try (Profile profile = options.profile() ? Profile.of(server) : null) {
            for (int number = 1; number <= options.runs(); number++) {
                Run run = run(server, database, number);
                perSecond.add(rows / run.seconds());
                perCpuSecond.add(rows / run.cpuSeconds());
                ofDatabase.add(run.databaseCpuSeconds() / run.cpuSeconds());
                peak.add(run.peakMebibytes());
                written.add((double) run.writtenBytes() / rows);
                journal.add((double) run.journalBytes() / rows);
            }
            if (profile != null) {
                profiled = profile.tables();
            }
        }
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("benchmark", pipeline.title());
        figures.put("rows", rows);
        figures.put("runs", options.runs());
        figures.put("fused_delivery", !options.plain());
        figures.put("ready_s", Measured.rounded(server.readySeconds()));
        figures.put("cold", Map.of("events_per_s", Measured.rounded(rows / cold.seconds()),
                "events_per_cpu_s", Measured.rounded(rows / cold.cpuSeconds())));
        figures.put("events_per_s", perSecond.toMap());
        figures.put("events_per_cpu_s", perCpuSecond.toMap());
        if (pipeline.ofIntelmq() > 0) {
            figures.put("intelmq_events_per_cpu_s", pipeline.ofIntelmq());
            figures.put("times_intelmq", Measured.rounded(perCpuSecond.median() / pipeline.ofIntelmq()));
        }
        if (database != null) {
            figures.put("postgresql_share_of_cpu", ofDatabase.toMap());
        }
        figures.put("peak_rss_mib", peak.toMap());
        figures.put("written_bytes_per_event", written.toMap());
        figures.put("journal_bytes_per_event", journal.toMap());
        if (profiled != null) {
            figures.put("profile", profiled);
        }
        return figures;
    }

    /**
     * Of one run.
     *
     * @param cpuSeconds of the server
     */
    record Rate(double eventsPerSecond, double cpuSeconds) { }

    /** Measures one run without a database. */
    Rate rate(BenchmarkServer server, int number) throws IOException {
        Run run = run(server, null, number);
        return new Rate(rows / run.seconds(), run.cpuSeconds());
    }

    private Run run(BenchmarkServer server, BenchDatabase database, int number) throws IOException {
        Path root = server.root();
        Workload.Counts counts = pipeline.makeInput(root, rows, number);
        int expected = pipeline.expected(counts);
        Path output = root.resolve("var/out/events.txt");
        if (database != null) {
            database.empty();
        }
        ProcessFigures.forgetPeak(server.pid());
        ProcessFigures serverBefore = ProcessFigures.of(List.of(server.pid()));
        ProcessFigures before = figures(server, database);
        Files.move(pipeline.input(root), pipeline.collected(root, number), StandardCopyOption.ATOMIC_MOVE);
        long moved = System.nanoTime();
        long movedMillis = System.currentTimeMillis();
        int delivered;
        try (OutputTail tail = new OutputTail(output)) {
            delivered = await(server, tail, database, expected, moved);
        }
        double end = (System.nanoTime() - moved) / 1e9;
        ProcessFigures used = figures(server, database).since(before);
        ProcessFigures ofServer = ProcessFigures.of(List.of(server.pid())).since(serverBefore);
        long journalBytes = ofServer.writtenBytes();
        double start = Math.max(0, (takenUpMillis(root, movedMillis) - movedMillis) / 1e3);
        if (delivered != expected) {
            throw new IOException(pipeline.title() + " delivered " + delivered + " events, expected " + expected + "; see " + server.lastLog());
        }
        if (database == null) {
            pipeline.check(output);
            journalBytes -= Files.size(output);
            // the output reopens the file, so each run's is counted alone
            Files.move(output, root.resolve("var/events-of-last-run.txt"), StandardCopyOption.REPLACE_EXISTING);
        }
        return new Run(end - start, used.cpuSeconds(), used.cpuSeconds() - ofServer.cpuSeconds(), used.writtenBytes(), journalBytes,
                ProcessFigures.peakResidentBytes(server.pid()) / MEBIBYTE);
    }

    private static ProcessFigures figures(BenchmarkServer server, BenchDatabase database) throws IOException {
        List<Long> all = new ArrayList<>(List.of(server.pid()));
        if (database != null) {
            all.addAll(database.processes());
        }
        return ProcessFigures.of(all);
    }

    private static int await(BenchmarkServer server, OutputTail tail, BenchDatabase database, int expected, long since) throws IOException {
        long delivered = 0;
        while (delivered < expected && (System.nanoTime() - since) / 1e9 < LONGEST_RUN_SECONDS) {
            LockSupport.parkNanos(POLL_NANOS);
            server.requireAlive();
            delivered = database == null ? tail.count() : database.count(expected);
        }
        return (int) delivered;
    }

    /** When the collector says that it has begun, in its log. */
    private static long takenUpMillis(Path root, long notBefore) throws IOException {
        try (Stream<String> lines = Files.lines(root.resolve("var/log/collector.log"))) {
            return lines.filter(line -> line.contains("Processing file"))
                    .mapToLong(line -> LocalDateTime.parse(line.substring(0, 23), LOG_TIME).atZone(ZoneId.systemDefault()).toInstant().toEpochMilli())
                    .filter(time -> time >= notBefore - 1).min()
                    .orElseThrow(() -> new IOException("the collector's log does not say that it has begun to read the file"));
        }
    }

    static void deleteTree(Path root) throws IOException {
        try (Stream<Path> paths = Files.walk(root)) {
            for (Path path : (Iterable<Path>) paths.sorted(java.util.Comparator.reverseOrder())::iterator) {
                Files.deleteIfExists(path);
            }
        }
    }
}
