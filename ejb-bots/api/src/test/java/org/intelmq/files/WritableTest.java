package org.intelmq.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class WritableTest {

    @TempDir
    private Path folder;

    @Test
    void whatCanBeCreatedIsWritable() throws IOException {
        assertNull(Writable.file(folder.resolve("new/file")));
        assertNull(Writable.folder(folder.resolve("new/folder")));
        assertEquals("it is a folder, expected a file", Writable.file(folder));
        Path file = Files.writeString(folder.resolve("file"), "");
        assertEquals(file + " is not a folder", Writable.file(file.resolve("below")));
    }

    /** Even to root, whom the permissions would let. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void nothingCanBeCreatedAmongTheFilesOfTheKernel() {
        assertEquals("nothing can be created in /proc, which the kernel provides", Writable.file(Path.of("/proc/nope/x")));
        assertEquals("nothing can be created in /proc, which the kernel provides", Writable.folder(Path.of("/proc/nope")));
        assertNull(Writable.file(Path.of("/dev/stdout")));
    }
}
