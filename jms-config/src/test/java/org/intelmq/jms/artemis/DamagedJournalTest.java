package org.intelmq.jms.artemis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.intelmq.jms.BrokerException;
import org.intelmq.jms.Parcel;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a disk does to the broker's files is reported at the start, and costs only what it hits. */
class DamagedJournalTest {

    private static final int PARCELS = 50;
    private static final int EVENTS = 10;

    @TempDir
    private Path directory;

    @BeforeEach
    void leaveMessages() {
        try (BrokerOnDisk disk = new BrokerOnDisk(directory)) {
            for (int i = 0; i < PARCELS; i++) {
                disk.broker().send("q", new Parcel(Parcel.Kind.EVENTS, EVENTS, new byte[20_000], null, 0, 0));
            }
        }
    }

    private Path journalFile() throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve("journal"))) {
            return files.filter(file -> file.getFileName().toString().startsWith("activemq-data-")).sorted().findFirst().orElseThrow();
        }
    }

    private interface Change {
        void to(RandomAccessFile file) throws IOException;
    }

    private void damage(Change change) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(journalFile().toFile(), "rw")) {
            change.to(file);
        }
    }

    private static int receiveAll(ArtemisBroker broker) {
        AtomicInteger events = new AtomicInteger();
        while (broker.receive("q", delivery -> events.addAndGet(delivery.parcel().count()))) {
            assertTrue(events.get() <= PARCELS * EVENTS);
        }
        return events.get();
    }

    @Test
    void nothingIsToldOfASoundJournal() {
        try (BrokerOnDisk disk = new BrokerOnDisk(directory)) {
            assertEquals(List.of(), disk.broker().problems());
            assertEquals(PARCELS * EVENTS, receiveAll(disk.broker()));
        }
    }

    @Test
    void journalThatIsCutShortIsTold() throws IOException {
        damage(file -> file.setLength(500_000));
        try (BrokerOnDisk disk = new BrokerOnDisk(directory)) {
            List<String> damage = disk.broker().problems();
            assertEquals(2, damage.size(), damage.toString());
            assertTrue(damage.get(0).endsWith(" is cut short: 500000 bytes of 20971520. The contents of the missing "
                    + "part are lost. Check the disk"), damage.get(0));
            long left = disk.broker().length("q");
            assertTrue(left > 0 && left < PARCELS * EVENTS);
            assertTrue(damage.get(1).startsWith("queue 'q' had 500 events when the server stopped and has " + left + " now"), damage.get(1));
            assertEquals(left, receiveAll(disk.broker()));
        }
    }

    @Test
    void recordsThatTheBrokerPassesOverAreTold() throws IOException {
        damage(file -> {
            file.seek(300_000);
            file.write(new byte[100_000]);
        });
        try (BrokerOnDisk disk = new BrokerOnDisk(directory)) {
            long left = disk.broker().length("q");
            assertTrue(left > 400 && left < 500, left + " events");
            assertEquals(1, disk.broker().problems().size(), disk.broker().problems().toString());
            assertEquals(left, receiveAll(disk.broker()));
        }
    }

    @Test
    void journalThatCannotBeReadAtAllIsNamed() throws IOException {
        damage(file -> file.write(new byte[16]));
        BrokerException refused = assertThrows(BrokerException.class, () -> new BrokerOnDisk(directory));
        assertTrue(refused.getMessage().contains(journalFile() + " is damaged at its beginning"), refused.getMessage());
    }
}
