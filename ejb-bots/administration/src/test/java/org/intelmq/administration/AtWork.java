package org.intelmq.administration;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.intelmq.access.Role;
import org.intelmq.administration.live.Running;
import org.intelmq.catalogue.Catalogue;
import org.intelmq.engine.EngineQueues;
import org.intelmq.engine.EngineRehearsals;
import org.intelmq.engine.check.ConfigurationCheck;
import org.intelmq.engine.memory.MemoryEngine;
import org.intelmq.pipeline.Installation;
import org.intelmq.services.ServerServices;

/** A server in memory whose bots work when they are told, and its administration. */
public final class AtWork implements AutoCloseable {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-01-02T03:04:05Z"), ZoneOffset.UTC);

    private final ServerServices services;
    private final MemoryEngine memory;
    private final Running running;
    private final Site site;
    private final Administration administration;

    public AtWork(Path root, String runtime) throws IOException {
        Installation installation = Installation.at(root);
        Files.createDirectories(installation.etc());
        Files.createDirectories(installation.bots());
        Files.createDirectories(installation.log());
        Files.writeString(installation.runtimeConfiguration(), runtime);
        Catalogue catalogue = Catalogue.load(AtWork.class.getClassLoader());
        services = new ServerServices(installation, queue -> 0);
        memory = new MemoryEngine(installation, Map.of(), catalogue, services);
        running = new Running(memory.control(), new EngineQueues(memory.engine()), new EngineRehearsals(memory.engine()), installation,
                memory.engine().currentConfiguration(), null, CLOCK);
        site = new Site(memory.control(), catalogue, installation, Map.of(),
                () -> new ConfigurationCheck(installation, catalogue, Map.of(), services).run(Map.of()), null, null, null, running, null);
        administration = new Administration(site, new AuditLog(root.resolve("audit.log"), CLOCK), running.live()::changed);
        memory.engine().start();
    }

    public <A> A ask(Operation<A> operation) throws Exception {
        return ask(Role.ADMIN, operation);
    }

    public <A> A ask(Role role, Operation<A> operation) throws Exception {
        return administration.perform(new Caller("anna", role, "test"), operation);
    }

    /** Lets the bots work until nothing is due. */
    public void run() {
        memory.run();
    }

    public MemoryEngine memory() {
        return memory;
    }

    public Site site() {
        return site;
    }

    @Override
    public void close() {
        running.close();
        memory.close();
        services.close();
    }
}
