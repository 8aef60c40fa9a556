package org.intelmq.jms.artemis;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.time.Duration;
import org.apache.activemq.artemis.api.core.client.ActiveMQClient;
import org.apache.activemq.artemis.core.server.Queue;
import org.intelmq.jms.BrokerException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManagementTest {

    @TempDir
    private Path directory;

    /** As after a network that was cut, when a question leaves and its answer arrives nowhere. */
    @Test
    void asksInAnotherWayAfterAnAnswerThatDoesNotCome() throws Exception {
        try (FarBroker far = FarBroker.on(directory);
                Management management = new Management(ActiveMQClient.createServerLocator("tcp://127.0.0.1:" + far.port()), null, null, event -> { },
                        () -> null, Duration.ofSeconds(2))) {
            Object version = management.serverAttribute("version");
            Queue lost = far.temporaryQueues().get(0);
            lost.pause();
            BrokerException silent = assertThrows(BrokerException.class, () -> management.serverAttribute("version"));
            assertEquals("the broker does not answer questions about broker", silent.getMessage());
            assertEquals(version, management.serverAttribute("version"));
            await().until(() -> far.temporaryQueues().size() == 1);
            assertNotEquals(lost.getName(), far.temporaryQueues().get(0).getName());
        }
    }
}
