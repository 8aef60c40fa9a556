package org.intelmq.jms.artemis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import org.intelmq.jms.Delivery;
import org.intelmq.jms.Parcel;
import org.intelmq.jms.Parcel.Kind;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Data that travels next to a parcel, as a stream. */
class LargeDataTest extends BrokerTest {

    private static final int SIZE = 40 * BrokerOnDisk.MEBIBYTE + 17;

    @BeforeEach
    @Override
    void start() {
        super.start();
        broker.poolAvailable("collectors", new TransactedEndpoints(delivery -> delivery.sender().send("in",
                new Parcel(Kind.LARGE_REPORT, 1, "head".getBytes(UTF_8), "report", 0, 0), data())));
    }

    @Test
    void arrivesByteForByteAfterARestart() {
        collect();
        stop();
        start();
        Queue<String> seen = consumeAll(delivery -> { });

        assertEquals("head of " + checksum(data()), String.join(", ", seen));
        assertEquals(0, broker.length("in"));
    }

    @Test
    void comesAgainWholeWhenTheListenerThrowsInTheMiddle() {
        collect();
        var deliveries = new AtomicInteger();
        Queue<String> seen = consumeAll(delivery -> {
            if (deliveries.incrementAndGet() == 1) {
                read(delivery.data(), 3 * BrokerOnDisk.MEBIBYTE);
                throw new IllegalStateException("first time");
            }
        });

        assertEquals(2, deliveries.get());
        assertEquals("head of " + checksum(data()), String.join(", ", seen));
    }

    @Test
    void theNextIsReadAfterOneThatWasLeftUnread() {
        collect();
        collect();
        var deliveries = new AtomicInteger();
        var seen = new ConcurrentLinkedQueue<String>();
        broker.poolAvailable("parsers", new TransactedEndpoints(delivery -> {
            if (deliveries.incrementAndGet() == 2) {
                seen.add(describe(delivery));
            }
        }));
        broker.startConsumer("parsers", "in", 1);

        await().until(() -> broker.length("in") == 0);
        assertEquals("head of " + checksum(data()), String.join(", ", seen));
    }

    @Test
    void leavesNothingOnDiskWhenItsTransactionFails() throws IOException {
        broker.poolGone("collectors");
        var deliveries = new AtomicInteger();
        broker.poolAvailable("collectors", new TransactedEndpoints(delivery -> {
            if (deliveries.incrementAndGet() == 1) {
                delivery.sender().send("in", new Parcel(Kind.LARGE_REPORT, 1, new byte[0], null, 0, 0), data());
                throw new IllegalStateException("first time");
            }
        }));
        broker.startConsumer("collectors", "ticks", 1);
        broker.send("ticks", new Parcel(Kind.TICK, 1, new byte[0], null, 0, 0));

        await().until(() -> broker.length("ticks") == 0);
        assertEquals(0, broker.length("in"));
        await().until(() -> largeFiles() == 0);
    }

    @Test
    void canBeLookedAtWithoutItsData() {
        collect();

        assertEquals("head", new String(broker.peek("in", 1).get(0).body(), UTF_8));
        assertEquals("head of " + checksum(data()), String.join(", ", consumeAll(delivery -> { })));
    }

    @Test
    void aDeliveryWithoutDataHasAnEmptyStream() {
        var seen = new ConcurrentLinkedQueue<String>();
        broker.poolAvailable("parsers", new TransactedEndpoints(delivery -> seen.add(describe(delivery))));
        broker.startConsumer("parsers", "in", 1);
        broker.send("in", new Parcel(Kind.REPORT, 1, "whole".getBytes(UTF_8), null, 0, 0));

        await().until(() -> broker.length("in") == 0);
        assertEquals("whole of " + checksum(InputStream.nullInputStream()), String.join(", ", seen));
    }

    private void collect() {
        long before = broker.length("in");
        broker.startConsumer("collectors", "ticks", 1);
        broker.send("ticks", new Parcel(Kind.TICK, 1, new byte[0], null, 0, 0));
        await().until(() -> broker.length("ticks") == 0 && broker.length("in") == before + 1);
    }

    private Queue<String> consumeAll(Consumer<Delivery> before) {
        var seen = new ConcurrentLinkedQueue<String>();
        broker.poolAvailable("parsers", new TransactedEndpoints(delivery -> {
            before.accept(delivery);
            seen.add(describe(delivery));
        }));
        broker.startConsumer("parsers", "in", 1);
        await().until(() -> broker.length("in") == 0);
        return seen;
    }

    private static String describe(Delivery delivery) {
        return new String(delivery.parcel().body(), UTF_8) + " of " + checksum(delivery.data());
    }

    /** The size and a checksum. */
    private static String checksum(InputStream data) {
        var checked = new CheckedInputStream(data, new CRC32());
        long size = read(checked, Long.MAX_VALUE);
        return size + " bytes, " + checked.getChecksum().getValue();
    }

    private static long read(InputStream data, long atMost) {
        byte[] buffer = new byte[300_001];
        long total = 0;
        try {
            for (int read = 0; read >= 0 && total < atMost; read = data.read(buffer)) {
                total += read;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return total;
    }

    private long largeFiles() throws IOException {
        try (var files = Files.list(directory.resolve("large-messages"))) {
            return files.count();
        }
    }

    private static InputStream data() {
        byte[] repeated = new byte[SIZE / 2];
        for (int i = 0; i < repeated.length; i++) {
            repeated[i] = (byte) (i * 31 + i / 251);
        }
        return new SequenceInputStream(new ByteArrayInputStream(repeated), new ByteArrayInputStream(repeated, 0, SIZE - repeated.length));
    }
}
