package org.intelmq.network;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.intelmq.bot.ConfigurationException;
import org.intelmq.bot.HttpParams;

/** Which servers are trusted and how this client proves itself, from files in PEM form. */
final class Certificates {

    private static final Pattern PEM = Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----(.+?)-----END \\1-----", Pattern.DOTALL);
    private static final char[] IN_MEMORY = "in memory".toCharArray();

    private Certificates() { }

    static SSLContext context(HttpParams params) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys(params.sslClientCertificate()), trust(params.httpVerifyCert()), new SecureRandom());
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static TrustManager[] trust(String verify) throws GeneralSecurityException {
        String choice = verify == null ? "true" : verify.strip();
        switch (choice.toLowerCase(Locale.ROOT)) {
            case "true", "1", "yes", "on", "" -> {
                return null;
            }
            case "false", "0", "no", "off" -> {
                return new TrustManager[] {new TrustAll()};
            }
            default -> { }
        }
        KeyStore authorities = KeyStore.getInstance(KeyStore.getDefaultType());
        try {
            authorities.load(null, null);
            int count = 0;
            for (Certificate authority : certificates(Path.of(choice))) {
                authorities.setCertificateEntry("authority-" + count++, authority);
            }
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            throw unusable("http_verify_cert", choice, "true, false or a file of authorities in PEM form", e);
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(authorities);
        return factory.getTrustManagers();
    }

    private static KeyManager[] keys(String file) throws GeneralSecurityException {
        if (file == null || file.isBlank()) {
            return null;
        }
        try {
            KeyStore own = KeyStore.getInstance(KeyStore.getDefaultType());
            own.load(null, null);
            own.setKeyEntry("client", privateKey(Path.of(file)), IN_MEMORY, certificates(Path.of(file)).toArray(Certificate[]::new));
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(own, IN_MEMORY);
            return factory.getKeyManagers();
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            throw unusable("ssl_client_certificate", file, "a file with certificate and key in PEM form", e);
        }
    }

    private static ConfigurationException unusable(String parameter, String value, String expected, Exception reason) {
        return new ConfigurationException("parameter '" + parameter + "' cannot be \"" + value + "\": expected " + expected + " ("
                + reason.getMessage() + ')', reason);
    }

    private static List<Certificate> certificates(Path file) throws IOException, GeneralSecurityException {
        List<Certificate> found = new ArrayList<>();
        Matcher pem = pem(file);
        while (pem.find()) {
            if (pem.group(1).endsWith("CERTIFICATE")) {
                found.add(CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(bytes(pem))));
            }
        }
        if (found.isEmpty()) {
            throw new IOException("no certificate in the file");
        }
        return found;
    }

    private static PrivateKey privateKey(Path file) throws IOException, GeneralSecurityException {
        Matcher pem = pem(file);
        while (pem.find()) {
            byte[] bytes = bytes(pem);
            switch (pem.group(1)) {
                case "PRIVATE KEY" -> {
                    return key(PrivateKeyInfo.getInstance(bytes));
                }
                case "RSA PRIVATE KEY" -> {
                    return key(info(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE, ASN1Primitive.fromByteArray(bytes)));
                }
                case "EC PRIVATE KEY" -> {
                    ECPrivateKey key = ECPrivateKey.getInstance(bytes);
                    return key(info(X9ObjectIdentifiers.id_ecPublicKey, key.getParametersObject(), key));
                }
                default -> { }
            }
        }
        throw new IOException("no private key without passphrase in the file");
    }

    private static PrivateKeyInfo info(ASN1ObjectIdentifier algorithm, ASN1Encodable parameters, ASN1Encodable key) throws IOException {
        return new PrivateKeyInfo(new AlgorithmIdentifier(algorithm, parameters), key);
    }

    private static PrivateKey key(PrivateKeyInfo info) throws IOException, GeneralSecurityException {
        boolean isRsa = info.getPrivateKeyAlgorithm().getAlgorithm().equals(PKCSObjectIdentifiers.rsaEncryption);
        return KeyFactory.getInstance(isRsa ? "RSA" : "EC").generatePrivate(new PKCS8EncodedKeySpec(info.getEncoded()));
    }

    private static Matcher pem(Path file) throws IOException {
        return PEM.matcher(Files.readString(file, StandardCharsets.ISO_8859_1));
    }

    private static byte[] bytes(Matcher pem) {
        return Base64.getMimeDecoder().decode(pem.group(2));
    }

    /** Being of the extended kind it also keeps the JDK from comparing host names. */
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
