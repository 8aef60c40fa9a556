package org.intelmq.network;

import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.intelmq.bot.ReportData;

/** A file without a name, so that nothing of it is left however the server ends. Written by one thread, then read by others. */
final class ReplyFile implements ReportData, Closeable {

    private final FileChannel file;
    private final long limit;
    private long size;

    /** @param limit the greatest number of bytes that may be written */
    ReplyFile(long limit) throws IOException {
        this.limit = limit;
        Path path = Files.createTempFile("intelmq-reply", null);
        this.file = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
        // where the system has not removed the name already
        Files.deleteIfExists(path);
    }

    void write(ByteBuffer bytes) throws IOException {
        size += bytes.remaining();
        if (size > limit) {
            throw new FinalException("reply is larger than the limit of " + limit + " bytes");
        }
        while (bytes.hasRemaining()) {
            file.write(bytes);
        }
    }

    void write(InputStream all) throws IOException {
        byte[] buffer = new byte[1 << 16];
        for (int read = all.read(buffer); read >= 0; read = all.read(buffer)) {
            write(ByteBuffer.wrap(buffer, 0, read));
        }
    }

    @Override
    public long size() {
        return size;
    }

    /** Reads from the beginning; one reader at a time. Closing the stream leaves the file open. */
    @Override
    public InputStream open() throws IOException {
        file.position(0);
        return new FilterInputStream(Channels.newInputStream(file)) {
            @Override
            public void close() { }
        };
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
