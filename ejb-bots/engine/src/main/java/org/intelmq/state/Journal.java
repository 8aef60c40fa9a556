package org.intelmq.state;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.intelmq.files.PrivateFiles;
import org.intelmq.files.WholeFile;

/**
 * A file of records, each with a checksum and written by a single call. Once written, a record is with the operating system, so it survives
 * the end of this process but not a power failure. A record that either has cut short is ignored.
 */
final class Journal implements AutoCloseable {

    private static final long HEADER = 0x494d515354413101L;
    private static final int TRANSACTION = 1;
    private static final int TAKEN_BACK = 2;
    private static final int LONGEST_RECORD = 1 << 28;

    private final Path file;
    private final FileChannel lockChannel;
    private final FileLock lock;
    private FileChannel channel;
    private long length;

    /** Takes what is read from a journal. */
    interface Reader {
        void transaction(JournalEntry transaction);

        void takenBack(int session);
    }

    private Journal(Path file, FileChannel lockChannel, FileLock lock) {
        this.file = file;
        this.lockChannel = lockChannel;
        this.lock = lock;
    }

    static Journal open(Path file, Reader reader) throws IOException {
        PrivateFiles.createDirectories(file.toAbsolutePath().getParent());
        FileChannel lockChannel = PrivateFiles.open(file.resolveSibling(file.getFileName() + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock;
        try {
            lock = lockChannel.tryLock();
        } catch (OverlappingFileLockException e) {
            lock = null;
        }
        if (lock == null) {
            lockChannel.close();
            throw new IOException("state file " + file + " is in use by another server");
        }
        Journal journal = new Journal(file, lockChannel, lock);
        journal.read(reader);
        journal.channel = PrivateFiles.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (journal.length == 0) {
            journal.start(journal.channel);
        }
        journal.channel.truncate(journal.length).position(journal.length);
        return journal;
    }

    private void start(FileChannel empty) throws IOException {
        empty.write(ByteBuffer.allocate(8).putLong(0, HEADER), 0);
        length = 8;
    }

    private void read(Reader reader) throws IOException {
        if (!Files.exists(file) || Files.size(file) < 8) {
            return;
        }
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(WholeFile.require(file)), 1 << 16))) {
            if (in.readLong() != HEADER) {
                throw new IOException("state file " + file + " was not written by this application");
            }
            length = 8;
            long end = Files.size(file);
            while (length + 8 <= end) {
                int size = in.readInt();
                int checksum = in.readInt();
                if (size < 0 || size > LONGEST_RECORD || length + 8 + size > end) {
                    return;
                }
                byte[] record = in.readNBytes(size);
                if (checksum(record, 0, size) != checksum) {
                    return;
                }
                decode(ByteBuffer.wrap(record), reader);
                length += 8 + size;
            }
        }
    }

    private static int checksum(byte[] bytes, int from, int size) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes, from, size);
        return (int) checksum.getValue();
    }

    private static void decode(ByteBuffer in, Reader reader) {
        int kind = in.get();
        int session = in.getInt();
        if (kind == TAKEN_BACK) {
            reader.takenBack(session);
            return;
        }
        int second = in.getInt();
        long[] inputs = new long[in.getInt()];
        for (int i = 0; i < inputs.length; i++) {
            inputs[i] = in.getLong();
        }
        List<StateChange> changes = new ArrayList<>();
        while (in.hasRemaining()) {
            changes.add(switch (in.get()) {
                case 0 -> new StateChange.OfMark(in.getLong(), in.getLong(), Marks.GONE, in.getInt());
                case 1 -> new StateChange.OfValue(text(in), null, new StateChange.Value(text(in), in.getInt()));
                default -> new StateChange.OfValue(text(in), null, null);
            });
        }
        reader.transaction(new JournalEntry(session, second, inputs, changes));
    }

    private static String text(ByteBuffer in) {
        byte[] bytes = new byte[in.getInt()];
        in.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static final class Record {
        private static final int HEAD = 8;
        private ByteBuffer out = ByteBuffer.allocate(8192).position(HEAD);

        Record(int kind, int session) {
            out.put((byte) kind).putInt(session);
        }

        Record(JournalEntry transaction) {
            this(TRANSACTION, transaction.session());
            out.putInt(transaction.second()).putInt(transaction.inputs().length);
            for (long input : transaction.inputs()) {
                room(Long.BYTES).putLong(input);
            }
            transaction.changes().forEach(this::write);
        }

        private ByteBuffer room(int bytes) {
            if (out.remaining() < bytes) {
                out = ByteBuffer.allocate(Math.max(2 * out.capacity(), out.position() + bytes)).put(out.flip());
            }
            return out;
        }

        private void write(StateChange change) {
            if (change instanceof StateChange.OfMark mark) {
                room(21).put((byte) 0).putLong(mark.high()).putLong(mark.low()).putInt(mark.after());
                return;
            }
            StateChange.OfValue value = (StateChange.OfValue) change;
            room(1).put((byte) (value.after() == null ? 2 : 1));
            text(value.key());
            if (value.after() != null) {
                text(value.after().text());
                room(Integer.BYTES).putInt(value.after().expires());
            }
        }

        private void text(String text) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            room(Integer.BYTES + bytes.length).putInt(bytes.length).put(bytes);
        }

        ByteBuffer sealed() {
            out.flip();
            int size = out.limit() - HEAD;
            return out.putInt(0, size).putInt(Integer.BYTES, checksum(out.array(), HEAD, size));
        }
    }

    void append(JournalEntry transaction) {
        try {
            append(new Record(transaction).sealed());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Records that the session's last transaction has been undone. */
    void appendTakenBack(int session) {
        try {
            append(new Record(TAKEN_BACK, session).sealed());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void append(ByteBuffer record) throws IOException {
        try {
            int size = record.remaining();
            while (record.hasRemaining()) {
                channel.write(record);
            }
            length += size;
        } catch (IOException e) {
            channel.truncate(length).position(length);
            throw new IOException("state file " + file + " cannot be written: " + e.getMessage(), e);
        }
    }

    /** Replaces all records by these transactions. */
    void replace(Iterable<JournalEntry> transactions) {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        try {
            FileChannel old = channel;
            long oldLength = length;
            channel = PrivateFiles.open(fresh, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
            try {
                start(channel);
                channel.position(length);
                for (JournalEntry transaction : transactions) {
                    append(new Record(transaction).sealed());
                }
                channel.force(false);
                Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
                old.close();
            } catch (IOException e) {
                channel.close();
                channel = old;
                length = oldLength;
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    long length() {
        return length;
    }

    @Override
    public void close() throws IOException {
        channel.close();
        lock.release();
        lockChannel.close();
    }
}
