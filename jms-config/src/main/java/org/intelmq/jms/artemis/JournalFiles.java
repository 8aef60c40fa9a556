package org.intelmq.jms.artemis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Finds damage in the broker's journal files. The broker itself silently skips what it cannot read. */
final class JournalFiles {

    private static final String FILES = "*.amq";
    /** The number with which each file begins, in this and earlier versions of the broker. */
    private static final Set<Integer> FORMATS = Set.of(1, 2);

    private final Path directory;
    private final int fileBytes;

    /** @param fileBytes the size of each file, because files are allocated in full before they are used */
    JournalFiles(Path directory, int fileBytes) {
        this.directory = directory;
        this.fileBytes = fileBytes;
    }

    /** One line per file. Called before the broker starts, because it may fill up files that are too short. */
    List<String> damage() {
        List<String> damage = new ArrayList<>();
        if (!Files.isDirectory(directory)) {
            return damage;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, FILES)) {
            for (Path file : files) {
                long size = Files.size(file);
                if (size < fileBytes) {
                    damage.add("the broker's journal " + file + " is cut short: " + size + " bytes of " + fileBytes
                            + ". The contents of the missing part are lost. Check the disk");
                } else if (!FORMATS.contains(format(file))) {
                    damage.add("the broker's journal " + file + " is damaged at its beginning, so the broker cannot read it: check the disk, and "
                            + "restore the file from a copy, or move it away and do without the messages in it");
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the broker's journal in " + directory + " cannot be read", e);
        }
        return damage;
    }

    private static int format(Path file) throws IOException {
        ByteBuffer start = ByteBuffer.allocate(Integer.BYTES);
        try (FileChannel channel = FileChannel.open(file)) {
            channel.read(start, 0);
        }
        return start.getInt(0);
    }
}
