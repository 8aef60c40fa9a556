package org.intelmq.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Collections;
import java.util.stream.Stream;

/**
 * Whom the server trusts, and who it says that it is, where nothing else is configured. Without this, Payara has the whole process trust the
 * authorities of the day when Payara was built, and not those that Java knows, to which an operator adds his own.
 */
final class KeyStores {

    private static final String TRUSTED = "javax.net.ssl.trustStore";
    private static final String TRUSTED_PASSWORD = "javax.net.ssl.trustStorePassword";
    private static final String OWN = "javax.net.ssl.keyStore";
    /** With which Payara opens all stores, if nothing else is said; what protects them are the permissions of their files. */
    private static final char[] PASSWORD = "changeit".toCharArray();

    private KeyStores() { }

    /**
     * Sets the system's properties that say so, unless an option of the JVM has.
     *
     * @param folder where stores are written
     * @throws ServerException if the store that an option names cannot be read
     */
    static void prepare(Path folder) throws IOException {
        String wanted = System.getProperty(TRUSTED);
        Path trusted = wanted == null ? ofJava() : Path.of(wanted);
        if (trusted != null) {
            System.setProperty(TRUSTED, openable(trusted, folder.resolve("trusted.jks")).toString());
        }
        if (System.getProperty(OWN) == null) {
            System.setProperty(OWN, write(emptyStore(), folder.resolve("no-keys.jks")).toString());
        }
    }

    /** In the order of the Java Secure Socket Extension; {@code null} if this Java has none. */
    private static Path ofJava() {
        Path security = Path.of(System.getProperty("java.home"), "lib/security");
        return Stream.of("jssecacerts", "cacerts").map(security::resolve).filter(Files::isReadable).findFirst().orElse(null);
    }

    /** Java needs no password to read whom to trust, but Payara does: if it has the wrong one, it gets a copy with its own. */
    private static Path openable(Path file, Path copy) throws IOException {
        String password = System.getProperty(TRUSTED_PASSWORD);
        try {
            load(file, password == null ? PASSWORD : password.toCharArray());
            return file;
        } catch (NoSuchFileException e) {
            throw new ServerException("the trust store " + file + ", named by " + TRUSTED + ", does not exist", e);
        } catch (IOException e) {
            if (password != null) {
                throw unreadable(file, e);
            }
            return write(loadWithoutPassword(file, e), copy);
        }
    }

    private static KeyStore load(Path file, char[] password) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            // of any format: the default one detects the others
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(in, password);
            return store;
        } catch (GeneralSecurityException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** @param withPassword why it cannot be read with Payara's password */
    private static KeyStore loadWithoutPassword(Path file, IOException withPassword) {
        try {
            KeyStore store = load(file, null);
            if (store.size() > 0) {
                return store;
            }
        } catch (IOException | GeneralSecurityException e) {
            withPassword.addSuppressed(e);
        }
        throw unreadable(file, withPassword);
    }

    private static ServerException unreadable(Path file, IOException reason) {
        return new ServerException("the trust store " + file + " (" + TRUSTED + ") cannot be read: " + reason.getMessage()
                + "; if it has a password other than \"changeit\", name it with " + TRUSTED_PASSWORD, reason);
    }

    private static KeyStore emptyStore() throws IOException {
        try {
            KeyStore store = KeyStore.getInstance("JKS");
            store.load(null, null);
            return store;
        } catch (GeneralSecurityException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** Its certificates as JKS, which is opened without the thousands of rounds that PKCS#12 takes for a password. */
    private static Path write(KeyStore store, Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            KeyStore copy = emptyStore();
            for (String alias : Collections.list(store.aliases())) {
                copy.setCertificateEntry(alias, store.getCertificate(alias));
            }
            copy.store(out, PASSWORD);
            return file;
        } catch (GeneralSecurityException e) {
            throw new IOException(e.getMessage(), e);
        }
    }
}
