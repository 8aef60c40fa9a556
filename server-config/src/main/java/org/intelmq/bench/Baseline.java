package org.intelmq.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.intelmq.message.Json;
import org.intelmq.message.JsonException;

/**
 * Figures to compare a run with: what {@code bench … --json} printed. Each figure is divided by what the {@link PlainLoop} reaches on the same
 * machine, so that a slower machine is not taken as a slower program.
 */
final class Baseline {

    private static final String LOOP = "loop_events_per_cpu_s";

    private final Path file;
    private final Map<String, Map<?, ?>> figures = new LinkedHashMap<>();

    /** @param ratio of now to then, 1 is as fast as then */
    record Comparison(String benchmark, double ratio, String text) { }

    private Baseline(Path file) {
        this.file = file;
    }

    /** @throws IOException saying what the file lacks */
    static Baseline read(Path file) throws IOException {
        Baseline baseline = new Baseline(file);
        Object content;
        try {
            content = Json.parse(Files.readString(file));
        } catch (NoSuchFileException e) {
            throw new IOException(file + ": no such file; 'intelmq bench P1 P2 --json > " + file + "' makes it", e);
        } catch (JsonException e) {
            throw new IOException(file + " is not what 'intelmq bench … --json' prints: " + e.getMessage(), e);
        }
        for (Object each : content instanceof List<?> list ? list : List.of(content)) {
            if (!(each instanceof Map<?, ?> map) || !(map.get("benchmark") instanceof String name)) {
                throw new IOException(file + " is not what 'intelmq bench … --json' prints: expected an object with \"benchmark\"");
            }
            baseline.figures.put(name, map);
        }
        return baseline;
    }

    /** How the figures compare, which are named as {@link Benchmark} names them. */
    Comparison compare(Map<String, Object> now) throws IOException {
        String benchmark = (String) now.get("benchmark");
        Map<?, ?> then = figures.get(benchmark);
        if (then == null) {
            throw new IOException(file + " contains nothing about " + benchmark + ", only about " + figures.keySet());
        }
        for (String name : new String[] {"rows", "fused_delivery"}) {
            if (!String.valueOf(then.get(name)).equals(String.valueOf(now.get(name)))) {
                throw new IOException(file + " has " + benchmark + " with " + name + " " + then.get(name) + ", but it ran with " + now.get(name)
                        + ": compare runs of the same kind only");
            }
        }
        double shareThen = share(then);
        double shareNow = share(now);
        double ratio = shareNow / shareThen;
        return new Comparison(benchmark, ratio, "%s: %.2f of the baseline (%,.0f events per CPU-second, %.3f of the plain loop; baseline %,.0f and %.3f)"
                .formatted(benchmark, ratio, perCpuSecond(now), shareNow, perCpuSecond(then), shareThen));
    }

    private double share(Map<?, ?> of) throws IOException {
        if (!(of.get(LOOP) instanceof Number loop)) {
            throw new IOException(file + ": " + of.get("benchmark") + " has no " + LOOP);
        }
        return perCpuSecond(of) / loop.doubleValue();
    }

    private double perCpuSecond(Map<?, ?> of) throws IOException {
        if (of.get("events_per_cpu_s") instanceof Map<?, ?> measured && measured.get("median") instanceof Number median) {
            return median.doubleValue();
        }
        throw new IOException(of.get("benchmark") + " has no events_per_cpu_s: --against compares P1, P1-json, P1-shadowserver, P2 and P3");
    }
}
