package org.intelmq.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Where too few files may be open, the launcher says so: the JVM would tell of classes that it does not find. */
class FewFilesIT {

    @Test
    void saysThatTooFewFilesMayBeOpen() throws IOException, InterruptedException {
        String program = Path.of(System.getProperty("intelmq.distribution"), "bin/intelmq").toString();
        Process launcher = new ProcessBuilder("sh", "-c", "ulimit -n 256; exec \"$0\" --version", program).redirectErrorStream(true).start();
        String said = new String(launcher.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(1, launcher.waitFor(), said);
        assertTrue(said.startsWith("intelmq: only 256 files may be open at the same time, but 1024 are needed"), said);
    }
}
