package org.intelmq.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import jdk.jfr.consumer.RecordedClass;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;
import jdk.management.jfr.FlightRecorderMXBean;

/**
 * Where a CPU-second of a server goes: by kind of thread from the operating system, all else from the samples of the Java Flight
 * Recorder.
 */
final class Profile implements AutoCloseable {

    private static final int SHOWN = 15;
    private static final double TICKS_A_SECOND = 100;
    private static final double NANOS_A_SECOND = 1e9;

    /** Whose code a method is, by the beginning of its class's name; the first that fits. All else is not named in a table by area. */
    private static final Map<String, String> AREAS = areas();

    private final long process;
    private final Path recorded;
    private final ServerJmx management;
    private final FlightRecorderMXBean recorder;
    private final long recording;
    private final Map<String, Double> threadsBefore;

    private static Map<String, String> areas() {
        Map<String, String> areas = new LinkedHashMap<>();
        for (String ours : List.of("bots", "bot", "engine", "eventdb", "files", "host", "jms", "message", "state", "text", "yaml")) {
            areas.put("org.intelmq." + ours + ".", "intelmq " + ours);
        }
        areas.put("org.apache.activemq.artemis.", "Artemis");
        areas.put("io.netty.", "Netty");
        areas.put("com.fasterxml.jackson.", "Jackson");
        areas.put("com.google.re2j.", "RE2/J");
        areas.put("org.postgresql.", "PostgreSQL driver");
        areas.put("org.eclipse.persistence.", "EclipseLink");
        areas.put("com.sun.ejb.", "Payara");
        areas.put("com.sun.enterprise.", "Payara");
        areas.put("org.glassfish.", "Payara");
        return areas;
    }

    private Profile(long process, Path recorded, ServerJmx management) throws IOException {
        this.process = process;
        this.recorded = recorded;
        this.management = management;
        this.recorder = management.recorder();
        this.recording = recorder.newRecording();
        this.threadsBefore = threads();
    }

    /** Records from now on. */
    static Profile of(BenchmarkServer server) throws IOException {
        Profile profile = new Profile(server.pid(), server.root().resolve("profile.jfr"), ServerJmx.of(server.root()));
        profile.recorder.setRecordingSettings(profile.recording, Map.of(
                "jdk.ExecutionSample#enabled", "true", "jdk.ExecutionSample#period", "10 ms",
                "jdk.ObjectAllocationSample#enabled", "true", "jdk.ObjectAllocationSample#throttle", "500/s",
                "jdk.JavaMonitorEnter#enabled", "true", "jdk.JavaMonitorEnter#threshold", "1 ms"));
        profile.recorder.startRecording(profile.recording);
        return profile;
    }

    /** Shares by table: what a second goes to, in per cent. */
    Map<String, Object> tables() throws IOException {
        Map<String, Double> threads = threads();
        threads.replaceAll((name, seconds) -> seconds - threadsBefore.getOrDefault(name, 0.0));
        recorder.stopRecording(recording);
        recorder.copyTo(recording, recorded.toString());
        Map<String, Double> areas = new HashMap<>();
        Map<String, Double> methods = new HashMap<>();
        Map<String, Double> allocated = new HashMap<>();
        Map<String, Double> allocators = new HashMap<>();
        Map<String, Double> locks = new HashMap<>();
        try (RecordingFile file = new RecordingFile(recorded)) {
            while (file.hasMoreEvents()) {
                RecordedEvent event = file.readEvent();
                switch (event.getEventType().getName()) {
                    case "jdk.ExecutionSample" -> {
                        areas.merge(area(event), 1.0, Double::sum);
                        methods.merge(method(frames(event).get(0)), 1.0, Double::sum);
                    }
                    case "jdk.ObjectAllocationSample" -> {
                        double weight = event.getLong("weight");
                        allocated.merge(name(event.getClass("objectClass")), weight, Double::sum);
                        allocators.merge(area(event), weight, Double::sum);
                    }
                    case "jdk.JavaMonitorEnter" -> locks.merge(name(event.getClass("monitorClass")) + " in " + area(event),
                            event.getDuration().toNanos() / NANOS_A_SECOND, Double::sum);
                    default -> { }
                }
            }
        }
        Map<String, Object> tables = new LinkedHashMap<>();
        tables.put("processor time by thread, %", shares(threads));
        tables.put("Java code by area, %", shares(areas));
        tables.put("Java code by method, %", shares(methods));
        tables.put("allocation by area, %", shares(allocators));
        tables.put("allocation by class, %", shares(allocated));
        tables.put("waiting for locks, s", largest(locks, 1));
        return tables;
    }

    /** CPU seconds by the threads' names, numbers left out. */
    private Map<String, Double> threads() throws IOException {
        Map<String, Double> seconds = new HashMap<>();
        try (Stream<Path> tasks = Files.list(Path.of("/proc", String.valueOf(process), "task"))) {
            for (Path task : (Iterable<Path>) tasks::iterator) {
                String stat = Files.readString(task.resolve("stat"));
                String name = stat.substring(stat.indexOf('(') + 1, stat.lastIndexOf(')')).replaceAll("[-#_]?[0-9]+", "");
                String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
                seconds.merge(name, (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_A_SECOND, Double::sum);
            }
        }
        return seconds;
    }

    private static List<RecordedFrame> frames(RecordedEvent event) {
        return event.getStackTrace() == null ? List.of() : event.getStackTrace().getFrames();
    }

    /** The nearest area among the callers. */
    private static String area(RecordedEvent event) {
        for (RecordedFrame frame : frames(event)) {
            String type = frame.getMethod().getType().getName();
            for (Map.Entry<String, String> area : AREAS.entrySet()) {
                if (type.startsWith(area.getKey())) {
                    return area.getValue();
                }
            }
        }
        return "other";
    }

    private static String method(RecordedFrame frame) {
        return frame.getMethod().getType().getName() + '.' + frame.getMethod().getName();
    }

    private static String name(RecordedClass type) {
        return type == null ? "unknown" : switch (type.getName()) {
            case "[B" -> "byte[]";
            case "[C" -> "char[]";
            case "[I" -> "int[]";
            case "[J" -> "long[]";
            default -> type.getName();
        };
    }

    private static Map<String, Object> shares(Map<String, Double> amounts) {
        double total = amounts.values().stream().mapToDouble(Double::doubleValue).sum();
        return largest(amounts, 100 / total);
    }

    private static Map<String, Object> largest(Map<String, Double> amounts, double factor) {
        List<Map.Entry<String, Double>> sorted = new ArrayList<>(amounts.entrySet());
        sorted.sort(Map.Entry.<String, Double>comparingByValue().reversed());
        Map<String, Object> largest = new LinkedHashMap<>();
        sorted.stream().limit(SHOWN).forEach(entry -> largest.put(entry.getKey(), Math.round(entry.getValue() * factor * 10) / 10.0));
        return largest;
    }

    @Override
    public void close() throws IOException {
        management.close();
    }
}
