package org.intelmq.administration;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.intelmq.access.Role;
import org.intelmq.catalogue.Catalogue;
import org.intelmq.control.BotControl;
import org.intelmq.engine.EngineQueues;
import org.intelmq.engine.memory.MemoryEngine;
import org.intelmq.pipeline.Installation;
import org.intelmq.services.ServerServices;

/** A server in memory with all bots of ours, and its administration: of the configuration, not of what is seen live. */
public final class TestServer implements AutoCloseable {

    private static final Catalogue CATALOGUE = Catalogue.load(TestServer.class.getClassLoader(), Path.of("none"));

    private final Installation installation;
    private final ServerServices services;
    private final MemoryEngine memory;
    private final Site site;
    private final Administration administration;

    /** What happens meanwhile: told of each call of the bots' control before it is done. */
    @FunctionalInterface
    public interface Meanwhile {

        void before(String method, Object[] arguments) throws Exception;
    }

    /** @param runtime the configuration; its bots are started by {@code memory().engine().start()} */
    public TestServer(Path root, String runtime) throws IOException {
        this(root, runtime, (method, arguments) -> { });
    }

    public TestServer(Path root, String runtime, Meanwhile meanwhile) throws IOException {
        installation = Installation.at(root);
        Files.createDirectories(installation.etc());
        Files.createDirectories(installation.bots());
        Files.createDirectories(installation.log());
        Files.writeString(installation.runtimeConfiguration(), runtime);
        services = new ServerServices(installation, queue -> 0);
        memory = new MemoryEngine(installation, Map.of(), CATALOGUE, services);
        site = TestSite.site(installation, CATALOGUE, watched(memory.control(), meanwhile), new EngineQueues(memory.engine()), services);
        administration = new Administration(site, AuditLog.of(installation, Clock.systemUTC()));
    }

    private static BotControl watched(BotControl control, Meanwhile meanwhile) {
        return (BotControl) Proxy.newProxyInstance(TestServer.class.getClassLoader(), new Class<?>[] {BotControl.class}, (proxy, method, arguments) -> {
            meanwhile.before(method.getName(), arguments);
            try {
                Object answer = method.invoke(control, arguments);
                return answer instanceof BotControl other ? watched(other, meanwhile) : answer;
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        });
    }

    public Installation installation() {
        return installation;
    }

    public Site site() {
        return site;
    }

    public MemoryEngine memory() {
        return memory;
    }

    /** Asks as an editor. */
    public <A> A ask(String user, Operation<A> operation) throws Exception {
        return ask(user, Role.EDITOR, operation);
    }

    public <A> A ask(String user, Role role, Operation<A> operation) throws Exception {
        return administration.perform(new Caller(user, role, "rest 192.0.2.1"), operation);
    }

    @Override
    public void close() {
        memory.close();
        services.close();
    }
}
