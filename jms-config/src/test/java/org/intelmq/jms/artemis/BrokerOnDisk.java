package org.intelmq.jms.artemis;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.activemq.artemis.api.core.client.ActiveMQClient;
import org.apache.activemq.artemis.core.settings.impl.AddressFullMessagePolicy;

/** An embedded broker of a test, which can be started again on what it has left. */
final class BrokerOnDisk implements AutoCloseable {

    static final int MEBIBYTE = 1 << 20;
    private static final AtomicInteger SERVER_IDS = new AtomicInteger(100);

    private final EmbeddedBroker embedded;
    private final ArtemisBroker broker;

    BrokerOnDisk(Path directory) {
        var settings = new BrokerSettings(directory, 16 * MEBIBYTE, 64 * MEBIBYTE, AddressFullMessagePolicy.PAGE, 100_000, 2 * MEBIBYTE, 1000);
        embedded = new EmbeddedBroker(settings, SERVER_IDS.incrementAndGet());
        embedded.start();
        broker = new ArtemisBroker(embedded, new Connections(
                () -> ActiveMQClient.createServerLocatorWithoutHA(embedded.connector()), settings.largeFrom(), 64 << 10));
    }

    ArtemisBroker broker() {
        return broker;
    }

    @Override
    public void close() {
        broker.close();
        embedded.stop();
    }
}
