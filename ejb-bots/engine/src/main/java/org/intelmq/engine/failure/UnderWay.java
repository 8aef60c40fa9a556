package org.intelmq.engine.failure;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.intelmq.files.PrivateFiles;

/**
 * Which deliveries are under way, in a file that outlives the process. It is mapped into memory, so recording a delivery takes no system call
 * and waits for no disk. Thread-safe.
 */
public final class UnderWay {

    private static final int SLOTS = 256;
    private static final int SLOT_BYTES = 64;
    private static final int LONGEST = SLOT_BYTES - 1;
    private static final int KEPT_OF_LONG = 48;

    private final List<Slot> slots = new ArrayList<>();
    private final Queue<Slot> free = new ConcurrentLinkedQueue<>();
    private final List<String> before = new ArrayList<>();

    /** The space for one delivery. */
    final class Slot {

        private final ByteBuffer bytes;

        private Slot(ByteBuffer bytes) {
            this.bytes = bytes;
        }

        void clear() {
            bytes.put(0, (byte) 0);
            free.add(this);
        }
    }

    /** @param file created if it is missing */
    UnderWay(Path file) throws IOException {
        try (FileChannel channel = PrivateFiles.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            long missing = SLOTS * SLOT_BYTES - channel.size();
            if (missing > 0) {
                // written, not only reserved: touching a mapped page that does not fit on a full disk would crash the process
                channel.write(ByteBuffer.allocate((int) missing), channel.size());
            }
            MappedByteBuffer all = channel.map(FileChannel.MapMode.READ_WRITE, 0, SLOTS * SLOT_BYTES);
            for (int i = 0; i < SLOTS; i++) {
                Slot slot = new Slot(all.slice(i * SLOT_BYTES, SLOT_BYTES));
                int length = slot.bytes.get(0);
                if (length > 0 && length <= LONGEST) {
                    byte[] key = new byte[length];
                    slot.bytes.get(1, key);
                    before.add(new String(key, StandardCharsets.ISO_8859_1));
                }
                slots.add(slot);
                slot.clear();
            }
        }
    }

    /** Forgets what is under way: it is rolled back, and this process does not continue it. */
    void forget() {
        slots.forEach(slot -> slot.bytes.put(0, (byte) 0));
    }

    /** What was under way when the previous process ended. */
    List<String> before() {
        return before;
    }

    /** Returns {@code null} if there is no room, which does no harm. */
    Slot begin(String key) {
        Slot slot = free.poll();
        if (slot != null) {
            byte[] bytes = key.getBytes(StandardCharsets.ISO_8859_1);
            slot.bytes.put(1, bytes);
            slot.bytes.put(0, (byte) bytes.length);
        }
        return slot;
    }

    /** The name, shortened to fit. */
    static String fit(String key) {
        return key.length() <= LONGEST ? key : key.substring(0, KEPT_OF_LONG) + '#' + Integer.toHexString(key.hashCode());
    }
}
