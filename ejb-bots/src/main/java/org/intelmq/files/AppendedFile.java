package org.intelmq.files;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;

/** A file held open for appending, as long as its name still leads to it. What was appended is with the operating system. */
final class AppendedFile implements Closeable {

    private final String name;
    private final Path path;
    private final FileChannel channel;
    private final Object key;

    private AppendedFile(String name, FileBeginning beginning) throws IOException {
        this.name = name;
        path = Path.of(name).toAbsolutePath();
        Files.createDirectories(path.getParent());
        channel = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
        key = key();
        byte[] missing = beginning.missingFrom(path);
        if (missing.length > 0) {
            append(ByteBuffer.wrap(missing));
        }
    }

    /** The same file again, or that of another name; opened anew if log rotation has moved it away. */
    static AppendedFile current(AppendedFile last, String name, FileBeginning beginning) throws IOException {
        if (last != null && last.name.equals(name) && last.channel.isOpen() && last.key.equals(last.key())) {
            return last;
        }
        if (last != null) {
            last.close();
        }
        return new AppendedFile(name, beginning);
    }

    /** The file now under this path; never {@code null}. */
    private Object key() throws IOException {
        try {
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            return attributes.fileKey() == null ? path : attributes.fileKey();
        } catch (NoSuchFileException e) {
            return "gone";
        }
    }

    /** All of it or, on a full disk, nothing: a torn line would spoil the next one. */
    void append(ByteBuffer text) throws IOException {
        long before = channel.size();
        int length = text.remaining();
        try {
            while (text.hasRemaining()) {
                channel.write(text);
            }
        } catch (IOException e) {
            boolean othersWrote = channel.size() != before + length - text.remaining();
            if (!othersWrote) {
                channel.truncate(before);
            }
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
