package org.intelmq.server;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.stream.Stream;

/**
 * Whom the server trusts, and who it says that it is, where nothing else is configured. Without this, Payara has the whole process trust the
 * authorities of the day when Payara was built, and not those that Java knows, to which an operator adds his own.
 */
final class KeyStores {

    private static final String TRUSTED = "javax.net.ssl.trustStore";
    private static final String OWN = "javax.net.ssl.keyStore";
    /** Payara opens all stores with it; they are protected by the permissions of their files. */
    private static final char[] PASSWORD = "changeit".toCharArray();

    private KeyStores() { }

    /** Sets the system's properties that say so, unless an option of the JVM has. */
    static void prepare(Path folder) throws IOException {
        if (System.getProperty(TRUSTED) == null) {
            Path security = Path.of(System.getProperty("java.home"), "lib/security");
            // the order of the Java Secure Socket Extension
            Stream.of("jssecacerts", "cacerts").map(security::resolve).filter(Files::isReadable).findFirst()
                    .ifPresent(file -> System.setProperty(TRUSTED, file.toString()));
        }
        if (System.getProperty(OWN) == null) {
            System.setProperty(OWN, empty(folder.resolve("no-keys.jks")).toString());
        }
    }

    private static Path empty(Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            // opened without the thousands of rounds that PKCS#12 takes for a password
            KeyStore store = KeyStore.getInstance("JKS");
            store.load(null, null);
            store.store(out, PASSWORD);
            return file;
        } catch (GeneralSecurityException e) {
            throw new IOException(e.getMessage(), e);
        }
    }
}
