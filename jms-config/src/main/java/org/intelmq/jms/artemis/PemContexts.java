package org.intelmq.jms.artemis;

import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.apache.activemq.artemis.core.remoting.impl.ssl.DefaultSSLContextFactory;
import org.apache.activemq.artemis.spi.core.remoting.ssl.SSLContextConfig;
import org.intelmq.jms.BrokerException;

/**
 * Reads certificates and keys of connections from PEM files, which Artemis leaves to a library whose licence does not suit ours. Found as a
 * service.
 */
public final class PemContexts extends DefaultSSLContextFactory {

    /** The type of such a key store or trust store. */
    static final String PEM = "PEM";
    private static final int BEFORE_THOSE_OF_ARTEMIS = 50;
    private static final Pattern KEY = Pattern.compile("-----BEGIN PRIVATE KEY-----(.+?)-----END PRIVATE KEY-----", Pattern.DOTALL);
    private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA");

    /** The path of a key store that consists of two files. */
    static String pair(Path certificate, Path key) {
        return certificate + File.pathSeparator + key;
    }

    @Override
    public SSLContext getSSLContext(SSLContextConfig config, Map<String, Object> options) throws Exception {
        boolean trust = PEM.equals(config.getTruststoreType());
        boolean identity = PEM.equals(config.getKeystoreType());
        if (!trust && !identity) {
            return super.getSSLContext(config, options);
        }
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(identity ? keys(config.getKeystorePath()) : null, trust ? authorities(Path.of(config.getTruststorePath())) : null, null);
        return context;
    }

    private static TrustManager[] authorities(Path file) throws IOException, GeneralSecurityException {
        KeyStore store = empty();
        int number = 0;
        for (Certificate certificate : certificates(file)) {
            store.setCertificateEntry("authority-" + number++, certificate);
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }

    private static KeyManager[] keys(String pair) throws IOException, GeneralSecurityException {
        String[] files = pair.split(File.pathSeparator);
        KeyStore store = empty();
        store.setKeyEntry("us", key(Path.of(files[1])), new char[0], certificates(Path.of(files[0])).toArray(new Certificate[0]));
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, new char[0]);
        return factory.getKeyManagers();
    }

    private static Collection<? extends Certificate> certificates(Path file) throws IOException, GeneralSecurityException {
        Collection<? extends Certificate> certificates = CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(Files.readAllBytes(file)));
        if (certificates.isEmpty()) {
            throw new BrokerException(file + " contains no certificate: expected one in PEM format");
        }
        return certificates;
    }

    private static PrivateKey key(Path file) throws IOException, GeneralSecurityException {
        Matcher pem = KEY.matcher(Files.readString(file, StandardCharsets.ISO_8859_1));
        if (pem.find()) {
            var encoded = new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(pem.group(1)));
            for (String algorithm : ALGORITHMS) {
                try {
                    return KeyFactory.getInstance(algorithm).generatePrivate(encoded);
                } catch (InvalidKeySpecException e) {
                    // of another algorithm, or of none
                }
            }
        }
        throw new BrokerException(file + " contains no readable private key: expected PKCS#8 in PEM format without a passphrase, as 'openssl pkcs8 "
                + "-topk8 -nocrypt' writes it");
    }

    private static KeyStore empty() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    @Override
    public int getPriority() {
        return BEFORE_THOSE_OF_ARTEMIS;
    }
}
