package org.intelmq.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.intelmq.message.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BaselineTest {

    @TempDir
    Path folder;

    private static Map<String, Object> figures(String benchmark, double perCpuSecond, double loop) {
        return Map.of("benchmark", benchmark, "rows", 200_000, "fused_delivery", true, "events_per_cpu_s", Map.of("median", perCpuSecond),
                "loop_events_per_cpu_s", loop);
    }

    private Baseline baseline(Object content) throws IOException {
        return Baseline.read(Files.writeString(folder.resolve("baseline.json"), Json.pretty(content)));
    }

    @Test
    void aSlowerMachineIsNoSlowerProgram() throws IOException {
        Baseline baseline = baseline(List.of(figures("P1", 120_000, 1_200_000), figures("P2", 60_000, 1_200_000)));

        assertEquals(1, baseline.compare(figures("P1", 40_000, 400_000)).ratio(), 1e-9);
        Baseline.Comparison slower = baseline.compare(figures("P2", 30_000, 1_200_000));
        assertEquals(0.5, slower.ratio(), 1e-9);
        assertEquals("P2: 0.50 of the baseline (30,000 events per CPU-second, 0.025 of the plain loop; baseline 60,000 and 0.050)", slower.text());
    }

    @Test
    void onlyLikeIsComparedWithLike() throws IOException {
        Baseline baseline = baseline(figures("P1", 120_000, 1_200_000));

        assertTrue(assertThrows(IOException.class, () -> baseline.compare(figures("P3", 9_000, 1_200_000))).getMessage()
                .contains("nothing about P3, only about [P1]"));
        assertTrue(assertThrows(IOException.class, () -> baseline.compare(Map.of("benchmark", "P1", "rows", 50_000))).getMessage()
                .contains("with rows 200000, but it ran with 50000"));
    }

    @Test
    void aFileThatIsNoBaselineSaysSo() throws IOException {
        assertTrue(assertThrows(IOException.class, () -> Baseline.read(folder.resolve("none.json"))).getMessage().contains("no such file"));
        assertTrue(assertThrows(IOException.class, () -> baseline(Map.of("rows", 1))).getMessage().contains("expected an object with \"benchmark\""));
        Path text = Files.writeString(folder.resolve("text.json"), "benchmark P1");
        assertTrue(assertThrows(IOException.class, () -> Baseline.read(text)).getMessage().contains("is not what"));
    }
}
