package org.intelmq.server.crash;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;

/** The wall clock of one process, which can be moved while it runs; its other clock, for durations, runs on evenly. */
final class ProcessClock {

    private final Path library;
    private final Path ahead;

    private ProcessClock(Path library, Path ahead) {
        this.library = library;
        this.ahead = ahead;
    }

    /** Skips the case where there is no C compiler. */
    static ProcessClock in(Path folder) throws IOException, InterruptedException {
        Path source = Files.createDirectories(folder).resolve("clock.c");
        try (InputStream in = ProcessClock.class.getResourceAsStream("clock.c")) {
            Files.copy(in, source);
        }
        ProcessClock clock = new ProcessClock(folder.resolve("clock.so"), folder.resolve("ahead"));
        boolean compiled;
        try {
            compiled = new ProcessBuilder("cc", "-shared", "-fPIC", "-o", clock.library.toString(), source.toString()).start().waitFor() == 0;
        } catch (IOException e) {
            compiled = false;
        }
        Assumptions.assumeTrue(compiled, "needs a C compiler, to move one process's clock");
        clock.move(Duration.ZERO);
        return clock;
    }

    /** For the process, from its start. */
    Map<String, String> environment() {
        return Map.of("LD_PRELOAD", library.toString(), "CLOCK_AHEAD", ahead.toString());
    }

    /** So far ahead of the true time, from now on. */
    void move(Duration by) throws IOException {
        try (FileChannel file = FileChannel.open(ahead, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            file.write(ByteBuffer.allocate(Long.BYTES).order(ByteOrder.nativeOrder()).putLong(by.toSeconds()).flip(), 0);
        }
    }
}
