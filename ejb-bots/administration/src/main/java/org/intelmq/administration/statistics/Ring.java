package org.intelmq.administration.statistics;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.zip.CRC32;
import org.intelmq.files.PrivateFiles;
import org.intelmq.files.WholeFile;

/**
 * A bot's last day, minute by minute, in a file of 62 KiB that never grows: the oldest minute makes place for the
 * newest. One that a crash has torn is left out. Not thread-safe.
 */
final class Ring {

    static final int MINUTES = 24 * 60;
    private static final int SLOT = 5 * Long.BYTES + Integer.BYTES;

    private final Path file;

    Ring(Path file) {
        this.file = file;
    }

    void add(Minute minute) throws IOException {
        ByteBuffer slot = ByteBuffer.allocate(SLOT).putLong(minute.minute()).putLong(minute.received()).putLong(minute.sent())
                .putLong(minute.failed()).putLong(minute.waiting());
        slot.putInt(checksum(slot)).flip();
        try (FileChannel channel = PrivateFiles.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            long position = Math.floorMod(minute.minute(), MINUTES) * (long) SLOT;
            while (slot.hasRemaining()) {
                position += channel.write(slot, position);
            }
        }
    }

    /** Those from {@code from} to {@code to}, both included, oldest first. */
    List<Minute> read(long from, long to) throws IOException {
        List<Minute> minutes = new ArrayList<>();
        if (Files.notExists(file)) {
            return minutes;
        }
        ByteBuffer all = ByteBuffer.wrap(WholeFile.bytes(file));
        while (all.remaining() >= SLOT) {
            ByteBuffer slot = all.slice(all.position(), SLOT);
            all.position(all.position() + SLOT);
            Minute minute = new Minute(slot.getLong(), slot.getLong(), slot.getLong(), slot.getLong(), slot.getLong());
            if (minute.minute() >= from && minute.minute() <= to && minute.minute() > 0 && slot.getInt() == checksum(slot)) {
                minutes.add(minute);
            }
        }
        minutes.sort(Comparator.comparingLong(Minute::minute));
        return minutes;
    }

    private static int checksum(ByteBuffer slot) {
        CRC32 crc = new CRC32();
        crc.update(slot.array(), slot.arrayOffset(), SLOT - Integer.BYTES);
        return (int) crc.getValue();
    }
}
