package org.intelmq.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A fresh key and certificate for a server named {@code localhost}, as files in a folder; its certificate is its own authority. */
public final class TlsKeys {

    /** Of the key store. */
    public static final String PASSWORD = "changeit";

    private final Path store;
    private final Path authority;

    private TlsKeys(Path store, Path authority) {
        this.store = store;
        this.authority = authority;
    }

    public static TlsKeys in(Path folder) throws IOException, InterruptedException {
        Path store = folder.resolve("localhost.p12");
        Process keytool = new ProcessBuilder(List.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair", "-alias", "server",
                "-keyalg", "EC", "-dname", "CN=localhost", "-ext", "san=dns:localhost,ip:127.0.0.1", "-ext", "bc:c", "-storetype", "PKCS12", "-keystore",
                store.toString(), "-storepass", PASSWORD)).redirectErrorStream(true).start();
        String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (keytool.waitFor() != 0) {
            throw new IOException("keytool made no key: " + said);
        }
        Path authority = folder.resolve("localhost.pem");
        try {
            byte[] certificate = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray()).getCertificate("server").getEncoded();
            Files.writeString(authority, "-----BEGIN CERTIFICATE-----\n" + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate)
                    + "\n-----END CERTIFICATE-----\n");
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
        return new TlsKeys(store, authority);
    }

    /** The key store, in PKCS 12. */
    public Path store() {
        return store;
    }

    /** What a client that is to believe the server has to trust, in PEM form. */
    public Path authority() {
        return authority;
    }

    /** For a server. */
    public SSLContext context() throws IOException {
        try {
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray()), PASSWORD.toCharArray());
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }
}
