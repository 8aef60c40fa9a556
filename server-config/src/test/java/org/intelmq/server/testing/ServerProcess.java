package org.intelmq.server.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.intelmq.testing.FreePort;

/**
 * The distribution as a process of its own, on a root of the test's, on a free port of the loopback address.
 * Closing it kills it if it still runs.
 */
public final class ServerProcess implements AutoCloseable {

    private static final String JAVA_OPTIONS = "INTELMQ_JAVA_OPTIONS";
    /** A server that starts, answers and ends has no time to gain from the second compiler what that costs: half of all its work. */
    private static final String FIRST_COMPILER = "-XX:TieredStopAtLevel=1";
    private static final Duration LONGEST_START = Duration.ofMinutes(5);
    private static final Duration LONGEST_STOP = Duration.ofMinutes(2);
    /** Linux counts the time of processors in these, whatever its own clock. */
    private static final int MILLIS_A_TICK = 10;
    /** The position of user time in {@code /proc/PID/stat}, behind the name; system time follows. */
    private static final int USER_TICKS = 11;

    private final Path root;
    private final int port;
    private final Process process;
    private final long began = System.nanoTime();
    private final Queue<String> console = new ConcurrentLinkedQueue<>();
    private final CompletableFuture<Long> ready = new CompletableFuture<>();

    private ServerProcess(Path root, int port, Process process) {
        this.root = root;
        this.port = port;
        this.process = process;
        var reader = new Thread(this::read, "console of server " + process.pid());
        reader.setDaemon(true);
        reader.start();
    }

    /** The distribution that this build has made. */
    public static Path distribution() {
        return Path.of(System.getProperty("intelmq.distribution", "target/intelmq")).toAbsolutePath();
    }

    /** Returns when the server is ready. */
    public static ServerProcess start(Path root, String... options) throws IOException {
        return start(root, Map.of(), options);
    }

    /** @param environment added to that of the test */
    public static ServerProcess start(Path root, Map<String, String> environment, String... options) throws IOException {
        return startOf(distribution(), root, environment, options);
    }

    /** @param distribution another than that of this build */
    public static ServerProcess startOf(Path distribution, Path root, Map<String, String> environment, String... options) throws IOException {
        ServerProcess server = launch(distribution, root, freePort(), environment, options);
        server.awaitReady();
        return server;
    }

    /** Returns at once; for tests of what goes wrong at the start. */
    public static ServerProcess launch(Path root, int port, Map<String, String> environment, String... options) throws IOException {
        return launch(distribution(), root, port, environment, options);
    }

    private static ServerProcess launch(Path distribution, Path root, int port, Map<String, String> environment, String... options)
            throws IOException {
        return launch(List.of(), distribution, root, port, environment, options);
    }

    /**
     * Returns at once.
     *
     * @param inside what the command begins with, so that it runs in another network
     */
    public static ServerProcess launch(List<String> inside, Path root, Map<String, String> environment) throws IOException {
        return launch(inside, distribution(), root, freePort(), environment);
    }

    private static ServerProcess launch(List<String> inside, Path distribution, Path root, int port, Map<String, String> environment, String... options)
            throws IOException {
        var command = new ArrayList<>(inside);
        // called with the most careless umask
        command.addAll(List.of("sh", "-c", "umask 000; exec \"$0\" \"$@\"", distribution.resolve("bin/intelmq").toString(), "run",
                "--root", root.toString(), "--port", String.valueOf(port)));
        command.addAll(List.of(options));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().remove("INTELMQ_ROOT_DIR");
        // each test has a root of its own
        builder.environment().put("INTELMQ_CLASSES", distribution.resolve("lib").toString());
        builder.environment().putIfAbsent(JAVA_OPTIONS, FIRST_COMPILER);
        builder.environment().putAll(environment);
        return new ServerProcess(root, port, builder.start());
    }

    /**
     * For a server that is killed or stopped at its work, or has much of it: it has the options that it is shipped with, both compilers among
     * them.
     *
     * @param environment what else is in it
     */
    public static Map<String, String> asShipped(Map<String, String> environment) {
        Map<String, String> all = new HashMap<>(environment);
        all.putIfAbsent(JAVA_OPTIONS, "");
        return all;
    }

    public static int freePort() throws IOException {
        return FreePort.find();
    }

    /** How long the start took. */
    public Duration awaitReady() {
        try {
            return Duration.ofNanos(ready.get(LONGEST_START.toSeconds(), TimeUnit.SECONDS));
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            close();
            throw new IllegalStateException("the server is not ready: " + e + "\n" + console() + "\n" + log(), e);
        }
    }

    /** How long the start took, if it has come to its end. */
    public Optional<Duration> start() {
        return ready.isDone() && !ready.isCompletedExceptionally() ? Optional.of(Duration.ofNanos(ready.join())) : Optional.empty();
    }

    public Path root() {
        return root;
    }

    public long pid() {
        return process.pid();
    }

    /** Time of all processors that it has used. */
    public Duration used() {
        return process.toHandle().info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** The part of {@link #used} that went into compiling its code, as Linux counts it. */
    public Duration compiling() throws IOException {
        long ticks = 0;
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(Path.of("/proc/" + process.pid() + "/task"))) {
            for (Path thread : threads) {
                ticks += ticksOfCompiler(thread);
            }
        }
        return Duration.ofMillis(ticks * MILLIS_A_TICK);
    }

    private static long ticksOfCompiler(Path thread) throws IOException {
        String status;
        try {
            status = Files.readString(thread.resolve("stat"));
        } catch (NoSuchFileException e) {
            // the thread has just ended
            return 0;
        }
        if (!status.contains("CompilerThre")) {
            return 0;
        }
        String[] behindName = status.substring(status.lastIndexOf(')') + 2).split(" ");
        return Long.parseLong(behindName[USER_TICKS]) + Long.parseLong(behindName[USER_TICKS + 1]);
    }

    public boolean runs() {
        return process.isAlive();
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + port + "/");
    }

    /** What it has written to its terminal so far. */
    public String console() {
        return String.join("\n", console);
    }

    /** The end of {@code server.log}, for messages of failed tests. */
    public String log() {
        try {
            List<String> lines = Files.readAllLines(root.resolve("var/log/server.log"));
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 100), lines.size()));
        } catch (IOException e) {
            return "no server.log: " + e;
        }
    }

    /** Body of the answer; with the server's token. */
    public String get(String path) {
        return Api.of(root).get(path);
    }

    public String post(String path, String body) {
        return Api.of(root).post(path, body);
    }

    /** All files are taken up and nothing waits in any queue, the dead-letter queue among them. */
    public boolean hasDrained(NumberedFeed feed) throws IOException {
        return Api.of(root).hasDrained(feed);
    }

    /** Events that wait, by queue, the collectors' ticks left out. */
    public Map<String, Long> queues() {
        return Api.of(root).queues();
    }

    /** As {@code kill -9}: nothing is finished, nothing is tidied up. */
    public void kill() {
        process.toHandle().destroyForcibly();
        process.onExit().join();
    }

    /** As Ctrl-C or {@code kill}; returns the exit code. */
    public int stop() {
        // the process's own destroy() would close what it prints, too
        process.toHandle().destroy();
        return awaitExit();
    }

    public int awaitExit() {
        try {
            if (!process.waitFor(LONGEST_STOP.toSeconds(), TimeUnit.SECONDS)) {
                throw new IllegalStateException("the server does not stop\n" + console() + "\n" + log());
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        kill();
    }

    private void read() {
        try (BufferedReader lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                console.add(line);
                if (line.startsWith("IntelMQ is ready")) {
                    ready.complete(System.nanoTime() - began);
                }
            }
        } catch (IOException e) {
            console.add(e.toString());
        }
        ready.completeExceptionally(new IllegalStateException("it has ended"));
    }
}
