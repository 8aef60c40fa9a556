package org.intelmq.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.CharacterCodingException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeFileTest {

    @TempDir
    private Path folder;

    private static void refused(Path file, String reason) {
        IOException refused = assertTimeoutPreemptively(Duration.ofSeconds(10), () -> assertThrows(FileSystemException.class, () -> WholeFile.bytes(file)));
        assertEquals(file + ": " + reason, refused.getMessage());
        assertEquals(refused.getMessage(), refused.toString());
    }

    @Test
    void readsAFileAlsoOverALink() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "größer");
        Path link = Files.createSymbolicLink(folder.resolve("link"), file);
        assertEquals("größer", WholeFile.text(link));
        assertEquals(link, WholeFile.require(link));
    }

    @Test
    void waitsForNoPipeAndReadsNoDeviceOrFolder() throws Exception {
        Path pipe = folder.resolve("pipe");
        assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
        refused(pipe, "it is a pipe, socket or device, not a file");
        refused(Files.createSymbolicLink(folder.resolve("endless"), Path.of("/dev/zero")), "it is a pipe, socket or device, not a file");
        refused(Files.createDirectory(folder.resolve("folder")), "it is a folder");
    }

    @Test
    void doesNotFillTheMemory() throws Exception {
        Path huge = folder.resolve("huge");
        try (RandomAccessFile made = new RandomAccessFile(huge.toFile(), "rw")) {
            made.setLength(5L << 30);
        }
        refused(huge, "it has 5368709120 bytes: expected at most 67108864");
    }

    @Test
    void tellsWhatIsMissingOrNoText() throws Exception {
        assertThrows(NoSuchFileException.class, () -> WholeFile.require(folder.resolve("none")));
        Path loop = folder.resolve("loop");
        Files.createSymbolicLink(loop, loop);
        assertTrue(assertThrows(FileSystemException.class, () -> WholeFile.bytes(loop)).getMessage().startsWith(loop + ": "));
        assertThrows(CharacterCodingException.class, () -> WholeFile.text(Files.write(folder.resolve("latin"), new byte[] {'a', (byte) 0xe4})));
    }
}
