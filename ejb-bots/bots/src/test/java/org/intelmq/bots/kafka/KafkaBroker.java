package org.intelmq.bots.kafka;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.logging.Level;
import java.util.logging.Logger;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.intelmq.testing.FreePort;
import org.intelmq.testing.PemKeys;

/** Kafka itself, one server on the loopback for all tests of this run; each test takes topics of its own. */
public final class KafkaBroker {

    /** Held, so that they stay as quiet as they are told to be. */
    private static final List<Logger> LOGGERS = List.of(Logger.getLogger("org.apache.kafka"), Logger.getLogger("kafka"));

    private static KafkaBroker running;

    private final int port;

    private KafkaBroker(PemKeys keys) throws Exception {
        LOGGERS.forEach(logger -> logger.setLevel(Level.WARNING));
        Path folder = Files.createTempDirectory("kafka-");
        port = FreePort.find();
        int controller = FreePort.find();
        Properties settings = new Properties();
        settings.putAll(Map.ofEntries(
                Map.entry("process.roles", "broker,controller"),
                Map.entry("node.id", "1"),
                Map.entry("controller.quorum.voters", "1@127.0.0.1:" + controller),
                Map.entry("listeners", (keys == null ? "PLAINTEXT" : "SSL") + "://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controller),
                Map.entry("controller.listener.names", "CONTROLLER"),
                Map.entry("log.dirs", folder.toString()),
                Map.entry("offsets.topic.replication.factor", "1"),
                Map.entry("offsets.topic.num.partitions", "1"),
                Map.entry("transaction.state.log.replication.factor", "1"),
                Map.entry("transaction.state.log.min.isr", "1"),
                Map.entry("group.initial.rebalance.delay.ms", "0"),
                Map.entry("log.cleaner.enable", "false")));
        if (keys != null) {
            settings.putAll(Map.of(
                    "inter.broker.listener.name", "SSL",
                    "listener.security.protocol.map", "CONTROLLER:PLAINTEXT,SSL:SSL",
                    "advertised.listeners", "SSL://localhost:" + port,
                    "ssl.keystore.type", "PKCS12",
                    "ssl.keystore.location", keys.store().toString(),
                    "ssl.keystore.password", PemKeys.PASSWORD,
                    "ssl.key.password", PemKeys.PASSWORD,
                    "ssl.truststore.type", "PEM",
                    "ssl.truststore.location", keys.certificate().toString()));
        }
        new Formatter().setPrintStream(new PrintStream(OutputStream.nullOutputStream())).setClusterId(Uuid.randomUuid().toString()).setNodeId(1)
                .setControllerListenerName("CONTROLLER").setMetadataLogDirectory(folder.toString()).addDirectory(folder.toString()).run();
        KafkaRaftServer server = new KafkaRaftServer(KafkaConfig.fromProps(settings, false), Time.SYSTEM);
        server.startup();
    }

    /** Starts it if it does not run yet. */
    public static synchronized KafkaBroker running() throws Exception {
        if (running == null) {
            running = new KafkaBroker(null);
        }
        return running;
    }

    /** Another one, which speaks TLS alone. */
    public static KafkaBroker encrypted(PemKeys keys) throws Exception {
        return new KafkaBroker(keys);
    }

    public int port() {
        return port;
    }

    public String address() {
        return "127.0.0.1:" + port;
    }
}
