package org.intelmq.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;

/**
 * A fresh key and certificate for {@code localhost}, in PEM form; the certificate is its own authority, and serves both servers and clients.
 *
 * @param certificate the file with the certificate
 * @param key         the file with the private key
 */
public record PemKeys(Path certificate, Path key) {

    /** Name of the key store that is made next to them, in PKCS 12. */
    public static final String STORE = "localhost.keys.p12";
    /** Of the key store. */
    public static final String PASSWORD = "changeit";
    private static final String ALIAS = "localhost";

    /** Makes the files in the folder. */
    public static PemKeys in(Path folder) throws IOException, InterruptedException {
        return in(folder, "dns:localhost,ip:127.0.0.1");
    }

    /** @param names the server's, as keytool takes them, such as {@code dns:localhost} */
    public static PemKeys in(Path folder, String names) throws IOException, InterruptedException {
        Path store = folder.resolve(STORE);
        Process keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair", "-alias", ALIAS,
                "-keyalg", "EC", "-dname", "CN=localhost", "-ext", "san=" + names, "-ext", "bc:c", "-storetype", "PKCS12",
                "-keystore", store.toString(), "-storepass", PASSWORD).redirectErrorStream(true).start();
        String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (keytool.waitFor() != 0) {
            throw new IOException("keytool made no key: " + said);
        }
        try {
            KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
            return new PemKeys(write(folder.resolve("localhost.crt.pem"), "CERTIFICATE", keys.getCertificate(ALIAS).getEncoded()),
                    write(folder.resolve("localhost.key.pem"), "PRIVATE KEY", keys.getKey(ALIAS, PASSWORD.toCharArray()).getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    /** Key and certificate in PKCS 12. */
    public Path store() {
        return certificate.resolveSibling(STORE);
    }

    private static Path write(Path file, String kind, byte[] content) throws IOException {
        return Files.writeString(file, "-----BEGIN " + kind + "-----\n" + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content)
                + "\n-----END " + kind + "-----\n");
    }
}
