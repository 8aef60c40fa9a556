package org.intelmq.eventfile;

import com.google.common.collect.Interner;
import com.google.common.collect.Interners;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import org.intelmq.files.FileWrite;

/** A file kept open for appending, as long as its name still leads to it. What was appended is with the operating system. */
final class AppendedFile implements Closeable {

    /** One lock per file for all bots that append to it, held while one of them writes or takes back. */
    private static final Interner<Object> LOCKS = Interners.newWeakInterner();

    private final String name;
    private final Path path;
    private final FileChannel channel;
    private final Object key;

    private AppendedFile(String name, OutputPlaces places, FileBeginning beginning) throws IOException {
        this.name = name;
        path = Path.of(name).toAbsolutePath();
        places.createDirectories(path.getParent());
        channel = places.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
        key = LOCKS.intern(key(path));
        byte[] missing = beginning.missingFrom(path);
        if (missing.length > 0) {
            write(ByteBuffer.wrap(missing));
        }
    }

    /** The same file, or one with another name; reopened if log rotation has moved it away. */
    static AppendedFile current(AppendedFile last, String name, OutputPlaces places, FileBeginning beginning) throws IOException {
        if (last != null && last.name.equals(name) && last.channel.isOpen() && last.key.equals(key(last.path))) {
            return last;
        }
        if (last != null) {
            last.close();
        }
        return new AppendedFile(name, places, beginning);
    }

    /** The file now under this path; never {@code null}. */
    private static Object key(Path path) throws IOException {
        try {
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            return attributes.fileKey() == null ? path : attributes.fileKey();
        } catch (NoSuchFileException e) {
            return "gone";
        }
    }

    /**
     * Appends all of it or, on a full disk, nothing: a torn line would spoil the next one.
     *
     * @param plan told what will be written where, before it is written
     */
    Addition append(ByteBuffer text, String firstId, Addition.Plan plan) throws IOException {
        synchronized (key) {
            Addition addition = Addition.of(path, key.toString(), channel.size(), text, firstId);
            plan.of(addition);
            write(text);
            return addition;
        }
    }

    private void write(ByteBuffer text) throws IOException {
        long before = channel.size();
        int length = text.remaining();
        try {
            FileWrite.all(channel, text, path);
        } catch (IOException e) {
            boolean othersWrote = channel.size() != before + length - text.remaining();
            if (!othersWrote) {
                channel.truncate(before);
            }
            throw e;
        }
    }

    /**
     * Takes back an addition, even an incomplete one, if it still is the end of that file.
     *
     * @return false if it cannot be distinguished from what others have written, and so was left
     */
    static boolean takeBack(Addition addition) throws IOException {
        Object key = LOCKS.intern(key(addition.path()));
        synchronized (key) {
            if (!key.toString().equals(addition.file())) {
                return false;
            }
            try (FileChannel channel = FileChannel.open(addition.path(), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
                long size = channel.size();
                if (size > addition.from() && !addition.isEndOf(channel)) {
                    return false;
                }
                channel.truncate(addition.from());
                return true;
            }
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
