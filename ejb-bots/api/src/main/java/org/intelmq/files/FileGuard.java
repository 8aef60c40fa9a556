package org.intelmq.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Exclusive use of a file among threads and processes, even if it is replaced or deleted meanwhile. A process waiting for a lock on the file
 * itself would get a lock on the old file, and lose what it writes. Therefore the lock is on a hidden file next to it that stays. Held by one
 * thread, until closed.
 */
public final class FileGuard implements AutoCloseable {

    private static final Map<Path, ReentrantLock> OF_THIS_PROCESS = new ConcurrentHashMap<>();

    private final ReentrantLock here;
    private final FileChannel channel;

    private FileGuard(ReentrantLock here, FileChannel channel) {
        this.here = here;
        this.channel = channel;
    }

    /** Waits until nobody else uses the file. Its folder must exist. */
    public static FileGuard of(Path file) throws IOException {
        Path locked = beside(file);
        ReentrantLock here = OF_THIS_PROCESS.computeIfAbsent(locked, path -> new ReentrantLock());
        here.lock();
        FileChannel channel = null;
        try {
            channel = open(locked);
            channel.lock();
            return new FileGuard(here, channel);
        } catch (IOException | RuntimeException e) {
            if (channel != null) {
                channel.close();
            }
            here.unlock();
            throw e;
        }
    }

    /** Returns {@code null} if somebody else uses the file. */
    public static FileGuard tryOf(Path file) throws IOException {
        Path locked = beside(file);
        ReentrantLock here = OF_THIS_PROCESS.computeIfAbsent(locked, path -> new ReentrantLock());
        if (!here.tryLock()) {
            return null;
        }
        FileChannel channel = null;
        FileLock lock = null;
        try {
            channel = open(locked);
            lock = channel.tryLock();
            return lock == null ? null : new FileGuard(here, channel);
        } finally {
            if (lock == null) {
                if (channel != null) {
                    channel.close();
                }
                here.unlock();
            }
        }
    }

    private static Path beside(Path file) {
        return file.toAbsolutePath().normalize().resolveSibling("." + file.getFileName() + ".lock");
    }

    private static FileChannel open(Path locked) throws IOException {
        return PrivateFiles.open(locked, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    @Override
    public void close() throws IOException {
        try {
            channel.close();
        } finally {
            here.unlock();
        }
    }
}
