package org.intelmq.files;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Path;

/** Writing to an open file, with failures that name the file: the operating system only says, for instance, that no space is left. */
public final class FileWrite {

    private FileWrite() { }

    /** Writes all of it at the channel's position. */
    public static void all(FileChannel channel, ByteBuffer bytes, Path file) throws IOException {
        try {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (IOException e) {
            throw named(file, e);
        }
    }

    /** Returns a stream that ends with the channel. */
    public static OutputStream stream(FileChannel channel, Path file) {
        return new OutputStream() {

            @Override
            public void write(int one) throws IOException {
                write(new byte[] {(byte) one}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                all(channel, ByteBuffer.wrap(bytes, offset, length), file);
            }

            @Override
            public void close() throws IOException {
                channel.close();
            }
        };
    }

    /** The failure of a write to the file, with its name unless it already has one. */
    public static IOException named(Path file, IOException failure) {
        return failure.getClass() != IOException.class ? failure
                : (IOException) new FileSystemException(file.toString(), null, failure.getMessage()).initCause(failure);
    }
}
