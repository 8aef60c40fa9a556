package org.intelmq.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyStoresTest {

    private static final String TRUSTED = "javax.net.ssl.trustStore";
    private static final String OWN = "javax.net.ssl.keyStore";

    @TempDir
    private Path folder;
    private final Map<String, String> before = new HashMap<>();

    @BeforeEach
    void remember() {
        for (String each : new String[] {TRUSTED, OWN}) {
            before.put(each, System.clearProperty(each));
        }
    }

    @AfterEach
    void restore() {
        before.forEach((name, value) -> {
            if (value == null) {
                System.clearProperty(name);
            } else {
                System.setProperty(name, value);
            }
        });
    }

    @Test
    void trustsWhomJavaTrustsAndHasNoKeyOfItsOwn() throws Exception {
        KeyStores.prepare(folder);
        assertTrue(Path.of(System.getProperty(TRUSTED)).startsWith(System.getProperty("java.home")), System.getProperty(TRUSTED));
        KeyStore own = KeyStore.getInstance(KeyStore.getDefaultType());
        try (InputStream in = Files.newInputStream(Path.of(System.getProperty(OWN)))) {
            own.load(in, "changeit".toCharArray());
        }
        assertEquals(0, own.size());
    }

    @Test
    void keepsWhatAnOptionSays() throws Exception {
        System.setProperty(TRUSTED, "/mine/trusted.p12");
        System.setProperty(OWN, "/mine/keys.p12");
        KeyStores.prepare(folder);
        assertEquals("/mine/trusted.p12", System.getProperty(TRUSTED));
        assertEquals("/mine/keys.p12", System.getProperty(OWN));
    }
}
