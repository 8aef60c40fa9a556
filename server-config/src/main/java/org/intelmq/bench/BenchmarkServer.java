package org.intelmq.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A server of this distribution as a process of its own, on a root made for it. Stopped when closed. */
final class BenchmarkServer implements AutoCloseable {

    private static final int STOP_SECONDS = 60;
    private static final int LINES_KEPT = 40;
    private static final long POLL_NANOS = 20_000_000;
    private static final String READY = "IntelMQ is ready";

    private final Process process;
    private final Path root;
    private final double readySeconds;

    private BenchmarkServer(Process process, Path root, double readySeconds) {
        this.process = process;
        this.root = root;
        this.readySeconds = readySeconds;
    }

    /** Returns when the server says that it is ready. */
    static BenchmarkServer start(Path home, Path root, int port, String... options) throws IOException {
        long started = System.nanoTime();
        ProcessBuilder builder = new ProcessBuilder(home.resolve("bin/intelmq").toString(), "run", "--root", root.toString(),
                "--port", String.valueOf(port)).redirectErrorStream(true);
        builder.command().addAll(List.of(options));
        builder.environment().remove("INTELMQ_ROOT_DIR");
        Path console = root.resolve("console.txt");
        Process process = builder.redirectOutput(console.toFile()).start();
        while (process.isAlive()) {
            if (Files.readString(console).contains(READY)) {
                return new BenchmarkServer(process, root, (System.nanoTime() - started) / 1e9);
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
        throw new IOException("the server ended before it was ready:\n" + Files.readString(console));
    }

    /** With its inside to be looked at by {@link Management}. */
    static BenchmarkServer startManaged(Path home, Path root, int port) throws IOException {
        return start(home, root, port, "--jmx-port", String.valueOf(FreePort.find()));
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
