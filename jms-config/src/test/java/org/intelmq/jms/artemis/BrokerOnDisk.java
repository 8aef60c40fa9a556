package org.intelmq.jms.artemis;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.activemq.artemis.core.settings.impl.AddressFullMessagePolicy;

/** A broker of a test, which can be started again on what it has left. */
final class BrokerOnDisk implements AutoCloseable {

    static final int MEBIBYTE = 1 << 20;
    private static final AtomicInteger SERVER_IDS = new AtomicInteger(100);

    private final BrokerLink link;
    private final ArtemisBroker broker;

    BrokerOnDisk(Path directory) {
        this(new EmbeddedBroker(settings(directory), SERVER_IDS.incrementAndGet()), settings(directory));
    }

    BrokerOnDisk(BrokerLink link, BrokerSettings settings) {
        this.link = link;
        link.start();
        broker = new ArtemisBroker(link, new Connections(link, settings.largeFrom(), 64 << 10));
    }

    static BrokerSettings settings(Path directory) {
        return new BrokerSettings(directory, 16 * MEBIBYTE, 64 * MEBIBYTE, AddressFullMessagePolicy.PAGE, 100_000, 2 * MEBIBYTE, 1000);
    }

    ArtemisBroker broker() {
        return broker;
    }

    BrokerLink link() {
        return link;
    }

    @Override
    public void close() {
        broker.close();
        link.stop();
    }
}
