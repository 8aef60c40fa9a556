package org.intelmq.server.crash;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.intelmq.server.testing.ServerProcess;

/** A way to stop the server, at a random moment, with events waiting. */
enum Stop {
    SIGTERM("SIGTERM"),
    CTRL_C("Ctrl-C"),
    SHUTDOWN("intelmqctl shutdown"),
    SECOND_SIGTERM("second SIGTERM"),
    WHILE_STARTING("SIGTERM during start"),
    KILLED_WHILE_STOPPING("kill -9 during stop"),
    FROZEN("SIGSTOP, SIGCONT, SIGTERM"),
    OTHER_HEAP("start with another heap");

    private static final Duration FREEZE = Duration.ofSeconds(Integer.getInteger("freeze", 70));
    private static final int LONGEST_LIFE_MILLIS = 2500;
    private static final int SECOND_WITHIN_MILLIS = 1500;
    private static final List<String> HEAPS = List.of("384m", "512m", "768m", "1g");

    private final String title;

    Stop(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    /** For the server's start. */
    Map<String, String> environment(Random random) {
        return this == OTHER_HEAP ? Map.of("INTELMQ_HEAP", HEAPS.get(random.nextInt(HEAPS.size()))) : Map.of();
    }

    /**
     * Returns when the server has ended: how long that took, counted from the first signal.
     *
     * @param start how long a start takes, about
     */
    Duration end(ServerProcess server, Duration start, Random random) throws IOException, InterruptedException {
        if (this == WHILE_STARTING) {
            pause(random.nextInt((int) start.toMillis()));
        } else {
            server.awaitReady();
            pause(random.nextInt(LONGEST_LIFE_MILLIS));
        }
        if (this == FROZEN) {
            signal("STOP", server);
            LockSupport.parkNanos(FREEZE.toNanos());
            signal("CONT", server);
            pause(random.nextInt(LONGEST_LIFE_MILLIS));
        }
        long begun = System.nanoTime();
        if (this == SHUTDOWN) {
            shutDown(server);
        } else {
            signal(this == CTRL_C ? "INT" : "TERM", server);
        }
        if (this == SECOND_SIGTERM || this == KILLED_WHILE_STOPPING) {
            pause(random.nextInt(SECOND_WITHIN_MILLIS));
            signal(this == SECOND_SIGTERM ? "TERM" : "KILL", server);
        }
        server.awaitExit();
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    /** Whether the server has had the time to say what waits. */
    boolean isOrderly() {
        return this != KILLED_WHILE_STOPPING && this != WHILE_STARTING;
    }

    private static void pause(int millis) {
        LockSupport.parkNanos(millis * 1_000_000L);
    }

    /** Does nothing if it has ended already. */
    private static void signal(String name, ServerProcess server) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, String.valueOf(server.pid())).redirectErrorStream(true).start().waitFor();
    }

    private static void shutDown(ServerProcess server) throws IOException, InterruptedException {
        ProcessBuilder command = new ProcessBuilder(ServerProcess.distribution().resolve("bin/intelmqctl").toString(), "shutdown").redirectErrorStream(true);
        command.environment().put("INTELMQ_ROOT_DIR", server.root().toString());
        Process process = command.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("intelmqctl shutdown: " + said + "\n" + server.console() + "\n" + server.log());
        }
    }
}
