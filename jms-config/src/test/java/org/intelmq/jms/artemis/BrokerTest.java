package org.intelmq.jms.artemis;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Each test has a broker, in this JVM or, for a class whose name begins with Far, one that runs by itself. */
abstract class BrokerTest {

    @TempDir
    Path directory;
    BrokerOnDisk disk;
    ArtemisBroker broker;
    private FarBroker far;

    /** Whether the broker runs by itself. */
    boolean isFar() {
        return false;
    }

    @BeforeEach
    void start() {
        if (isFar()) {
            far = FarBroker.on(directory);
            disk = new BrokerOnDisk(far.link(directory), BrokerOnDisk.settings(directory));
        } else {
            disk = new BrokerOnDisk(directory);
        }
        broker = disk.broker();
    }

    @AfterEach
    void stop() {
        disk.close();
        if (far != null) {
            far.close();
        }
    }
}
