package org.intelmq.yaml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationTextTest {

    @TempDir
    private Path folder;

    @Test
    void saysWhichLineIsNoUtf8() throws IOException {
        Path file = folder.resolve("runtime.yaml");
        String text = "# \u00fc \u20ac \ud83d\ude00\nbot:\n  name: K\u00e4the\n";
        assertEquals(text, ConfigurationText.read(Files.writeString(file, text)));

        Files.write(file, "bot:\n  module: a\n  name: K\u00e4the\n".getBytes(StandardCharsets.ISO_8859_1));
        IOException problem = assertThrows(IOException.class, () -> ConfigurationText.read(file));
        assertEquals("line 3 holds the byte 0xe4, which is not UTF-8: save the file in UTF-8", problem.toString());
    }
}
