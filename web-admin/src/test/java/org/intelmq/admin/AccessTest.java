package org.intelmq.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccessTest {

    @TempDir
    private Path folder;

    private Access access(String url, Map<String, String> environment) throws IOException {
        Path file = Files.writeString(folder.resolve("server.json"), "{\"pid\": 1, \"url\": \"" + url + "\", \"token\": \"secret\"}");
        return Access.of(file, environment);
    }

    @Test
    void takesTheTokenAndNoOther() throws IOException {
        Access access = access("http://127.0.0.1:8080/", Map.of());
        assertTrue(access.isToken("secret"));
        assertFalse(access.isToken("secre"));
        assertFalse(access.isToken(""));
        assertFalse(access.isToken(null));
    }

    @Test
    void answersOnlyUnderItsOwnNames() throws IOException {
        Access access = access("http://10.0.0.5:8080/", Map.of("INTELMQ_HTTP_HOSTS", "intelmq.example, Second.example"));
        for (String name : new String[] {"localhost:8080", "127.0.0.1", "[::1]:8080", "LOCALHOST", "10.0.0.5:8080", "intelmq.example", "second.example:443"}) {
            assertTrue(access.isOurName(name), name);
        }
        for (String name : new String[] {"attacker.example", "localhost.attacker.example", "127.0.0.1.attacker.example:8080", "", null}) {
            assertFalse(access.isOurName(name), name);
        }
    }

    @Test
    void saysWhatIsWrongWithTheServerFile() {
        IOException problem = assertThrows(IOException.class, () -> access("::", Map.of()));
        assertEquals(folder.resolve("server.json") + " is not usable: expected {\"url\": …, \"token\": …}", problem.getMessage());
    }
}
