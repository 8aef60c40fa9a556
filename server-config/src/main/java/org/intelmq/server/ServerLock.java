package org.intelmq.server;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** At most one server a root. The operating system lets go of it when the process ends, however it ends. */
final class ServerLock implements AutoCloseable {

    private final FileChannel file;

    private ServerLock(FileChannel file) {
        this.file = file;
    }

    static ServerLock of(Layout layout) {
        Path path = layout.run().resolve("server.lock");
        try {
            FileChannel file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = file.tryLock();
            if (lock == null) {
                file.close();
                throw new ServerException("another server runs on " + layout.root() + ": stop it first, or choose another root with --root");
            }
            return new ServerLock(file);
        } catch (IOException e) {
            throw new ServerException(path + " cannot be locked: " + e, e);
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
