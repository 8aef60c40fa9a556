package org.intelmq.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.intelmq.catalogue.Catalogue;
import org.intelmq.engine.memory.MemoryEngine;
import org.intelmq.pipeline.Installation;
import org.intelmq.services.ServerServices;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlainLoopTest {

    private static final String SEEN = "\"time.observation\": \"[^\"]+\"";

    /** A loop that did less would be no limit. */
    @Test
    void writesTheLinesOfP1(@TempDir Path root) throws IOException {
        Pipeline.P1.layOut(root, 0, false);
        assertEquals(3000, Pipeline.P1.makeInput(root, 3000, 1).rows());
        Path rows = Files.copy(Pipeline.P1.input(root), root.resolve("rows"));
        Path input = Files.move(Pipeline.P1.input(root), Pipeline.P1.collected(root, 1));
        Installation installation = Installation.at(root);
        try (ServerServices services = new ServerServices(installation, queue -> 0);
                MemoryEngine memory = new MemoryEngine(installation, Map.of(), Catalogue.load(getClass().getClassLoader()), services)) {
            memory.engine().start();
            memory.run();
        }

        Path events = root.resolve("events");
        assertEquals(3000, PlainLoop.run(rows, events, "file://localhost" + input, "now"));
        assertEquals(lines(root.resolve("var/out/events.txt")), lines(events));
    }

    private static List<String> lines(Path file) throws IOException {
        return Files.readAllLines(file).stream().map(line -> line.replaceFirst(SEEN, "")).toList();
    }

    @Test
    void refusesWhatIsNoValue(@TempDir Path folder) throws IOException {
        Path rows = folder.resolve("rows");
        for (String wrong : List.of("2024-03-01 05:45:06,37.172.236.310,3,2,,,qakbot,spam,udp,n1",
                "2024-03-01 05:45:06,37.172.236.31,70000,2,,,qakbot,spam,udp,n1",
                "2024-13-01 05:45:06,37.172.236.31,3,2,,,qakbot,spam,udp,n1", "2024-03-01 05:45:06,37.172.236.31,3,2,a_b,,qakbot,spam,udp,n1",
                "2024-03-01 05:45:06,37.172.236.31,3,2,,,qakbot,sport,udp,n1", "2024-03-01 05:45:06,37.172.236.31,3,2")) {
            Files.writeString(rows, "header\n" + wrong + "\n");
            assertThrows(IOException.class, () -> PlainLoop.run(rows, folder.resolve("events"), "file://localhost", "now"), wrong);
        }
    }
}
