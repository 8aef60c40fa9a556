package org.intelmq.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import org.intelmq.bot.BotPack;
import org.intelmq.bot.ConfigurationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BotJarsTest {

    private static final String SERVICES = "META-INF/services/" + BotPack.class.getName();

    @TempDir
    private Path jars;

    @Test
    void saysWhichFileOfAJarIsWrong() throws Exception {
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(jars.resolve("broken.jar")))) {
            jar.putNextEntry(new ZipEntry(SERVICES));
            jar.write("org.example.Nope".getBytes(StandardCharsets.UTF_8));
        }
        ConfigurationException refused = assertThrows(ConfigurationException.class, () -> Catalogue.load(getClass().getClassLoader(), jars));
        assertEquals("a jar in " + jars + " cannot be used: org.intelmq.bot.BotPack: Provider org.example.Nope not found. Correct its " + SERVICES
                + ", or move the jar away", refused.getMessage());
    }
}
