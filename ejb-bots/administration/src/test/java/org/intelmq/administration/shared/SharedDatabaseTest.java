package org.intelmq.administration.shared;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.intelmq.access.Role;
import org.intelmq.administration.Refusal;
import org.intelmq.administration.access.AddUser;
import org.intelmq.administration.configuration.Agreement;
import org.intelmq.administration.history.Revision;
import org.intelmq.control.BotState;
import org.junit.jupiter.api.Test;

/** Two servers that want the same at once, and a database that is away, forgets, or holds what it should not. */
class SharedDatabaseTest extends SharedServers {

    @Test
    void ofTwoWhoSaveAtOnceOneIsToldWhatTheOtherHasChanged() throws Exception {
        List<SharedServer> both = List.of(server("a"), server("b"));
        String base = both.get(0).version();
        CyclicBarrier together = new CyclicBarrier(2);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        List<Future<?>> answers = new ArrayList<>();
        for (SharedServer each : both) {
            String file = "file: var/" + each.root().getFileName() + ".txt";
            answers.add(threads.submit(() -> {
                together.await();
                return each.applyOnto(base, "anna", RUNTIME.replace("file: var/out.txt", file));
            }));
        }
        List<Refusal> refusals = new ArrayList<>();
        for (Future<?> each : answers) {
            try {
                each.get();
            } catch (ExecutionException e) {
                refusals.add((Refusal) e.getCause());
            }
        }
        threads.shutdown();
        assertEquals(List.of("changed-meanwhile"), refusals.stream().map(Refusal::code).toList());
        assertTrue(refusals.get(0).difference().toString().contains("var/"), () -> String.valueOf(refusals.get(0).difference()));
        both.forEach(SharedServer::look);
        assertEquals(both.get(0).runtime(), both.get(1).runtime());
        assertNotEquals(RUNTIME, both.get(0).runtime());
        assertEquals(both.get(0).history(), both.get(1).history());
        assertEquals(List.of(), kept(both.get(0)));
    }

    @Test
    void aNumberIsUsedOnce() throws Exception {
        server("a");
        try (Connection one = database.connect("one"); Connection two = database.connect("two")) {
            long last = SharedTable.last(one);
            SharedTable.Row row = SharedTable.since(one, last - 1).get(0);
            Revision old = row.revision();
            Revision next = new Revision(last + 1, old.time(), "anna", "rest", null, old.file(), old.version(), 0);
            assertTrue(SharedTable.add(one, new SharedTable.Row(next, row.effect(), "mine")));
            assertFalse(SharedTable.add(two, new SharedTable.Row(next, row.effect(), "theirs")));
            assertEquals("mine", SharedTable.newest(two, old.file()).content());
        }
    }

    @Test
    void nothingButSharedFilesIsWritten() throws Exception {
        SharedServer a = server("a");
        try (Connection connection = database.connect("somebody")) {
            long last = SharedTable.last(connection);
            Revision old = SharedTable.since(connection, last - 1).get(0).revision();
            Revision bad = new Revision(last + 1, old.time(), "mallory", "sql", null, "etc/../bin/run.sh", old.version(), 0);
            SharedTable.add(connection, new SharedTable.Row(bad, Agreement.Effect.BOTS, "evil"));
        }
        a.look();
        assertFalse(Files.exists(a.root().resolve("bin/run.sh")));
    }

    @Test
    void withoutTheDatabaseServersRunOnAndRefuseChanges() throws Exception {
        SharedServer a = server("a");
        SharedServer b = server("b");
        goAway();
        Refusal refusal = refused(() -> a.apply("anna", MORE, "more"));
        assertEquals(Refusal.Kind.UNAVAILABLE, refusal.kind());
        assertEquals("configuration-away", refusal.code());
        assertTrue(refusal.getMessage().contains(name) && refusal.remedy().startsWith("Nothing has changed"), refusal.getMessage());
        assertEquals("configuration-away", refused(() -> a.as("anna", new AddUser("otto", Role.VIEWER, "correct horse"))).code());
        assertEquals(RUNTIME, a.runtime());
        b.sharing().catchUp();
        assertTrue(b.sharing().problems().get(0).text().contains("runs on with its files"), () -> b.sharing().problems().toString());
        b.close();
        SharedServer started = again(b);
        assertEquals(BotState.RUNNING, started.state("out"));
        assertEquals(1, started.sharing().problems().size());

        comeBack();
        a.apply("anna", MORE, "more");
        Awaitility.await().until(() -> {
            started.sharing().catchUp();
            return started.runtime().equals(MORE);
        });
        assertEquals(List.of(), started.sharing().problems());
        assertEquals(BotState.RUNNING, started.state("second"));
    }

    @Test
    void aChangeThatTheDatabaseDoesNotGetIsUndone() throws Exception {
        SharedServer a = server("a", RUNTIME, (method, arguments) -> {
            if (method.equals("reload")) {
                goAway();
            }
        });
        Refusal refusal = refused(() -> a.apply("anna", RUNTIME.replace("var/out.txt", "var/other.txt"), "moves"));
        assertEquals("configuration-away", refusal.code());
        assertEquals(RUNTIME, a.runtime());
        assertEquals(BotState.RUNNING, a.state("out"));
        comeBack();
        assertEquals(RUNTIME, server("b").runtime());
    }

    @Test
    void aDatabaseThatHasForgottenIsFollowedToo() throws Exception {
        SharedServer a = server("a");
        a.apply("anna", MORE, "more");
        try (Connection connection = database.connect("operator"); Statement statement = connection.createStatement()) {
            statement.execute("DELETE FROM intelmq_configuration WHERE reason = 'more'");
        }
        a.look();
        assertEquals(RUNTIME, a.runtime());
        assertEquals(1, kept(a).size());
        a.apply("anna", MORE, "again");
        assertEquals(List.of("again", "as it was found", "as it was found"), a.history().stream().map(Revision::reason).toList());
    }
}
