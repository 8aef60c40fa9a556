package org.intelmq.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/** Reads certificates and keys from a PEM file. */
final class PemFile {

    private static final Pattern PEM = Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----(.+?)-----END \\1-----", Pattern.DOTALL);

    private PemFile() { }

    /** All certificates in the file. @throws IOException if there is none */
    static List<Certificate> certificates(Path file) throws IOException, GeneralSecurityException {
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

    /** The first private key in the file. @throws IOException if there is none that can be read */
    static PrivateKey privateKey(Path file) throws IOException, GeneralSecurityException {
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
}
