package org.intelmq.jms.artemis;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.intelmq.jms.Broker.Readers;
import org.intelmq.jms.BrokerException;
import org.intelmq.jms.KnownIdException;
import org.intelmq.jms.Parcel;
import org.intelmq.jms.Turn;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two servers on a broker that runs by itself. */
class SeveralServersTest {

    private static final int MESSAGES = 60;

    @TempDir
    private Path directory;
    private FarBroker far;
    private BrokerOnDisk first;
    private BrokerOnDisk second;
    private final Queue<String> takers = new ConcurrentLinkedQueue<>();

    @BeforeEach
    void start() {
        far = FarBroker.on(directory);
        first = server("first");
        second = server("second");
    }

    private BrokerOnDisk server(String name) {
        var server = new BrokerOnDisk(far.link(directory), BrokerOnDisk.settings(directory));
        server.broker().poolAvailable("experts", new TransactedEndpoints(delivery -> takers.add(name)));
        return server;
    }

    @AfterEach
    void stop() {
        first.close();
        second.close();
        far.close();
    }

    private void send() {
        for (int i = 0; i < MESSAGES; i++) {
            first.broker().send("in", new Parcel(Parcel.Kind.EVENTS, 1, new byte[1], null, 0, 0));
        }
    }

    private void awaitAllTaken() {
        await().until(() -> takers.size() == MESSAGES && first.broker().length("in") == 0);
    }

    private void consume(Readers readers) {
        for (BrokerOnDisk server : Set.of(first, second)) {
            server.broker().handOutTo(readers, "in");
            server.broker().startConsumer("experts", "in", 2);
        }
    }

    @Test
    void bothTakeWhatIsForAll() {
        consume(Readers.ALL_SERVERS);
        send();
        awaitAllTaken();
        assertEquals(Set.of("first", "second"), Set.copyOf(takers));
    }

    @Test
    void oneTakesWhatIsForOneAndTheOtherFollows() {
        consume(Readers.ONE_SERVER);
        send();
        awaitAllTaken();
        Set<String> taker = Set.copyOf(takers);
        assertEquals(1, taker.size(), takers.toString());
        takers.clear();
        boolean isFirst = taker.contains("first");
        (isFirst ? first : second).broker().stopConsumer("in");
        send();
        awaitAllTaken();
        assertEquals(Set.of(isFirst ? "second" : "first"), Set.copyOf(takers));
    }

    @Test
    void aQueueForOneIsForAllAgainWhenTheConfigurationSaysSo() {
        consume(Readers.ONE_SERVER);
        first.broker().stopConsumer("in");
        second.broker().stopConsumer("in");
        consume(Readers.ALL_SERVERS);
        send();
        awaitAllTaken();
        assertEquals(Set.of("first", "second"), Set.copyOf(takers));
    }

    private static boolean isOurs(Turn turn) {
        return turn.state() == Turn.State.OURS;
    }

    @Test
    void theTurnPassesOn() {
        first.broker().send("line", new Parcel(Parcel.Kind.TICK, 1, new byte[0], null, 0, 0));
        Queue<String> changes = new ConcurrentLinkedQueue<>();
        Turn ours = first.broker().standInLine("line", () -> changes.add("first"));
        await().until(() -> isOurs(ours));
        Turn theirs = second.broker().standInLine("line", () -> changes.add("second"));
        assertEquals(Turn.State.WAITING, theirs.state());
        ours.close();
        await().until(() -> isOurs(theirs));
        assertFalse(isOurs(ours));
        assertEquals(1, second.broker().length("line"), "the message stays");
        theirs.close();
        assertEquals(List.of("first", "second"), List.copyOf(changes));
    }

    @Test
    void theTurnIsLostWithTheBrokerAndThereIsOneAfterIt() {
        first.broker().send("line", new Parcel(Parcel.Kind.TICK, 1, new byte[0], null, 0, 0));
        int port = far.port();
        try (Turn one = first.broker().standInLine("line", () -> { }); Turn other = second.broker().standInLine("line", () -> { })) {
            await().until(() -> isOurs(one) != isOurs(other));
            far.close();
            await().until(() -> one.state() == Turn.State.LOST && other.state() == Turn.State.LOST);
            far = new FarBroker(directory, Map.of("host", "127.0.0.1", "port", port));
            await().atMost(Duration.ofSeconds(30)).until(() -> isOurs(one) != isOurs(other));
        }
    }

    @Test
    void eachHearsWhatIsAnnouncedAlsoAfterTheBrokerHasComeBack() {
        Queue<String> heard = new ConcurrentLinkedQueue<>();
        first.broker().listen(text -> heard.add("first " + text));
        second.broker().listen(text -> heard.add("second " + text));
        first.broker().announce("a");
        await().until(() -> heard.size() == 2);
        assertEquals(Set.of("first a", "second a"), Set.copyOf(heard));
        assertFalse(first.broker().queues().stream().anyMatch(queue -> queue.startsWith("intelmq.")), first.broker().queues().toString());
        int port = far.port();
        far.close();
        await().until(() -> !second.broker().problems().isEmpty());
        assertThrows(BrokerException.class, () -> second.broker().announce("lost"));
        far = new FarBroker(directory, Map.of("host", "127.0.0.1", "port", port));
        await().atMost(Duration.ofSeconds(30)).until(() -> second.broker().problems().isEmpty());
        // the one that listens may be back a little later
        await().atMost(Duration.ofSeconds(30)).until(() -> {
            second.broker().announce("b");
            return heard.contains("first b") && heard.contains("second b");
        });
    }

    @Test
    void anIdThatOneServerHasRememberedIsKnownToTheOther() {
        first.broker().inTransaction(transaction -> transaction.remember("ledger", "a"));
        assertThrows(KnownIdException.class, () -> second.broker().inTransaction(transaction -> {
            transaction.remember("ledger", "b");
            transaction.remember("ledger", "a");
            transaction.send("in", new Parcel(Parcel.Kind.TICK, 1, new byte[0], null, 0, 0));
        }));
        assertEquals(0, second.broker().length("in"));
        assertTrue(second.broker().isShared());
    }
}
