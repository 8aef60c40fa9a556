package org.intelmq.jms.artemis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.intelmq.jms.Delivery;
import org.intelmq.jms.DeliveryListener;
import org.intelmq.jms.KnownIdException;
import org.intelmq.jms.Parcel;
import org.intelmq.jms.Parcel.Kind;
import org.junit.jupiter.api.Test;

class ArtemisBrokerTest extends BrokerTest {

    @Test
    void handsOutWhatWasSent() {
        var received = new ConcurrentLinkedQueue<Delivery>();
        var parcels = new ConcurrentLinkedQueue<Parcel>();
        pool("experts", delivery -> {
            received.add(delivery);
            parcels.add(delivery.parcel());
        });
        broker.startConsumer("experts", "in", 1);
        broker.send("in", new Parcel(Kind.EVENTS, 7, bytes("body"), "batch-1", 0, 2));

        await().until(() -> broker.length("in") == 0 && !received.isEmpty());

        Parcel parcel = parcels.remove();
        assertEquals("in", received.element().queue());
        assertEquals(1, received.element().deliveryCount());
        assertEquals(List.of(Kind.EVENTS, 7, "body", "batch-1", 0L, 2), List.of(parcel.kind(), parcel.count(),
                new String(parcel.body(), UTF_8), parcel.id(), parcel.deliverAt(), parcel.attempt()));
    }

    @Test
    void tellsMessagesApart() {
        var identities = new ConcurrentLinkedQueue<String>();
        pool("experts", delivery -> {
            identities.add(delivery.messageId());
            if (identities.size() < 3) {
                delivery.sender().send("in", new Parcel(Kind.TICK, 1, bytes(""), null, System.currentTimeMillis() + 10, 0));
            }
        });
        broker.startConsumer("experts", "in", 1);
        broker.send("in", new Parcel(Kind.TICK, 1, bytes(""), null, 0, 0));

        await().until(() -> identities.size() == 3);
        assertEquals(3, Set.copyOf(identities).size(), identities.toString());
    }

    @Test
    void countsEventsNotMessages() {
        broker.send("in", events(3, "a"));
        broker.send("in", events(4, "b"));

        assertEquals(7, broker.length("in"));
        assertEquals(0, broker.length("unknown"));
        assertEquals(List.of("DLQ", "ExpiryQueue", "in"), broker.queues());
    }

    @Test
    void aTransactionOfItsOwnSendsAllOrNothing() {
        broker.inTransaction(transaction -> {
            transaction.send("in", events(3, "a"));
            transaction.send("other", events(1, "b"));
            assertEquals(0, broker.length("in"));
        });
        assertThrows(IllegalStateException.class, () -> broker.inTransaction(transaction -> {
            transaction.send("in", events(5, "c"));
            transaction.remember("ledger", "c");
            throw new IllegalStateException("no");
        }));

        assertEquals(3, broker.length("in"));
        assertEquals(1, broker.length("other"));
        assertFalse(broker.isKnown("ledger", "c"));
    }

    @Test
    void remembersIdsOverARestart() {
        broker.inTransaction(transaction -> {
            transaction.send("in", events(1, "a"));
            transaction.remember("ledger", "first");
            transaction.remember("ledger", "second");
        });
        assertFalse(broker.queues().contains("ledger"));
        stop();
        start();
        disk.link().metKnownId();

        assertTrue(broker.isKnown("ledger", "first"));
        assertFalse(broker.isKnown("ledger", "third"));
        assertFalse(broker.isKnown("another", "first"));
        assertThrows(KnownIdException.class, () -> broker.inTransaction(transaction -> {
            transaction.send("in", events(1, "b"));
            transaction.remember("ledger", "third");
            transaction.remember("ledger", "second");
        }));
        assertEquals(1, broker.length("in"));
        assertFalse(broker.isKnown("ledger", "third"));
        broker.inTransaction(transaction -> transaction.remember("ledger", "third"));
        assertTrue(broker.isKnown("ledger", "third"));
    }

    @Test
    void countsWhatAnEarlierRunLeft() {
        broker.send("in", events(3, "a"));
        broker.send("in", new Parcel(Kind.EVENTS, 5, bytes("later"), null, System.currentTimeMillis() + 3_600_000, 0));
        stop();
        start();

        assertEquals(8, broker.length("in"));
    }

    @Test
    void peeksWithoutTaking() {
        broker.send("in", events(1, "a"));
        broker.send("in", events(1, "b"));
        broker.send("in", events(1, "c"));

        assertEquals(List.of("a", "b"), broker.peek("in", 2).stream().map(parcel -> new String(parcel.body(), UTF_8)).toList());
        assertEquals(3, broker.length("in"));
    }

    @Test
    void clearsScheduledMessagesToo() {
        broker.send("in", events(3, "a"));
        broker.send("in", new Parcel(Kind.EVENTS, 5, bytes("later"), null, System.currentTimeMillis() + 3_600_000, 0));

        assertEquals(8, broker.clear("in"));
        assertEquals(0, broker.length("in"));
    }

    @Test
    void dropsAParcelWhoseIdItKnows() {
        broker.send("in", new Parcel(Kind.EVENTS, 2, bytes("a"), "same", 0, 0));
        broker.send("in", new Parcel(Kind.EVENTS, 2, bytes("a"), "same", 0, 0));

        assertEquals(2, broker.length("in"));
    }

    @Test
    void keepsAScheduledParcelBackTillItsTime() {
        Queue<Long> arrivals = new ConcurrentLinkedQueue<>();
        pool("experts", delivery -> arrivals.add(System.currentTimeMillis()));
        broker.startConsumer("experts", "in", 1);
        long due = System.currentTimeMillis() + 400;
        broker.send("in", new Parcel(Kind.TICK, 1, bytes(""), null, due, 0));

        await().until(() -> !arrivals.isEmpty());

        assertTrue(arrivals.element() >= due);
    }

    @Test
    void sendsNothingWhenTheListenerThrows() {
        var deliveries = new AtomicInteger();
        pool("experts", delivery -> {
            delivery.sender().send("out", events(2, "result"));
            if (deliveries.incrementAndGet() < 2) {
                throw new IllegalStateException("first time");
            }
            assertEquals(2, delivery.deliveryCount());
        });
        broker.startConsumer("experts", "in", 1);
        broker.send("in", events(1, "a"));

        await().until(() -> broker.length("in") == 0);

        assertEquals(2, deliveries.get());
        assertEquals(2, broker.length("out"));
        assertEquals(1, broker.peek("out", 10).size());
    }

    @Test
    void sendsLargeBodies() {
        byte[] large = new byte[5 * BrokerOnDisk.MEBIBYTE];
        large[large.length - 1] = 42;
        pool("experts", delivery -> delivery.sender().send("out", delivery.parcel()));
        broker.startConsumer("experts", "in", 1);
        broker.send("in", new Parcel(Kind.REPORT, 1, large, null, 0, 0));

        await().until(() -> broker.length("in") == 0);

        byte[] arrived = broker.peek("out", 1).get(0).body();
        assertEquals(large.length, arrived.length);
        assertEquals(42, arrived[arrived.length - 1]);
    }

    @Test
    void stoppingWaitsForTheDeliveryUnderWay() throws InterruptedException {
        var begun = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        pool("experts", delivery -> {
            begun.countDown();
            awaitQuietly(goOn);
            delivery.sender().send("out", events(1, "done"));
        });
        broker.startConsumer("experts", "in", 1);
        broker.send("in", events(1, "a"));
        broker.send("in", events(1, "b"));
        begun.await();
        var stopper = new Thread(() -> broker.stopConsumer("in"));
        stopper.start();
        await().until(() -> !broker.isConsumed("in"));
        assertEquals(0, broker.length("out"));

        goOn.countDown();
        stopper.join();

        assertEquals(1, broker.length("out"));
        await().until(() -> broker.length("in") == 1);
    }

    @Test
    void whoDoesNotWaitLeavesTheDeliveryUnderWayToItself() throws InterruptedException {
        var begun = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        var order = new CopyOnWriteArrayList<String>();
        pool("experts", delivery -> {
            order.add(new String(delivery.parcel().body(), UTF_8));
            begun.countDown();
            awaitQuietly(goOn);
        });
        broker.startConsumer("experts", "in", 1);
        for (String each : List.of("a", "b", "c")) {
            broker.send("in", events(1, each));
        }
        begun.await();

        assertFalse(broker.stopConsumer("in", Duration.ZERO));
        assertFalse(broker.isConsumed("in"));
        broker.startConsumer("experts", "in", 1);
        assertEquals(List.of("a"), order);
        goOn.countDown();

        await().until(() -> broker.length("in") == 0);
        assertEquals(List.of("a", "b", "c"), order);
        assertTrue(broker.stopConsumer("in", Duration.ofMinutes(1)));
        broker.send("in", events(1, "d"));
        assertEquals(List.of("a", "b", "c"), order);
    }

    @Test
    void aListenerMayStopItself() {
        var deliveries = new AtomicInteger();
        pool("experts", delivery -> {
            deliveries.incrementAndGet();
            broker.stopConsumer(delivery.queue());
        });
        broker.send("in", events(1, "a"));
        broker.send("in", events(1, "b"));
        broker.startConsumer("experts", "in", 1);

        await().until(() -> broker.length("in") == 1);

        assertEquals(1, deliveries.get());
        assertFalse(broker.isConsumed("in"));
    }

    @Test
    void resizesWhileMessagesFlow() {
        var together = new AtomicInteger();
        var most = new AtomicInteger();
        var goOn = new CountDownLatch(4);
        pool("experts", delivery -> {
            most.accumulateAndGet(together.incrementAndGet(), Math::max);
            goOn.countDown();
            awaitQuietly(goOn);
            together.decrementAndGet();
        });
        broker.startConsumer("experts", "in", 1);
        broker.startConsumer("experts", "in", 4);
        // bodies over the consumer's window, so that no session fetches two
        for (int i = 0; i < 8; i++) {
            broker.send("in", new Parcel(Kind.EVENTS, 1, new byte[70_000], null, 0, 0));
        }

        await().until(() -> broker.length("in") == 0);
        broker.startConsumer("experts", "in", 1);

        assertEquals(4, most.get());
        assertTrue(broker.isConsumed("in"));
    }

    @Test
    void consumersBeginWhenTheirBeanComes() {
        var deliveries = new AtomicInteger();
        broker.send("in", events(1, "a"));
        broker.startConsumer("experts", "in", 1);
        await().until(() -> broker.length("in") == 1);

        pool("experts", delivery -> deliveries.incrementAndGet());

        await().until(() -> broker.length("in") == 0);
        broker.poolGone("experts");
        broker.send("in", events(1, "b"));
        await().until(() -> broker.length("in") == 1);
        assertEquals(1, deliveries.get());
    }

    @Test
    void refusesLessThanOneSession() {
        var thrown = assertThrows(IllegalArgumentException.class, () -> broker.startConsumer("experts", "in", 0));
        assertEquals("sessions of queue in cannot be 0: at least 1", thrown.getMessage());
    }

    private void pool(String name, DeliveryListener listener) {
        broker.poolAvailable(name, new TransactedEndpoints(listener));
    }

    private static Parcel events(int count, String body) {
        return new Parcel(Kind.EVENTS, count, bytes(body), null, 0, 0);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
