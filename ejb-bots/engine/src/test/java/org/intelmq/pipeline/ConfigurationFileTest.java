package org.intelmq.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationFileTest {

    @TempDir
    private Path directory;
    private Path file;

    @BeforeEach
    void write() throws IOException {
        file = Files.writeString(directory.resolve("runtime.yaml"), "old");
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(each -> each.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void keepsPermissionsLinksAndTheTextBefore() throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        Path link = Files.createSymbolicLink(directory.resolve("link.yaml"), file);
        Files.writeString(directory.resolve("runtime.yaml.new"), "left by a crash");
        ConfigurationFile.change(link, text -> text + " and new");
        assertEquals("old and new", Files.readString(file));
        assertEquals("rw-r-----", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        assertTrue(Files.isSymbolicLink(link));
        assertEquals(List.of("link.yaml", "link.yaml.bak", "runtime.yaml"), names());
        assertEquals("old", Files.readString(directory.resolve("link.yaml.bak")));
    }

    @Test
    void leavesTheFileAloneIfTheChangeFails() throws IOException {
        assertThrows(IllegalStateException.class, () -> ConfigurationFile.change(file, text -> {
            throw new IllegalStateException();
        }));
        assertEquals("old", Files.readString(file));
        assertEquals(List.of("runtime.yaml"), names());
    }

    @Test
    void losesNoChangeOfManyAtATime() throws IOException {
        IntStream.range(0, 50).parallel().forEach(i -> {
            try {
                ConfigurationFile.change(file, text -> text + '.');
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
        assertEquals("old" + ".".repeat(50), Files.readString(file));
    }
}
