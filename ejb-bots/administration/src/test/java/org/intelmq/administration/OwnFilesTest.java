package org.intelmq.administration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.intelmq.administration.dumps.DumpGroup;
import org.intelmq.administration.dumps.ListDumps;
import org.intelmq.administration.dumps.ShowDump;
import org.intelmq.administration.logs.ReadLog;
import org.intelmq.engine.observe.DumpEntry;
import org.intelmq.engine.observe.DumpFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of the server's own: whatever stands in their place, nothing of anybody else's is changed or shown. */
class OwnFilesTest {

    private static final String RUNTIME = """
            out: {group: Output, enabled: false, module: intelmq.bots.outputs.file.output, parameters: {file: out.txt}}
            """;
    private static final String SOMEBODY_ELSES = "{\"2026-01-01T00:00:00.000001\": {\"message\": \"secret\", \"traceback\": \"secret\"}}";

    @TempDir
    private Path folder;
    private Path elsewhere;
    private Path root;
    private AtWork server;

    @BeforeEach
    void start() throws Exception {
        root = Files.createDirectory(folder.resolve("root"));
        elsewhere = Files.writeString(folder.resolve("elsewhere"), SOMEBODY_ELSES);
        server = new AtWork(root, RUNTIME);
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
        assertEquals(SOMEBODY_ELSES, Files.readString(elsewhere));
    }

    private Path link(String path, Path target) throws IOException {
        Path link = root.resolve(path);
        Files.createDirectories(link.getParent());
        Files.deleteIfExists(link);
        return Files.createSymbolicLink(link, target);
    }

    @Test
    void aDumpThatIsNotOursIsNotShownNorAddedToAndHidesNoOther() throws Exception {
        new DumpFile(root.resolve("var/log/out.dump"), Clock.systemUTC()).add(new DumpEntry("out", "out-queue", "ValueError: no", "{}", false));
        Path dump = link("var/log/gone.dump", elsewhere);
        List<DumpGroup> groups = server.ask(new ListDumps(null, null, null));
        assertEquals(List.of("out", "gone"), groups.stream().map(DumpGroup::bot).toList());
        assertTrue(groups.get(1).reason().contains("it is a link to " + elsewhere), groups::toString);
        Refusal refused = assertThrows(Refusal.class, () -> server.ask(new ShowDump("gone", null, 10, null)));
        assertEquals("damaged-dump", refused.code());
        assertThrows(RuntimeException.class, () -> new DumpFile(dump, Clock.systemUTC()).add(new DumpEntry("gone", "gone-queue", "x", "{}", false)));
    }

    @Test
    void aLogThatIsNotOursIsNotShown() throws Exception {
        link("var/log/out.log", elsewhere);
        IOException refused = assertThrows(IOException.class, () -> server.ask(new ReadLog("out", null, null, 10, null)));
        assertTrue(refused.getMessage().contains("it is a link to " + elsewhere), refused.getMessage());
    }

    @Test
    void theAuditLogIsNotWrittenOverALink() throws Exception {
        AuditLog audit = new AuditLog(link("var/lib/audit/audit.log", elsewhere), Clock.systemUTC());
        RuntimeException refused = assertThrows(RuntimeException.class, audit::require);
        assertTrue(refused.getMessage().contains("it is a link to " + elsewhere), refused.getMessage());
    }
}
