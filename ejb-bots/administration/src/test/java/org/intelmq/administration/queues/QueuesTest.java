package org.intelmq.administration.queues;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.intelmq.access.Role;
import org.intelmq.administration.AtWork;
import org.intelmq.administration.Page;
import org.intelmq.administration.Refusal;
import org.intelmq.message.Json;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QueuesTest {

    private static final String RUNTIME = """
            one: {group: Output, enabled: false, module: intelmq.bots.outputs.file.output, parameters: {file: one.txt}}
            two: {group: Output, enabled: false, module: intelmq.bots.outputs.file.output, parameters: {file: two.txt}}
            """;

    @TempDir
    private Path root;
    private AtWork server;

    @BeforeEach
    void start() throws Exception {
        server = new AtWork(root, RUNTIME);
        server.memory().broker().ensureQueue("two-queue");
        for (int i = 0; i < 5; i++) {
            server.memory().control().send("one-queue", "{\"__type\": \"Event\", \"source.port\": " + i + "}");
        }
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private long waiting(String queue) throws Exception {
        return server.ask(new ShowQueue(queue)).waiting();
    }

    @Test
    void looksPageByPageAndTakesNothing() throws Exception {
        Page<WaitingMessage> first = server.ask(new PeekQueue("one-queue", 3, null, false));
        Page<WaitingMessage> second = server.ask(new PeekQueue("one-queue", 3, first.next(), false));
        assertEquals(List.of(0L, 1L, 2L), first.items().stream().map(WaitingMessage::index).toList());
        assertEquals(List.of(3L, 4L), second.items().stream().map(message -> ((Map<?, ?>) message.message()).get("source.port")).toList());
        assertNull(second.next());
        assertEquals(5, waiting("one-queue"));
        assertEquals(new QueueView("two-queue", "two", 0, 0, null, false), server.ask(new ShowQueue("two-queue")));
    }

    @Test
    void leavesOutWhatIsLongUnlessItIsAskedFor() throws Exception {
        server.memory().control().send("two-queue", "{\"__type\": \"Event\", \"comment\": \"" + "x".repeat(30_000) + "\"}");
        assertNull(server.ask(new PeekQueue("two-queue", 1, null, false)).items().get(0).message());
        assertTrue(server.ask(new PeekQueue("two-queue", 1, null, true)).items().get(0).message().toString().contains("xxx"));
    }

    @Test
    void movesAllToAnotherQueue() throws Exception {
        assertEquals(new Moved(5, null), server.ask(new MoveQueue("one-queue", "two-queue")));
        assertEquals(0, waiting("one-queue"));
        assertEquals(5, waiting("two-queue"));
        assertEquals("invalid-target", assertThrows(Refusal.class, () -> server.ask(new MoveQueue("two-queue", "two-queue"))).code());
        assertEquals("unknown-queue", assertThrows(Refusal.class, () -> server.ask(new MoveQueue("two-queue", "three-queue"))).code());
    }

    @Test
    void keepsWhatIsPurged() throws Exception {
        assertEquals("not-confirmed", assertThrows(Refusal.class, () -> server.ask(new PurgeQueue("one-queue", "two-queue"))).code());
        assertEquals(5, waiting("one-queue"));
        Moved purged = server.ask(new PurgeQueue("one-queue", "one-queue"));
        assertEquals(5, purged.count());
        assertEquals(0, waiting("one-queue"));
        Map<?, ?> kept = (Map<?, ?>) Json.parse(Files.readString(root.resolve("var/log/" + purged.dump() + ".dump")));
        assertEquals(5, kept.size());
        kept.values().forEach(entry -> assertEquals("one-queue", ((Map<?, ?>) entry).get("source_queue")));
    }

    @Test
    void aViewerSeesNoMessages() {
        assertEquals("role-too-low", assertThrows(Refusal.class, () -> server.ask(Role.VIEWER, new PeekQueue("one-queue", 1, null, false))).code());
        assertEquals("role-too-low", assertThrows(Refusal.class, () -> server.ask(Role.VIEWER, new PurgeQueue("one-queue", "one-queue"))).code());
    }
}
