package org.intelmq.administration.shared;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.intelmq.access.People;
import org.intelmq.access.Role;
import org.intelmq.administration.Administration;
import org.intelmq.administration.AuditLog;
import org.intelmq.administration.Caller;
import org.intelmq.administration.Operation;
import org.intelmq.administration.Site;
import org.intelmq.administration.TestServer;
import org.intelmq.administration.configuration.ApplyDraft;
import org.intelmq.administration.configuration.ReadConfiguration;
import org.intelmq.administration.history.ReadHistory;
import org.intelmq.administration.history.Revision;
import org.intelmq.control.BotState;

/** One of several servers with one configuration, in memory, with files of its own. */
final class SharedServer implements AutoCloseable {

    private final TestServer server;
    private final Path root;
    private final Sharing sharing;
    private final Administration administration;
    private final People people;

    SharedServer(Path root, String runtime, SharedDatabase database, TestServer.Meanwhile meanwhile) throws IOException {
        this.root = root;
        this.server = new TestServer(root, runtime, meanwhile);
        Site plain = server.site();
        people = new People(plain.installation().etc(), plain.installation().state(), () -> "token", Clock.systemUTC());
        Site site = new Site(plain.control(), plain.catalogue(), plain.installation(), Map.of("INTELMQ_NODE", root.getFileName().toString()),
                plain.check(), plain.store(), plain.workbench(), people, plain.running(), null);
        administration = new Administration(site, AuditLog.of(site.installation(), Clock.systemUTC()));
        sharing = new Sharing(site, database);
        sharing.begin();
        server.memory().engine().catchUpWith(sharing::catchUp);
        server.memory().engine().start();
        sharing.botsRun();
    }

    <A> A as(String user, Operation<A> operation) throws Exception {
        return administration.perform(new Caller(user, Role.ADMIN, "rest 192.0.2.1"), operation);
    }

    /** What happens every two seconds. */
    void look() {
        sharing.catchUp();
        assertEquals(List.of(), sharing.problems());
    }

    Sharing sharing() {
        return sharing;
    }

    People people() {
        return people;
    }

    ApplyDraft.Done apply(String user, String text, String reason) throws Exception {
        return as(user, new ApplyDraft(text, reason, null, null, null, null));
    }

    ApplyDraft.Done applyOnto(String version, String user, String text) throws Exception {
        return as(user, new ApplyDraft.Onto(version, new ApplyDraft(text, user + "'s", null, null, null, null)));
    }

    String version() throws Exception {
        return as("anna", new ReadConfiguration()).version();
    }

    String runtime() throws IOException {
        return text("etc/runtime.yaml");
    }

    String text(String file) throws IOException {
        return Files.readString(root.resolve(file));
    }

    void write(String file, String text) throws IOException {
        Files.createDirectories(root.resolve(file).getParent());
        Files.writeString(root.resolve(file), text);
    }

    Path root() {
        return root;
    }

    List<Revision> history() throws Exception {
        return as("anna", new ReadHistory(null, 100, null)).items();
    }

    BotState state(String bot) {
        return server.memory().control().status(List.of(bot)).get(bot);
    }

    /** As it was killed: nothing is told to anybody. */
    @Override
    public void close() {
        sharing.close();
        server.close();
    }
}
