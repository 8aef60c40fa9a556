package org.intelmq.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * P2 at half of the rate that it can reach, or at a given rate, for a long time: what the server holds must not grow. The
 * deduplicator remembers for a minute only, or it would rightly grow for a day; the events file is removed again and again.
 */
final class Soak {

    private static final int WARM_UP_RUNS = 2;
    private static final int WARM_UP_ROWS = 100_000;
    private static final int SAMPLES = 30;
    private static final double MEBIBYTE = 1 << 20;
    private static final String DEDUPLICATOR_MEMORY = "redis_cache_ttl: 86400";

    private final Path home;
    private final int minutes;
    private final Integer askedRate;
    private int files;
    private long fed;

    /** What may be held, and how much more of it in the last third than in the second passes for flat. */
    private enum Held {
        HEAP_MIB(8), RSS_MIB(32), THREADS(4), FILE_DESCRIPTORS(8), JOURNAL_FILES(2), WAITING_EVENTS(50_000);

        private static final double SHARE = 0.1;
        private final double least;

        Held(double least) {
            this.least = least;
        }

        double allowance(double before) {
            return Math.max(least, before * SHARE);
        }
    }

    /** The rate in events per second; null is half of what this machine can do. */
    Soak(Path home, int minutes, Integer askedRate) {
        this.home = home;
        this.minutes = minutes;
        this.askedRate = askedRate;
    }

    /** The figures by name; {@code flat} says whether all of them are. */
    Map<String, Object> measure() throws IOException {
        Path root = Files.createTempDirectory("intelmq-soak");
        Pipeline.P2.layOut(root, 0, false);
        Path configuration = root.resolve("etc/runtime.yaml");
        Files.writeString(configuration, Files.readString(configuration).replace(DEDUPLICATOR_MEMORY, "redis_cache_ttl: 60"));
        try (BenchmarkServer server = BenchmarkServer.start(home, root); ServerJmx management = ServerJmx.of(root)) {
            return measure(server, management);
        } finally {
            Benchmark.deleteTree(root);
        }
    }

    private Map<String, Object> measure(BenchmarkServer server, ServerJmx management) throws IOException {
        double topRate = topRate(server);
        int rate = askedRate == null ? (int) (topRate / 2) : askedRate;
        List<Map<Held, Double>> samples = new ArrayList<>();
        long begin = System.nanoTime();
        long end = begin + minutes * 60_000_000_000L;
        long fedBefore = fed;
        for (long second = 1; System.nanoTime() < end; second++) {
            feed(server, rate);
            LockSupport.parkNanos(begin + second * 1_000_000_000L - System.nanoTime());
            if (System.nanoTime() - begin > (samples.size() + 1) * (end - begin) / SAMPLES) {
                samples.add(sample(server, management));
                Files.deleteIfExists(server.root().resolve("var/out/events.txt"));
            }
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("benchmark", "soak");
        figures.put("minutes", minutes);
        figures.put("events_per_s", Measured.rounded((fed - fedBefore) / seconds));
        boolean flat = true;
        for (Held held : Held.values()) {
            Measured second = third(samples, held, 1);
            Measured last = third(samples, held, 2);
            boolean grows = last.median() > second.median() + held.allowance(second.median());
            flat &= !grows;
            Map<String, Object> figure = new LinkedHashMap<>();
            figure.put("first", third(samples, held, 0).toMap());
            figure.put("second", second.toMap());
            figure.put("last", last.toMap());
            figure.put("flat", !grows);
            figures.put(held.name().toLowerCase(Locale.ROOT), figure);
        }
        figures.put("flat", flat);
        return figures;
    }

    private double topRate(BenchmarkServer server) throws IOException {
        double rate = 0;
        for (int run = 0; run < WARM_UP_RUNS; run++) {
            long before = System.nanoTime();
            feed(server, WARM_UP_ROWS);
            while (!isTakenUp(server) || waiting(server) > 0) {
                LockSupport.parkNanos(20_000_000);
                server.requireAlive();
            }
            rate = WARM_UP_ROWS / ((System.nanoTime() - before) / 1e9);
        }
        return rate;
    }

    private void feed(BenchmarkServer server, int rows) throws IOException {
        server.requireAlive();
        Pipeline.P2.makeInput(server.root(), rows, files);
        Files.move(Pipeline.P2.input(server.root()), Pipeline.P2.collected(server.root(), files++), StandardCopyOption.ATOMIC_MOVE);
        fed += rows;
    }

    private static boolean isTakenUp(BenchmarkServer server) throws IOException {
        return count(server.root().resolve("var/in")) == 0;
    }

    private static double waiting(BenchmarkServer server) throws IOException {
        return server.list("queues").stream().map(queue -> (Map<?, ?>) queue).filter(queue -> !queue.get("name").toString().endsWith(".tick"))
                .mapToLong(queue -> (Long) queue.get("waiting")).sum();
    }

    private static Map<Held, Double> sample(BenchmarkServer server, ServerJmx management) throws IOException {
        Map<Held, Double> sample = new LinkedHashMap<>();
        sample.put(Held.WAITING_EVENTS, waiting(server));
        sample.put(Held.HEAP_MIB, management.heapAfterCollection() / MEBIBYTE);
        sample.put(Held.RSS_MIB, ProcessFigures.residentBytes(server.pid()) / MEBIBYTE);
        sample.put(Held.THREADS, (double) management.threads());
        sample.put(Held.FILE_DESCRIPTORS, (double) management.fileDescriptors());
        sample.put(Held.JOURNAL_FILES, (double) count(server.root().resolve("var/lib/broker")));
        return sample;
    }

    private static long count(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).count();
        }
    }

    private static Measured third(List<Map<Held, Double>> samples, Held held, int number) {
        int size = samples.size() / 3;
        Measured measured = new Measured();
        samples.subList(number * size, (number + 1) * size).forEach(sample -> measured.add(sample.get(held)));
        return measured;
    }
}
