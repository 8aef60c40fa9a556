package org.intelmq.server.outside;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.core.config.ClusterConnectionConfiguration;
import org.apache.activemq.artemis.core.config.HAPolicyConfiguration;
import org.apache.activemq.artemis.core.config.ha.SharedStoreBackupPolicyConfiguration;
import org.apache.activemq.artemis.core.config.ha.SharedStorePrimaryPolicyConfiguration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyAcceptorFactory;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyConnectorFactory;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;

/** One of a pair of Artemis servers on the same files, as a process of its own; closing it kills it. */
public final class ArtemisServer implements AutoCloseable {

    /** An Artemis writes no audit log unless it is told to; here, it would be most of what the broker does. */
    private static final Logger AUDIT = Logger.getLogger("org.apache.activemq.audit");

    private final Process process;

    private ArtemisServer(Process process) {
        this.process = process;
    }

    /**
     * @param folder of both servers
     * @param ports  of this one and of the other
     */
    public static ArtemisServer start(Path folder, boolean primary, int... ports) throws IOException {
        return start(List.of(), folder, primary, "127.0.0.1:" + ports[0], "127.0.0.1:" + ports[1]);
    }

    /**
     * @param inside what the command begins with
     * @param places of this one and of the other
     */
    public static ArtemisServer start(List<String> inside, Path folder, boolean primary, String... places) throws IOException {
        var command = new ArrayList<>(inside);
        command.addAll(List.of(Path.of(System.getProperty("java.home"), "bin/java").toString(), "-Xmx192m", "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"), ArtemisServer.class.getName(), folder.toString(),
                String.valueOf(primary)));
        command.addAll(List.of(places));
        return new ArtemisServer(new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("broker-" + places[0].replace(':', '-') + ".log").toFile())).start());
    }

    /** Time of all processors that it has used. */
    public Duration used() {
        return process.toHandle().info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** As {@code kill -9}. */
    public void kill() throws InterruptedException {
        process.toHandle().destroyForcibly();
        process.waitFor(10, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        process.toHandle().destroyForcibly();
    }

    /** The server itself. */
    public static void main(String[] arguments) throws Exception {
        AUDIT.setLevel(Level.OFF);
        Path folder = Path.of(arguments[0]);
        HAPolicyConfiguration policy = Boolean.parseBoolean(arguments[1]) ? new SharedStorePrimaryPolicyConfiguration().setFailoverOnServerShutdown(true)
                : new SharedStoreBackupPolicyConfiguration().setAllowFailBack(false).setFailoverOnServerShutdown(true);
        new EmbeddedActiveMQ().setConfiguration(new ConfigurationImpl()
                .setName("broker-" + arguments[2]).setSecurityEnabled(false).setJMXManagementEnabled(false)
                .setClusterUser("pair").setClusterPassword("of the test")
                .setBindingsDirectory(folder.resolve("bindings").toString()).setJournalDirectory(folder.resolve("journal").toString())
                .setLargeMessagesDirectory(folder.resolve("large").toString()).setPagingDirectory(folder.resolve("paging").toString())
                .addAcceptorConfiguration(new TransportConfiguration(NettyAcceptorFactory.class.getName(), at(arguments[2]), "network"))
                .addConnectorConfiguration("self", new TransportConfiguration(NettyConnectorFactory.class.getName(), at(arguments[2])))
                .addConnectorConfiguration("other", new TransportConfiguration(NettyConnectorFactory.class.getName(), at(arguments[3])))
                .addClusterConfiguration(new ClusterConnectionConfiguration().setName("pair").setConnectorName("self").setStaticConnectors(List.of("other")))
                .setHAPolicyConfiguration(policy)).start();
    }

    private static Map<String, Object> at(String place) {
        int colon = place.indexOf(':');
        return Map.of("host", place.substring(0, colon), "port", Integer.parseInt(place.substring(colon + 1)));
    }
}
