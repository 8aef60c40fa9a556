package org.intelmq.engine.nodes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FingerprintTest {

    @TempDir
    private Path etc;

    @Test
    void countsWhatBotsWorkByAndNotWhatIsKept() throws IOException {
        Files.writeString(etc.resolve("runtime.yaml"), "out: {}\n");
        Fingerprint fingerprint = new Fingerprint(etc);
        String before = fingerprint.now();
        for (String kept : List.of("runtime.yaml.bak", "runtime.yaml.20260102-120000.bak", ".runtime.yaml.new", "runtime.yaml~", "users.json")) {
            Files.writeString(etc.resolve(kept), kept);
            assertEquals(before, fingerprint.now(), kept);
        }
        Files.writeString(etc.resolve("runtime.yaml"), "out: {enabled: false}\n");
        assertNotEquals(before, fingerprint.now());
    }
}
