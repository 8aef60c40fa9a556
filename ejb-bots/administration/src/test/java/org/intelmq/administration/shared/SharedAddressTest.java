package org.intelmq.administration.shared;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.intelmq.yaml.ConfigurationFileException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SharedAddressTest {

    private static final String ADDRESS = "jdbc:postgresql://db.example/intelmq";

    @TempDir
    private Path root;

    private SharedDatabase read(String... variables) {
        Map<String, String> environment = new HashMap<>();
        for (int i = 0; i < variables.length; i += 2) {
            environment.put("INTELMQ_CONFIGURATION_" + variables[i], variables[i + 1]);
        }
        return SharedDatabase.of(environment, root);
    }

    private String mistake(String... variables) {
        return assertThrows(ConfigurationFileException.class, () -> read(variables)).getMessage();
    }

    @Test
    void withoutAnAddressNothingIsShared() {
        assertNull(read());
        assertNull(read("DATABASE", " "));
    }

    @Test
    void aPasswordMayBeInAFile() throws IOException {
        Path file = Files.writeString(root.resolve("password"), "secret\n");
        assertTrue(file.toFile().setReadable(false, false) && file.toFile().setReadable(true, true));
        assertEquals(new SharedDatabase(ADDRESS, "intelmq", "secret"), read("DATABASE", ADDRESS, "USER", "intelmq", "PASSWORD_FILE", "password"));
        assertEquals("secret", read("DATABASE", ADDRESS, "PASSWORD", "${file:password}").password());
        assertEquals("open", read("DATABASE", ADDRESS, "PASSWORD", "open").password());
        assertEquals(ADDRESS, read("DATABASE", ADDRESS, "PASSWORD", "open").toString());
    }

    @Test
    void saysWhatCannotBe() {
        assertTrue(mistake("DATABASE", "db.example").startsWith("environment variable INTELMQ_CONFIGURATION_DATABASE cannot be \"db.example\""));
        String inAddress = mistake("DATABASE", ADDRESS + "?password=secret");
        assertTrue(inAddress.contains("INTELMQ_CONFIGURATION_PASSWORD_FILE") && !inAddress.contains("secret"), inAddress);
        assertTrue(mistake("DATABASE", ADDRESS, "PASSWORD_FILE", "nowhere").contains("nowhere"));
    }
}
