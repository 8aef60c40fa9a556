package org.intelmq.engine.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.logging.Logger;
import org.intelmq.bot.Intake;
import org.intelmq.bot.StreamBot;
import org.intelmq.message.Fields;
import org.intelmq.message.Harmonization;
import org.intelmq.message.Report;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class StreamTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final BlockingQueue<String> acknowledged = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> ends = new LinkedBlockingQueue<>();
    private final TestOwner owner = new TestOwner();
    private Stream stream;

    private void start(StreamBot bot) {
        stream = new Stream(bot, owner);
        stream.start(Executors.defaultThreadFactory());
    }

    @AfterEach
    void stop() throws InterruptedException {
        owner.mayCommit.release(1000);
        stream.stop(PATIENCE);
    }

    private static Report report(String name) {
        Report report = new Report(Harmonization.standard());
        report.add(Fields.FEED_NAME, name);
        return report;
    }

    private void takeAndAcknowledge(Intake intake, String name) throws InterruptedException {
        intake.take(report(name));
        acknowledged.add(name);
    }

    @Test
    void acknowledgesOnlyWhatIsCommitted() throws Exception {
        start(intake -> {
            takeAndAcknowledge(intake, "one");
            takeAndAcknowledge(intake, "two");
            idle();
        });

        assertEquals(List.of("one"), owner.beingCommitted.take());
        assertTrue(acknowledged.isEmpty());
        owner.mayCommit.release();
        assertEquals("one", acknowledged.take());
        assertEquals(List.of("two"), owner.beingCommitted.take());
        assertTrue(acknowledged.isEmpty());
    }

    @Test
    void whatComesTogetherIsCommittedTogether() throws Exception {
        CountDownLatch all = new CountDownLatch(3);
        start(intake -> {
            List<Thread> connections = new ArrayList<>();
            takeIn(intake, "first", connections);
            assertEquals(List.of("first"), owner.beingCommitted.take());
            takeIn(intake, "second", connections);
            takeIn(intake, "third", connections);
            while (connections.stream().skip(1).anyMatch(each -> each.getState() != Thread.State.WAITING)) {
                Thread.onSpinWait();
            }
            owner.mayCommit.release();
            assertEquals(2, owner.beingCommitted.take().size());
            owner.mayCommit.release();
            for (Thread connection : connections) {
                connection.join();
                all.countDown();
            }
            idle();
        });

        all.await();
        assertEquals(Set.of("first", "second", "third"), Set.copyOf(acknowledged));
    }

    private void takeIn(Intake intake, String name, List<Thread> connections) {
        Thread connection = new Thread(() -> {
            try {
                takeAndAcknowledge(intake, name);
            } catch (InterruptedException e) {
                ends.add(name);
            }
        });
        connections.add(connection);
        connection.start();
    }

    @Test
    void oneThatCannotBeTakenFailsAlone() throws Exception {
        owner.mayCommit.release(10);
        start(intake -> {
            assertThrows(IllegalArgumentException.class, () -> intake.take(report("bad")));
            takeAndAcknowledge(intake, "good");
            idle();
        });

        assertEquals("good", acknowledged.take());
    }

    @Test
    void aFullQueueHoldsTheSource() throws Exception {
        owner.mayCommit.release(10);
        owner.held = true;
        BlockingQueue<Boolean> full = new LinkedBlockingQueue<>();
        start(intake -> {
            full.add(intake.isFull());
            takeAndAcknowledge(intake, "one");
            idle();
        });

        assertTrue(full.take());
        assertTrue(owner.beingCommitted.isEmpty());
        owner.held = false;
        assertEquals("one", acknowledged.take());
    }

    @Test
    void anInterruptedCommitIsWaitedFor() throws Exception {
        CountDownLatch taken = new CountDownLatch(1);
        BlockingQueue<Boolean> interrupted = new LinkedBlockingQueue<>();
        start(intake -> {
            Thread connection = new Thread(() -> {
                try {
                    intake.take(report("one"));
                    interrupted.add(Thread.currentThread().isInterrupted());
                } catch (InterruptedException e) {
                    ends.add("lost");
                }
            });
            connection.start();
            owner.beingCommitted.take();
            connection.interrupt();
            owner.mayCommit.release();
            connection.join();
            taken.countDown();
            idle();
        });

        taken.await();
        assertTrue(interrupted.take());
        assertTrue(ends.isEmpty());
    }

    @Test
    void isRunAgainWhenItsSourceHasGone() throws Exception {
        List<String> runs = new ArrayList<>();
        CountDownLatch third = new CountDownLatch(3);
        start(intake -> {
            third.countDown();
            runs.add("run");
            if (runs.size() == 1) {
                throw new IOException("gone");
            }
            if (runs.size() == 3) {
                idle();
            }
        });

        third.await();
        assertEquals("gone", owner.failures.take());
        assertEquals("ended", owner.failures.take());
    }

    @Test
    void aReadThatNobodyCanInterruptIsEndedByTheStop() throws Exception {
        CountDownLatch reading = new CountDownLatch(1);
        start(intake -> {
            try (ServerSocket server = intake.closeAtStop(new ServerSocket(0))) {
                reading.countDown();
                server.accept();
            } catch (SocketException e) {
                ends.add("closed");
                throw e;
            }
        });

        reading.await();
        assertTrue(stream.stop(PATIENCE));
        assertEquals("closed", ends.take());
        assertTrue(owner.failures.isEmpty());
    }

    @Test
    void whatIsOpenedAfterTheStopIsClosedAtOnce() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        start(intake -> {
            running.countDown();
            try {
                idle();
            } catch (InterruptedException e) {
                intake.closeAtStop(() -> ends.add("closed"));
                assertThrows(InterruptedException.class, () -> intake.take(report("late")));
                ends.add("refused");
            }
        });

        running.await();
        assertTrue(stream.stop(PATIENCE));
        assertEquals("closed", ends.take());
        assertEquals("refused", ends.take());
    }

    @Test
    void oneThatDoesNotEndIsNotWaitedFor() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        Semaphore let = new Semaphore(0);
        start(intake -> {
            running.countDown();
            let.acquireUninterruptibly();
        });

        running.await();
        assertFalse(stream.stop(Duration.ofMillis(20)));
        let.release();
    }

    private static void idle() throws InterruptedException {
        new CountDownLatch(1).await();
    }

    private static final class TestOwner implements StreamOwner {

        private final BlockingQueue<List<String>> beingCommitted = new LinkedBlockingQueue<>();
        private final Semaphore mayCommit = new Semaphore(0);
        private final BlockingQueue<String> failures = new LinkedBlockingQueue<>();
        private volatile boolean held;

        @Override
        public String botId() {
            return "test";
        }

        @Override
        public Logger log() {
            return Logger.getLogger("bot.test");
        }

        @Override
        public boolean isHeld() {
            return held;
        }

        @Override
        public void commit(List<Given> given) {
            beingCommitted.add(given.stream().flatMap(each -> each.items().stream()).map(item -> item.message().text(Fields.FEED_NAME)).toList());
            try {
                assertTrue(mayCommit.tryAcquire(10, TimeUnit.SECONDS));
            } catch (InterruptedException e) {
                throw new IllegalStateException("a commit was interrupted", e);
            }
            given.stream().filter(each -> each.items().get(0).message().text(Fields.FEED_NAME).equals("bad"))
                    .forEach(each -> each.fail(new IllegalArgumentException("bad")));
        }

        @Override
        public void connected() { }

        @Override
        public Optional<Duration> ended(Exception failure, Duration pause) {
            failures.add(failure == null ? "ended" : failure.getMessage());
            return Optional.of(Duration.ofMillis(1));
        }
    }
}
