package org.intelmq.server;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.logging.ErrorManager;
import java.util.logging.Handler;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;

/**
 * A log file that is rotated when it has grown: the newest lines are always in {@code server.log}, older ones in
 * {@code server.log.1}, {@code .2} and so on. Unlike {@link java.util.logging.FileHandler}, which numbers the newest too and needs
 * a lock file. The server's owner and its group alone can read it. A file that was moved away is created again. Thread-safe.
 * <p>
 * It runs in the application server before the application is there, and so cannot use what the log of a bot is made of.
 */
public final class ServerLogFile extends Handler {

    private static final FileAttribute<?> PRIVATE = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r-----"));
    private static final long LOOK_AGAIN_NANOS = 1_000_000_000;

    /** What a line looks like: as those of IntelMQ's bots, or JSON with the field names of the Elastic Common Schema. */
    enum Form { INTELMQ, ECS }

    private final Path file;
    private final long mostBytes;
    private final int copies;
    private OutputStream out;
    private long size;
    private long putAsideAt;
    private long lookedNanos;

    /** As the log manager's properties {@code file}, {@code bytes}, {@code copies} and {@code form} below this class's name say. */
    public ServerLogFile() {
        this(Path.of(property("file")), Long.parseLong(property("bytes")), Integer.parseInt(property("copies")), Form.valueOf(property("form")));
    }

    ServerLogFile(Path file, long mostBytes, int copies, Form form) {
        this.file = file;
        this.mostBytes = mostBytes;
        this.copies = copies;
        this.putAsideAt = mostBytes;
        setFormatter(form == Form.ECS ? new EcsLines() : new LogLines());
    }

    private static String property(String name) {
        return LogManager.getLogManager().getProperty(ServerLogFile.class.getName() + '.' + name);
    }

    @Override
    public synchronized void publish(LogRecord line) {
        if (!isLoggable(line)) {
            return;
        }
        byte[] text = getFormatter().format(line).getBytes(StandardCharsets.UTF_8);
        try {
            closeIfMoved();
            open();
            if (size > 0 && size + text.length > putAsideAt) {
                putAside();
                open();
            }
            out.write(text);
            size += text.length;
        } catch (IOException e) {
            reportError("cannot write to " + file, e, ErrorManager.WRITE_FAILURE);
        }
    }

    private void open() throws IOException {
        if (out == null) {
            out = Channels.newOutputStream(FileChannel.open(file, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND),
                    PRIVATE));
            size = Files.size(file);
        }
    }

    private void closeIfMoved() throws IOException {
        long now = System.nanoTime();
        if (out != null && now - lookedNanos > LOOK_AGAIN_NANOS) {
            lookedNanos = now;
            if (!Files.exists(file) || Files.size(file) < size) {
                closeFile();
            }
        }
    }

    /** What cannot be rotated keeps growing until it is as large again. */
    private void putAside() throws IOException {
        closeFile();
        try {
            moveOn();
            putAsideAt = mostBytes;
        } catch (IOException e) {
            putAsideAt = size + mostBytes;
            reportError("cannot rotate " + file, e, ErrorManager.GENERIC_FAILURE);
        }
    }

    private void moveOn() throws IOException {
        for (int copy = copies; copy > 0; copy--) {
            Path newer = copy == 1 ? file : copy(copy - 1);
            if (Files.exists(newer)) {
                Files.move(newer, copy(copy), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        if (copies == 0) {
            Files.delete(file);
        }
    }

    private Path copy(int number) {
        return file.resolveSibling(file.getFileName() + "." + number);
    }

    private void closeFile() throws IOException {
        if (out != null) {
            out.close();
            out = null;
        }
    }

    /** Lines are handed to the system as they come. */
    @Override
    public void flush() { }

    @Override
    public synchronized void close() {
        try {
            closeFile();
        } catch (IOException e) {
            reportError("cannot close " + file, e, ErrorManager.CLOSE_FAILURE);
        }
    }
}
