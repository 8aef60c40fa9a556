package org.intelmq.jms.artemis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import jakarta.resource.spi.UnavailableException;
import jakarta.resource.spi.endpoint.MessageEndpoint;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import javax.transaction.xa.XAResource;
import org.intelmq.jms.DeliveryListener;
import org.intelmq.jms.Parcel;
import org.junit.jupiter.api.Test;

/** Bots may be started before the container activates their message-driven bean, as Open Liberty does when its configuration changes. */
class ActivationTest extends BrokerTest {

    private static final Duration LONG_ENOUGH = Duration.ofSeconds(30);
    private static final Parcel EVENT = new Parcel(Parcel.Kind.EVENTS, 1, "one".getBytes(UTF_8), null, 0, 0);

    /** A container that gives the thread which activates the bean no endpoint of it, and nobody one on the first request. */
    private static final class StrictContainer extends TransactedEndpoints {

        private final Thread activating = Thread.currentThread();
        private final AtomicInteger requests = new AtomicInteger();
        private final AtomicReference<Thread> refused = new AtomicReference<>();
        private final int refusals;

        StrictContainer(DeliveryListener bean, int refusals) {
            super(bean);
            this.refusals = refusals;
        }

        @Override
        public MessageEndpoint createEndpoint(XAResource resource) throws UnavailableException {
            if (Thread.currentThread() == activating) {
                refused.set(activating);
                throw new UnavailableException("the thread that activates the bean creates no endpoint");
            }
            if (requests.incrementAndGet() <= refusals) {
                throw new UnavailableException("not yet");
            }
            return super.createEndpoint(resource);
        }
    }

    @Test
    void noEndpointIsCreatedForTheThreadThatActivates() {
        AtomicInteger deliveries = new AtomicInteger();
        broker.startConsumer("experts", "in", 2);
        broker.send("in", EVENT);
        StrictContainer container = new StrictContainer(delivery -> deliveries.incrementAndGet(), 0);

        broker.poolAvailable("experts", container);

        await().atMost(LONG_ENOUGH).until(() -> deliveries.get() == 1);
        assertNull(container.refused.get(), "the activating thread");
        broker.stopConsumer("in");
        assertEquals(0, broker.length("in"));
    }

    @Test
    void aContainerThatIsNotReadyIsAskedAgain() {
        AtomicInteger deliveries = new AtomicInteger();
        broker.startConsumer("experts", "in", 1);
        broker.send("in", EVENT);

        broker.poolAvailable("experts", new StrictContainer(delivery -> deliveries.incrementAndGet(), 1));

        await().atMost(LONG_ENOUGH).until(() -> deliveries.get() == 1);
    }
}
