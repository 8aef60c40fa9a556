package org.intelmq.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

/** A server of this distribution as a process of its own, on a root made for it. Stopped when closed. */
final class BenchmarkServer implements AutoCloseable {

    private static final int STOP_SECONDS = 60;
    private static final int LINES_KEPT = 40;

    private final Process process;
    private final Path root;
    private final double readySeconds;

    private BenchmarkServer(Process process, Path root, double readySeconds) {
        this.process = process;
        this.root = root;
        this.readySeconds = readySeconds;
    }

    /** Returns when the server says that it is ready. */
    static BenchmarkServer start(Path home, Path root, int port) throws IOException {
        long started = System.nanoTime();
        ProcessBuilder builder = new ProcessBuilder(home.resolve("bin/intelmq").toString(), "run", "--root", root.toString(),
                "--port", String.valueOf(port)).redirectErrorStream(true);
        builder.environment().remove("INTELMQ_ROOT_DIR");
        Process process = builder.start();
        BufferedReader lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        Deque<String> seen = new ArrayDeque<>();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith("IntelMQ is ready")) {
                double seconds = (System.nanoTime() - started) / 1e9;
                drain(lines);
                return new BenchmarkServer(process, root, seconds);
            }
            seen.addLast(line);
            if (seen.size() > LINES_KEPT) {
                seen.removeFirst();
            }
        }
        throw new IOException("the server ended before it was ready:\n" + String.join("\n", seen));
    }

    private static void drain(BufferedReader lines) {
        Thread reader = new Thread(() -> lines.lines().forEach(line -> { }), "server output");
        reader.setDaemon(true);
        reader.start();
    }

    long pid() {
        return process.pid();
    }

    Path root() {
        return root;
    }

    double readySeconds() {
        return readySeconds;
    }

    void requireAlive() throws IOException {
        if (!process.isAlive()) {
            throw new IOException("the server has ended with " + process.exitValue() + "; see " + root.resolve("var/log/server.log"));
        }
    }

    /** The last lines of its log, for the report of a run that did not come through. */
    String lastLog() throws IOException {
        Path log = root.resolve("var/log/server.log");
        if (!Files.exists(log)) {
            return "";
        }
        var lines = Files.readAllLines(log);
        return String.join("\n", lines.subList(Math.max(0, lines.size() - LINES_KEPT), lines.size()));
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
