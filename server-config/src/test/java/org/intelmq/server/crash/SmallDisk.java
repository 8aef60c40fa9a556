package org.intelmq.server.crash;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Assumptions;

/** A disk in memory that can be filled to the last byte. */
final class SmallDisk implements AutoCloseable {

    private final Path folder;

    private SmallDisk(Path folder) {
        this.folder = folder;
    }

    /** Skips the case where this user may not mount. */
    static SmallDisk at(Path folder, int mebibytes) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        Process mount = new ProcessBuilder("mount", "-t", "tmpfs", "-o", "size=" + mebibytes + "m", "tmpfs", folder.toString())
                .redirectErrorStream(true).start();
        String problem = new String(mount.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        Assumptions.assumeTrue(mount.waitFor() == 0, "needs the right to mount a small disk: " + problem);
        return new SmallDisk(folder);
    }

    void fill() throws IOException {
        try (FileChannel filler = FileChannel.open(filler(), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            for (int size = 1 << 20; size > 0; size /= 16) {
                write(filler, size);
            }
        }
    }

    private static void write(FileChannel filler, int size) {
        try {
            while (true) {
                filler.write(ByteBuffer.allocate(size));
            }
        } catch (IOException full) {
            // which is what was wanted
        }
    }

    void free() throws IOException {
        Files.delete(filler());
    }

    private Path filler() {
        return folder.resolve("filler");
    }

    @Override
    public void close() throws IOException {
        try {
            new ProcessBuilder("umount", "--lazy", folder.toString()).start().waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
