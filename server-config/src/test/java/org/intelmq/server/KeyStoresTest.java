package org.intelmq.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyStoresTest {

    private static final String TRUSTED = "javax.net.ssl.trustStore";
    private static final String PASSWORD = "javax.net.ssl.trustStorePassword";
    private static final String OWN = "javax.net.ssl.keyStore";

    @TempDir
    private Path folder;
    private final Map<String, String> before = new HashMap<>();

    @BeforeEach
    void remember() {
        for (String each : new String[] {TRUSTED, PASSWORD, OWN}) {
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

    private Path store(String type, String password) throws Exception {
        KeyStore known = KeyStore.getInstance(Path.of(System.getProperty("java.home"), "lib/security/cacerts").toFile(), (char[]) null);
        String alias = known.aliases().nextElement();
        KeyStore store = KeyStore.getInstance(type);
        store.load(null, null);
        store.setCertificateEntry("ours", known.getCertificate(alias));
        Path file = folder.resolve(type + '-' + password);
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, password.toCharArray());
        }
        return file;
    }

    private Set<String> trusted(Path file) throws Exception {
        System.setProperty(TRUSTED, file.toString());
        KeyStores.prepare(Files.createDirectories(folder.resolve("written")));
        String password = System.getProperty(PASSWORD, "changeit");
        return Set.copyOf(Collections.list(KeyStore.getInstance(Path.of(System.getProperty(TRUSTED)).toFile(), password.toCharArray()).aliases()));
    }

    @Test
    void keepsWhatAnOptionSays() throws Exception {
        System.setProperty(OWN, "/mine/keys.p12");
        for (String type : new String[] {"PKCS12", "JKS"}) {
            Path file = store(type, "changeit");
            assertEquals(Set.of("ours"), trusted(file));
            assertEquals(file.toString(), System.getProperty(TRUSTED));
        }
        assertEquals("/mine/keys.p12", System.getProperty(OWN));
    }

    @Test
    void opensWhatHasAnotherPassword() throws Exception {
        assertEquals(Set.of("ours"), trusted(store("JKS", "another")), "Java needs no password for it");
        System.setProperty(PASSWORD, "another");
        assertEquals(Set.of("ours"), trusted(store("PKCS12", "another")));
    }

    @Test
    void saysWhatCannotBeRead() throws Exception {
        Path noStore = Files.writeString(folder.resolve("noise"), "no store");
        for (Path wrong : new Path[] {folder.resolve("none.p12"), store("PKCS12", "another"), noStore}) {
            String said = assertThrows(ServerException.class, () -> trusted(wrong)).getMessage();
            assertTrue(said.contains(wrong.toString()) && said.contains(TRUSTED), said);
        }
    }
}
