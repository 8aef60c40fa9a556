package org.intelmq.administration.configuration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.intelmq.administration.TestServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PositionsTest {

    @TempDir
    private Path folder;
    private Path elsewhere;
    private Path root;
    private TestServer server;

    @BeforeEach
    void start() throws Exception {
        root = Files.createDirectory(folder.resolve("root"));
        elsewhere = Files.writeString(folder.resolve("elsewhere"), "{}");
        server = new TestServer(root, "out: {group: Output, module: intelmq.bots.outputs.file.output, parameters: {file: out.txt}}\n");
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
        assertEquals("{}", Files.readString(elsewhere));
    }

    private Path link(String path, Path target) throws IOException {
        Path link = root.resolve(path);
        Files.createDirectories(link.getParent());
        Files.deleteIfExists(link);
        return Files.createSymbolicLink(link, target);
    }

    private void refusesPositions(String reason) {
        IOException refused = assertThrows(IOException.class, () -> server.ask("anna", new Positions.Write(Map.of("out", Map.of("x", 1L)), null)));
        assertTrue(refused.getMessage().contains(reason), refused.getMessage());
    }

    @Test
    void positionsAreNotWrittenOverALinkIntoAnotherFolder() throws Exception {
        link("etc/manager/positions.conf", elsewhere);
        refusesPositions("it is a link to " + elsewhere);
        link("etc/manager/positions.conf", folder.resolve("none"));
        refusesPositions("it is a link to ");
        assertTrue(Files.notExists(folder.resolve("none")));
    }

    @Test
    void positionsMayLeadToANeighbour() throws Exception {
        Path neighbour = link("etc/manager/positions.conf", Path.of("positions-of-us.conf")).resolveSibling("positions-of-us.conf");
        Files.writeString(neighbour, "{}");
        server.ask("anna", new Positions.Write(Map.of("out", Map.of("x", 1L)), null));
        assertTrue(Files.isSymbolicLink(root.resolve("etc/manager/positions.conf")));
        assertEquals(Map.of("out", Map.of("x", 1L)), server.ask("anna", new Positions()));
    }

    @Test
    void aFolderInPlaceOfPositionsIsNamedAndNothingIsLeftBehind() throws Exception {
        Files.createDirectories(root.resolve("etc/manager/positions.conf"));
        refusesPositions("it is a folder");
        try (var all = Files.list(root.resolve("etc/manager"))) {
            assertEquals(1, all.count());
        }
    }
}
