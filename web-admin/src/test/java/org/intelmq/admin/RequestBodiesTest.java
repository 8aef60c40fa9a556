package org.intelmq.admin;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RequestBodiesTest {

    private static final long MOST = 3 << 20;

    private final RequestBodies bodies = new RequestBodies(MOST, Duration.ofMinutes(1));

    /** A body without end. */
    private static final class Endless extends InputStream {

        @Override
        public int read() {
            return 'x';
        }

        @Override
        public int read(byte[] bytes, int from, int length) {
            return length;
        }
    }

    @Test
    void givesTheBody() throws Exception {
        byte[] body = "{\"comment\": \"ü\"}".getBytes(StandardCharsets.UTF_8);
        AtomicInteger given = new AtomicInteger();
        bodies.read(new ByteArrayInputStream(body), body.length, read -> {
            assertArrayEquals(body, read);
            given.incrementAndGet();
        });
        assertEquals(1, given.get());
    }

    @Test
    void refusesWhatIsNoUtf8() {
        byte[] body = "{\"comment\": \"ü\"}".getBytes(StandardCharsets.ISO_8859_1);
        RequestBodies.Refused refused = assertThrows(RequestBodies.Refused.class,
                () -> bodies.read(new ByteArrayInputStream(body), body.length, read -> fail("read")));
        assertEquals("400 the request's body is not UTF-8: send text in UTF-8, and other data in base64", refused.status() + " " + refused.getMessage());
    }

    /** What is too large is let through and forgotten, so that the client reads the answer; but not forever. */
    @Test
    void refusesWhatIsTooLargeWhetherAnnouncedOrNot() {
        RequestBodies bodies = new RequestBodies(MOST, Duration.ofMillis(200));
        for (long announced : new long[] {MOST + 1, -1}) {
            RequestBodies.Refused refused = assertThrows(RequestBodies.Refused.class, () -> bodies.read(new Endless(), announced, body -> fail("read")));
            assertEquals(413, refused.status());
            assertTrue(refused.getMessage().contains("larger than " + MOST + " bytes"), refused.getMessage());
        }
    }

    @Test
    void doesNotWaitForASlowClientForEver() {
        RequestBodies impatient = new RequestBodies(MOST, Duration.ZERO);
        assertEquals(408, assertThrows(RequestBodies.Refused.class, () -> impatient.read(new Endless(), -1, body -> fail("read"))).status());
    }

    /** The first byte of a body, and then nothing until somebody lets go. */
    private static final class Held extends InputStream {

        private final CountDownLatch reading;
        private final CountDownLatch letGo;

        private Held(CountDownLatch reading, CountDownLatch letGo) {
            this.reading = reading;
            this.letGo = letGo;
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
            return read();
        }

        @Override
        public int read() throws IOException {
            reading.countDown();
            try {
                letGo.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            throw new IOException(new TimeoutException("nothing came"));
        }
    }

    @Test
    void whoHasNotShownWhoTheyAreOccupyFewThreads() throws Exception {
        CountDownLatch reading = new CountDownLatch(20);
        CountDownLatch letGo = new CountDownLatch(1);
        ExecutorService threads = Executors.newFixedThreadPool(20);
        try {
            List<Future<Integer>> slow = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                slow.add(threads.submit(() -> assertThrows(RequestBodies.Refused.class,
                        () -> bodies.readOfUnknown(new Held(reading, letGo), 1000, body -> fail("read"))).status()));
            }
            assertTrue(reading.await(1, TimeUnit.MINUTES));

            assertEquals(503, assertThrows(RequestBodies.Refused.class,
                    () -> bodies.readOfUnknown(new Held(reading, letGo), 1000, body -> fail("read"))).status());
            AtomicInteger atOnce = new AtomicInteger();
            bodies.readOfUnknown(new ByteArrayInputStream(new byte[100]), 100, body -> atOnce.addAndGet(body.length));
            assertEquals(100, atOnce.get());

            letGo.countDown();
            for (Future<Integer> each : slow) {
                assertEquals(408, each.get(1, TimeUnit.MINUTES));
            }
            bodies.readOfUnknown(new ByteArrayInputStream(new byte[10]), -1, body -> atOnce.addAndGet(body.length));
            assertEquals(110, atOnce.get());
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void takesFewLargeBodiesAtOnce() throws Exception {
        byte[] large = new byte[2 << 20];
        bodies.read(new ByteArrayInputStream(large), -1, one -> bodies.read(new ByteArrayInputStream(large), -1, two -> {
            assertEquals(503, assertThrows(RequestBodies.Refused.class,
                    () -> bodies.read(new ByteArrayInputStream(large), -1, three -> fail("read"))).status());
            AtomicInteger small = new AtomicInteger();
            bodies.read(new ByteArrayInputStream(new byte[10]), -1, body -> small.incrementAndGet());
            assertEquals(1, small.get());
        }));
        AtomicInteger again = new AtomicInteger();
        bodies.read(new ByteArrayInputStream(large), -1, body -> again.incrementAndGet());
        assertEquals(1, again.get());
    }
}
