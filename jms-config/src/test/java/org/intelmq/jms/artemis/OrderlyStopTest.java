package org.intelmq.jms.artemis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.resource.spi.endpoint.MessageEndpoint;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import javax.transaction.xa.XAResource;
import org.intelmq.jms.Delivery;
import org.intelmq.jms.DeliveryListener;
import org.intelmq.jms.Parcel;
import org.intelmq.jms.Parcel.Kind;
import org.junit.jupiter.api.Test;

/** What waits in a queue stays there, however the container and the beans behave while all is being stopped. */
class OrderlyStopTest extends BrokerTest {

    private static final Duration SHORT = Duration.ofMillis(100);
    private static final Duration LONG_ENOUGH = Duration.ofSeconds(30);
    private static final int MESSAGES = 50;

    /** As a message-driven bean's container does that is being stopped: it says nothing, begins nothing and refuses the call. */
    private static final class StoppedContainer implements MessageEndpoint, DeliveryListener {

        private final AtomicInteger deliveries;

        private StoppedContainer(AtomicInteger deliveries) {
            this.deliveries = deliveries;
        }

        @Override
        public void beforeDelivery(Method method) {
            deliveries.incrementAndGet();
        }

        @Override
        public void onDelivery(Delivery delivery) {
            throw new IllegalStateException("Attempt to invoke when container is in STOPPED");
        }

        @Override
        public void afterDelivery() { }

        @Override
        public void release() { }
    }

    @Test
    void nothingIsAcknowledgedWhenTheContainerBeginsNoTransaction() {
        AtomicInteger refused = new AtomicInteger();
        sendAll();
        broker.poolAvailable("experts", new TransactedEndpoints(delivery -> { }) {
            @Override
            public MessageEndpoint createEndpoint(XAResource resource) {
                return new StoppedContainer(refused);
            }
        });
        broker.startConsumer("experts", "in", 1);

        await().atMost(LONG_ENOUGH).until(() -> refused.get() > 0);
        broker.poolGone("experts");

        assertEquals(1, refused.get(), "the consumer stops");
        assertEquals(MESSAGES, broker.length("in"));
        Set<String> delivered = new ConcurrentSkipListSet<>();
        broker.poolAvailable("experts", new TransactedEndpoints(delivery -> delivered.add(new String(delivery.parcel().body(), UTF_8))));
        await().atMost(LONG_ENOUGH).until(() -> delivered.size() == MESSAGES);
    }

    @Test
    void nothingIsCommittedThatTheBeanRefused() {
        AtomicBoolean refuses = new AtomicBoolean(true);
        broker.poolAvailable("experts", new TransactedEndpoints(delivery -> {
            delivery.sender().send("out", events("result"));
            if (refuses.getAndSet(false)) {
                throw new IllegalStateException("refused");
            }
        }) {
            @Override
            boolean commitsWhatTheBeanRefused() {
                return true;
            }
        });
        broker.send("in", events("one"));
        broker.startConsumer("experts", "in", 1);

        await().atMost(LONG_ENOUGH).until(() -> broker.length("in") == 0);
        assertEquals(1, broker.length("out"));
    }

    /** A container that is stopped while the bean is at work may neither commit nor roll back, and says nothing about it. */
    @Test
    void theEndOfADeliveryIsToldEvenIfTheContainerTellsNobody() {
        CountDownLatch told = new CountDownLatch(1);
        broker.poolAvailable("experts", new TransactedEndpoints(delivery -> delivery.atEnd(told::countDown)) {
            @Override
            boolean endsTransactions() {
                return false;
            }
        });
        broker.send("in", events("one"));
        broker.startConsumer("experts", "in", 1);

        awaitQuietly(told);
        assertEquals(List.of(), broker.endDeliveries(SHORT));
        broker.stopConsumer("in");
        assertEquals(1, broker.length("in"), "nothing is acknowledged");
    }

    @Test
    void noDeliveryBeginsAfterTheEnd() {
        AtomicInteger deliveries = new AtomicInteger();
        broker.poolAvailable("experts", new TransactedEndpoints(delivery -> deliveries.incrementAndGet()));
        broker.startConsumer("experts", "in", 2);

        assertEquals(List.of(), broker.endDeliveries(SHORT));
        sendAll();
        broker.startConsumer("experts", "in", 4);
        broker.startConsumer("experts", "other", 1);
        broker.stopConsumer("in");

        assertEquals(MESSAGES, broker.length("in"));
        assertEquals(0, deliveries.get());
    }

    @Test
    void aDeliveryUnderWayEnds() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        broker.poolAvailable("experts", new TransactedEndpoints(delivery -> {
            begun.countDown();
            awaitQuietly(goOn);
            delivery.sender().send("out", events("done"));
        }));
        sendAll();
        broker.startConsumer("experts", "in", 1);
        begun.await();
        Thread stopper = new Thread(() -> broker.endDeliveries(LONG_ENOUGH));
        stopper.start();
        goOn.countDown();
        stopper.join();

        assertEquals(1, broker.length("out"));
        assertEquals(MESSAGES - 1, broker.length("in"));
    }

    @Test
    void aDeliveryThatWaitsIsInterruptedAndRolledBack() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        broker.poolAvailable("experts", new TransactedEndpoints(delivery -> {
            delivery.sender().send("out", events("half done"));
            begun.countDown();
            awaitQuietly(new CountDownLatch(1));
        }));
        sendAll();
        broker.startConsumer("experts", "in", 1);
        begun.await();

        assertEquals(List.of(), broker.endDeliveries(Duration.ofSeconds(2)));

        assertEquals(0, broker.length("out"));
        assertEquals(MESSAGES, broker.length("in"));
    }

    @Test
    void aDeliveryThatDoesNotEndIsCutOff() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        CountDownLatch over = new CountDownLatch(1);
        AtomicBoolean sentLater = new AtomicBoolean();
        broker.poolAvailable("experts", new TransactedEndpoints(delivery -> {
            delivery.sender().send("out", events("half done"));
            begun.countDown();
            awaitWhateverComes(goOn);
            try {
                delivery.sender().send("out", events("too late"));
                sentLater.set(true);
            } finally {
                over.countDown();
            }
        }));
        sendAll();
        broker.startConsumer("experts", "in", 1);
        begun.await();
        // somebody who waits for the bot is not held forever either
        Thread stopper = new Thread(() -> broker.stopConsumer("in"));
        stopper.start();

        assertEquals(List.of("in"), broker.endDeliveries(SHORT));
        stopper.join(LONG_ENOUGH.toMillis());
        assertTrue(!stopper.isAlive(), "who stops the bot goes on");
        assertEquals(MESSAGES, broker.length("in"));

        goOn.countDown();
        over.await();
        assertTrue(!sentLater.get(), "what was cut off sends nothing");
        broker.close();
        assertEquals(0, broker.length("out"));
        assertEquals(MESSAGES, broker.length("in"));
    }

    private void sendAll() {
        for (int i = 0; i < MESSAGES; i++) {
            broker.send("in", events("message " + i));
        }
    }

    private static Parcel events(String body) {
        return new Parcel(Kind.EVENTS, 1, body.getBytes(UTF_8), null, 0, 0);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void awaitWhateverComes(CountDownLatch latch) {
        while (latch.getCount() > 0) {
            Thread.onSpinWait();
        }
    }
}
