package org.intelmq.tls;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/** The parts of a TLS context. Each method reads its files once, and throws an {@link IOException} that says what is wrong with a file. */
public final class Tls {

    private static final char[] IN_MEMORY = "in memory".toCharArray();

    private Tls() { }

    /**
     * @param keys how we authenticate ourselves; {@code null} for not at all
     * @param trusted whom we trust; {@code null} for the authorities that Java knows
     */
    public static SSLContext context(KeyManager[] keys, TrustManager[] trusted) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys, trusted, new SecureRandom());
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Trusts what the authorities in the file have signed. */
    public static TrustManager[] authorities(Path file) throws IOException {
        try {
            KeyStore authorities = empty();
            int count = 0;
            for (Certificate authority : PemFile.certificates(file)) {
                authorities.setCertificateEntry("authority-" + count++, authority);
            }
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(authorities);
            return factory.getTrustManagers();
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** Trusts everybody. */
    public static TrustManager[] anybody() {
        return new TrustManager[] {new TrustAll()};
    }

    /** @param key the file with the private key, without a passphrase; may be the certificate's file */
    public static KeyManager[] keys(Path certificate, Path key) throws IOException {
        try {
            KeyStore own = empty();
            own.setKeyEntry("own", PemFile.privateKey(key), IN_MEMORY, PemFile.certificates(certificate).toArray(Certificate[]::new));
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(own, IN_MEMORY);
            return factory.getKeyManagers();
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static KeyStore empty() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        return store;
    }

    /** Of the extended kind, because otherwise the JDK would still compare host names. */
    private static final class TrustAll extends X509ExtendedTrustManager {

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) { }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) { }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) { }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) { }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) { }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) { }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
