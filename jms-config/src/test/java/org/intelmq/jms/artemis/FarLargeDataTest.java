package org.intelmq.jms.artemis;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;

/** The same with a broker that runs by itself. */
class FarLargeDataTest extends LargeDataTest {

    private FarBroker far;

    @Override
    BrokerOnDisk open(Path folder) {
        far = FarBroker.on(folder);
        return new BrokerOnDisk(far.link(folder), BrokerOnDisk.settings(folder));
    }

    @AfterEach
    @Override
    void stop() {
        super.stop();
        far.close();
    }
}
