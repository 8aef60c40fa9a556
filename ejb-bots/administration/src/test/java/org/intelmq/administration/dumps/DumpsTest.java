package org.intelmq.administration.dumps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.intelmq.access.Role;
import org.intelmq.administration.AtWork;
import org.intelmq.administration.Page;
import org.intelmq.administration.Refusal;
import org.intelmq.administration.jobs.JobView;
import org.intelmq.administration.jobs.ListJobs;
import org.intelmq.administration.jobs.ShowJob;
import org.intelmq.administration.queues.Moved;
import org.intelmq.administration.queues.PurgeQueue;
import org.intelmq.administration.queues.RetryQueue;
import org.intelmq.administration.queues.ShowQueue;
import org.intelmq.engine.observe.DumpEntry;
import org.intelmq.engine.observe.DumpFile;
import org.intelmq.files.FileGuard;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DumpsTest {

    private static final ThreadMXBean ALLOCATIONS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final String RUNTIME = """
            out: {group: Output, enabled: false, module: intelmq.bots.outputs.file.output, parameters: {file: out.txt}}
            other: {group: Output, enabled: false, module: intelmq.bots.outputs.file.output, parameters: {file: other.txt}}
            """;

    @TempDir
    private Path root;
    private AtWork server;
    private DumpFile dump;

    @BeforeEach
    void start() throws Exception {
        server = new AtWork(root, RUNTIME);
        dump = new DumpFile(file(), Clock.systemUTC());
        for (int i = 0; i < 3; i++) {
            dump("org.intelmq.Refused: port " + i + " of 'host-" + i + "'\n\tat a.B.c(B.java:" + i + ")\n",
                    "{\"__type\": \"Event\", \"source.port\": " + i + "}");
        }
        dump("Traceback\n  somewhere\nValueError: no", "{\"__type\": \"Event\", \"comment\": \"needle\"}");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Path file() {
        return root.resolve("var/log/out.dump");
    }

    private void dump(String trace, String message) {
        dump.add(new DumpEntry("out", "out-queue", trace, message, false));
    }

    private List<DumpGroup> groups(String text) throws Exception {
        return server.ask(new ListDumps(null, null, text));
    }

    private long waiting(String queue) throws Exception {
        return server.ask(new ShowQueue(queue)).waiting();
    }

    /** The trace of a cause ends with how many places it shares with what it caused. */
    @Test
    void namesTheFailureThatHasACause() throws Exception {
        dump("org.intelmq.Refused: no JSON\n\tat a.B.c(B.java:1)\nCaused by: d.E: token\n\tat d.E.f(E.java:2)\n\t... 62 more\n", "{\"__type\": \"Event\"}");
        assertEquals("org.intelmq.Refused: no JSON", groups("no JSON").get(0).reason());
    }

    @Test
    void groupsWhatFailedForTheSameReason() throws Exception {
        assertEquals(List.of("3 org.intelmq.Refused: port N of '…'", "1 ValueError: no"),
                groups(null).stream().map(group -> group.count() + " " + group.reason()).toList());
        assertEquals(List.of("ValueError: no"), groups("NEEDLE").stream().map(DumpGroup::reason).toList());
        assertTrue(groups(null).get(0).oldest().isBefore(groups(null).get(0).newest()));
    }

    @Test
    void showsAReasonPageByPage() throws Exception {
        String reason = groups(null).get(0).reason();
        Page<DumpLine> first = server.ask(new ShowDump("out", reason, 2, null));
        Page<DumpLine> second = server.ask(new ShowDump("out", reason, 2, first.next()));
        assertEquals(List.of(2, 1), List.of(first.items().size(), second.items().size()));
        assertNull(second.next());
        DumpedMessage entry = server.ask(new ShowEntry("out", second.items().get(0).id()));
        assertEquals("org.intelmq.Refused: port 2 of 'host-2'", entry.reason());
        assertTrue(entry.traceback().contains("B.java:2") && entry.message().contains("\"source.port\": 2") && entry.sourceQueue().equals("out-queue"));
    }

    @Test
    void recoversAReasonAndLeavesTheRest() throws Exception {
        JobView job = server.ask(new RecoverEntries("out", null, groups(null).get(0).reason(), false, null));
        assertEquals(List.of("done", 3L), List.of(server.ask(new ShowJob(job.id())).state(), server.ask(new ShowJob(job.id())).done()));
        assertEquals(3, waiting("out-queue"));
        assertEquals(1, groups(null).size());
        assertEquals("anna", server.ask(new ListJobs()).get(0).who());
    }

    @Test
    void recoversNamedEntriesToAnotherQueueAfterTheyWereMended() throws Exception {
        String id = server.ask(new ShowDump("out", "ValueError: no", 1, null)).items().get(0).id();
        assertEquals("invalid-message", assertThrows(Refusal.class, () -> server.ask(new EditEntry("out", id, "{"))).code());
        assertTrue(server.ask(new EditEntry("out", id, "{\"__type\": \"Event\", \"comment\": \"mended\"}")).message().contains("mended"));
        server.ask(new RecoverEntries("out", List.of(id), null, false, "other-queue"));
        assertTrue(server.memory().control().peek("other-queue", 1).get(0).contains("mended"));
        assertEquals("unknown-entry", assertThrows(Refusal.class, () -> server.ask(new ShowEntry("out", id))).code());
    }

    @Test
    void whatIsNoMessageStays() throws Exception {
        dump("bad", "{\"__type\": \"Event\", \"source.port\": \"many\"}");
        JobView job = server.ask(new RecoverEntries("out", null, null, true, null));
        assertEquals("done", server.ask(new ShowJob(job.id())).state());
        assertTrue(server.ask(new ShowJob(job.id())).error().contains("stays"), server.ask(new ShowJob(job.id()))::error);
        assertEquals(List.of("bad"), groups(null).stream().map(DumpGroup::reason).toList());
        assertEquals(4, waiting("out-queue"));
    }

    @Test
    void deletesWhatIsChosenAndNothingElse() throws Exception {
        assertEquals("nothing-chosen", assertThrows(Refusal.class, () -> server.ask(new DeleteEntries("out", List.of(), null))).code());
        assertEquals(1, server.ask(new DeleteEntries("out", List.of(), "ValueError: no")));
        assertEquals(3, server.ask(new ShowDump("out", null, 10, null)).items().size());
        assertEquals(3, server.ask(new DeleteEntries("out", List.of(), groups(null).get(0).reason())));
        assertFalse(Files.exists(file()));
        assertEquals("unknown-dump", assertThrows(Refusal.class, () -> server.ask(new ShowDump("out", null, 10, null))).code());
        assertEquals("unknown-dump", assertThrows(Refusal.class, () -> server.ask(new ShowDump("../etc/x", null, 10, null))).code());
    }

    /** The lock of a thread that has ended without giving it back stays its own. */
    @Test
    void twoDoNotWorkOnOneDump() throws Exception {
        Thread other = new Thread(() -> {
            try {
                FileGuard.of(file().resolveSibling("out.dump.recovery"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        other.start();
        other.join();
        assertEquals("dump-in-use", assertThrows(Refusal.class, () -> server.ask(new DeleteEntries("out", List.of(), "ValueError: no"))).code());
    }

    @Test
    void aPurgeIsUndone() throws Exception {
        for (int i = 0; i < 4; i++) {
            server.memory().control().send("other-queue", "{\"__type\": \"Event\", \"source.port\": " + i + "}");
        }
        Moved purged = server.ask(new PurgeQueue("other-queue", "other-queue"));
        assertEquals(0, waiting("other-queue"));
        assertEquals(new Moved(4, purged.dump()), server.ask(new RetryQueue("other-queue", purged.dump())));
        assertEquals(4, waiting("other-queue"));
        assertFalse(Files.exists(root.resolve("var/log/" + purged.dump() + ".dump")));
    }

    /** A dump may be larger than the memory: it is read as a stream, and an entry only when it is asked for. */
    @Test
    void aLargeDumpTakesLittleMemory() throws Exception {
        int large = Math.toIntExact(DumpStore.LARGEST_ENTRY);
        dump("too large", "x".repeat(large));
        long before = ALLOCATIONS.getCurrentThreadAllocatedBytes();

        assertEquals(List.of("too large"), groups("XXX").stream().map(DumpGroup::reason).toList());
        List<DumpLine> lines = server.ask(new ShowDump("out", null, 10, null)).items();
        assertEquals(5, lines.size());
        DumpLine last = lines.get(4);
        assertEquals(large, last.size());
        Refusal refusal = assertThrows(Refusal.class, () -> server.ask(new ShowEntry("out", last.id())));
        assertEquals("entry-too-large", refusal.code());
        server.ask(new EditEntry("out", lines.get(3).id(), "{\"__type\": \"Event\", \"comment\": \"mended\"}"));
        JobView job = server.ask(new RecoverEntries("out", null, null, true, null));
        assertEquals(1, server.ask(new DeleteEntries("out", List.of(last.id()), null)));

        long allocated = ALLOCATIONS.getCurrentThreadAllocatedBytes() - before;
        assertTrue(allocated < large / 2, allocated + " bytes were allocated");
        assertTrue(server.ask(new ShowJob(job.id())).error().contains("expected at most " + DumpStore.LARGEST_ENTRY));
        assertEquals(4, waiting("out-queue"));
        assertFalse(Files.exists(file()));
    }

    @Test
    void aViewerSeesNoDumps() {
        assertEquals("role-too-low", assertThrows(Refusal.class, () -> server.ask(Role.VIEWER, new ListDumps(null, null, null))).code());
    }
}
