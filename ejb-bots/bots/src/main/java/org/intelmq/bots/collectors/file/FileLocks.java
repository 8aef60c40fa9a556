package org.intelmq.bots.collectors.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Finds out whether another process holds a lock on a file, for instance because it is still writing it. Java's file locks are not those of
 * {@code flock}, so the system's list of locks is read; where there is none, no file counts as locked.
 */
final class FileLocks {

    private static final Path LIST = Path.of("/proc/locks");

    private FileLocks() { }

    static boolean isLocked(Path file) throws IOException {
        if (!Files.isReadable(LIST)) {
            return false;
        }
        String inode;
        try {
            inode = ":" + Files.getAttribute(file, "unix:ino") + " ";
        } catch (UnsupportedOperationException e) {
            return false;
        }
        return Files.readAllLines(LIST).stream().anyMatch(lock -> lock.contains(inode));
    }
}
