package org.intelmq.stomp;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.apache.activemq.broker.BrokerService;
import org.apache.activemq.broker.SslContext;
import org.apache.activemq.command.ActiveMQQueue;
import org.intelmq.testing.PemKeys;
import org.intelmq.tls.Tls;

/** ActiveMQ with its STOMP connector and its messages on disk, for tests of bots that speak to one. */
public final class StompServer implements AutoCloseable {

    public static final String QUEUE = "/queue/feed";

    private final Path folder;
    private final int port;
    private final PemKeys keys;
    private BrokerService server;

    /** @param keys of the server and its clients; {@code null} for a server without TLS */
    public StompServer(Path folder, int port, PemKeys keys) {
        this.folder = folder;
        this.port = port;
        this.keys = keys;
    }

    public void start() throws Exception {
        server = new BrokerService();
        server.setBrokerName("stomp-server");
        server.setUseJmx(false);
        server.setUseShutdownHook(false);
        server.setDataDirectory(folder.toString());
        if (keys != null) {
            server.setSslContext(new SslContext(Tls.keys(keys.certificate(), keys.key()), Tls.authorities(keys.certificate()), null));
        }
        server.addConnector(keys == null ? "stomp://127.0.0.1:" + port : "stomp+ssl://127.0.0.1:" + port + "?transport.needClientAuth=true");
        server.start();
        server.waitUntilStarted();
    }

    public void send(StompParams params, String... messages) throws Exception {
        try (StompConnection connection = StompConnection.open(params)) {
            for (String message : messages) {
                connection.send(new Frame("SEND", Map.of("destination", QUEUE, "persistent", "true"), message.getBytes(StandardCharsets.UTF_8)));
            }
        }
    }

    public int port() {
        return port;
    }

    /** What waits in the queue, or was handed out and not acknowledged. */
    public long waiting() throws Exception {
        return server.getDestination(new ActiveMQQueue("feed")).getDestinationStatistics().getMessages().getCount();
    }

    @Override
    public void close() throws Exception {
        server.stop();
        server.waitUntilStopped();
    }
}
