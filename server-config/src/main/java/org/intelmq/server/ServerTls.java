package org.intelmq.server;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * The certificate and key with which the server answers over TLS.
 *
 * @param store       JKS, which is all that the server takes; for its own use, written again at each start
 * @param password    of the store, new at each start
 * @param certificate the server's own, which programs on this machine compare
 */
record ServerTls(Path store, String password, X509Certificate certificate, SSLContext context) {

    private static final String ALIAS = "intelmq";
    private static final Pattern PEM_KEY = Pattern.compile("-----BEGIN ([A-Z ]*)PRIVATE KEY-----([^-]*)-----END");
    private static final String PROBE = "intelmq";

    /**
     * @param certificate PEM: the server's own first, then those between it and its authority
     * @param key         PEM, PKCS#8
     * @throws ServerException that says which file cannot be used, and why
     */
    static ServerTls of(Layout layout, Path certificate, Path key) {
        try {
            Certificate[] chain = chain(certificate);
            PrivateKey secret = key(key);
            X509Certificate own = (X509Certificate) chain[0];
            requirePair(own.getPublicKey(), secret, certificate, key);
            own.checkValidity();
            return of(layout, chain, secret);
        } catch (CertificateException e) {
            throw new ServerException("the certificate " + certificate + " cannot be used: " + e.getMessage()
                    + "; get a new one, or remove --tls-certificate", e);
        } catch (IOException | GeneralSecurityException e) {
            throw new ServerException("certificate and key for TLS cannot be used: " + e, e);
        }
    }

    /** With a certificate that the server has made itself: at the first start, or when it has expired. */
    static ServerTls selfMade(Layout layout, String address) {
        Path certificate = layout.tls().resolve("certificate.pem");
        Path key = layout.tls().resolve("key.pem");
        try {
            if (Files.notExists(certificate) || Files.notExists(key) || SelfMadeCertificate.isExpired(certificate)) {
                SelfMadeCertificate.make(layout, address, certificate, key);
            }
        } catch (IOException | GeneralSecurityException e) {
            throw new ServerException("a certificate for TLS cannot be made in " + layout.tls() + ": " + e
                    + "; name one with --tls-certificate and --tls-key", e);
        }
        return of(layout, certificate, key);
    }

    private static ServerTls of(Layout layout, Certificate[] chain, PrivateKey key) throws IOException, GeneralSecurityException {
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        String password = HexFormat.of().formatHex(random);
        KeyStore content = KeyStore.getInstance("JKS");
        content.load(null, null);
        content.setKeyEntry(ALIAS, key, password.toCharArray(), chain);
        Files.createDirectories(layout.tls());
        Path store = layout.tls().resolve("server.jks");
        Files.deleteIfExists(store);
        Files.createFile(store, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try (OutputStream out = Files.newOutputStream(store)) {
            content.store(out, password.toCharArray());
        }
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(content, password.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return new ServerTls(store, password, (X509Certificate) chain[0], context);
    }

    private static Certificate[] chain(Path file) throws IOException, CertificateException {
        try (InputStream in = new ByteArrayInputStream(read(file, "certificate"))) {
            Collection<? extends Certificate> chain = CertificateFactory.getInstance("X.509").generateCertificates(in);
            if (chain.isEmpty()) {
                throw new ServerException("the certificate " + file + " holds none: expected PEM with -----BEGIN CERTIFICATE-----");
            }
            return chain.toArray(Certificate[]::new);
        }
    }

    private static PrivateKey key(Path file) throws IOException {
        Matcher pem = PEM_KEY.matcher(new String(read(file, "key"), StandardCharsets.ISO_8859_1));
        if (!pem.find() || !pem.group(1).isEmpty()) {
            throw new ServerException("the key " + file + " cannot be used: expected PEM with -----BEGIN PRIVATE KEY----- (PKCS#8, not encrypted); "
                    + "'openssl pkcs8 -topk8 -nodes -in " + file + "' converts it");
        }
        byte[] encoded = Base64.getMimeDecoder().decode(pem.group(2));
        for (String algorithm : new String[] {"EC", "RSA", "EdDSA"}) {
            PrivateKey key = key(algorithm, encoded);
            if (key != null) {
                return key;
            }
        }
        throw new ServerException("the key " + file + " cannot be used: expected one of the kinds EC, RSA, Ed25519 or Ed448");
    }

    /** {@code null} for a key of another kind. */
    private static PrivateKey key(String algorithm, byte[] encoded) {
        try {
            return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(encoded));
        } catch (GeneralSecurityException e) {
            return null;
        }
    }

    private static byte[] read(Path file, String what) throws IOException {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new ServerException("the " + what + " " + file + " cannot be read: " + e + "; make it readable for the user who runs the server", e);
        }
    }

    private static void requirePair(PublicKey known, PrivateKey secret, Path certificate, Path key) throws GeneralSecurityException {
        String algorithm = switch (secret.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> secret.getAlgorithm();
        };
        boolean fits = known.getAlgorithm().equals(secret.getAlgorithm());
        if (fits) {
            Signature signature = Signature.getInstance(algorithm);
            signature.initSign(secret);
            signature.update(PROBE.getBytes(StandardCharsets.US_ASCII));
            byte[] signed = signature.sign();
            signature.initVerify(known);
            signature.update(PROBE.getBytes(StandardCharsets.US_ASCII));
            fits = signature.verify(signed);
        }
        if (!fits) {
            throw new ServerException("the key " + key + " does not belong to the certificate " + certificate + ": give a certificate and the key "
                    + "that it was made with");
        }
    }

    /** In PEM, for {@code var/run/server.json}. */
    String pem() {
        try {
            return "-----BEGIN CERTIFICATE-----\n" + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate.getEncoded())
                    + "\n-----END CERTIFICATE-----\n";
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String toString() {
        return certificate.getSubjectX500Principal().getName();
    }
}
