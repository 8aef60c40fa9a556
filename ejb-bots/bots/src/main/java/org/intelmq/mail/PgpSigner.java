package org.intelmq.mail;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.Locale;
import org.bouncycastle.bcpg.ArmoredOutputStream;
import org.bouncycastle.bcpg.HashAlgorithmTags;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPPrivateKey;
import org.bouncycastle.openpgp.PGPSecretKey;
import org.bouncycastle.openpgp.PGPSecretKeyRing;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.PGPSignatureGenerator;
import org.bouncycastle.openpgp.PGPUtil;
import org.bouncycastle.openpgp.bc.BcPGPSecretKeyRingCollection;
import org.bouncycastle.openpgp.operator.bc.BcPBESecretKeyDecryptorBuilder;
import org.bouncycastle.openpgp.operator.bc.BcPGPContentSignerBuilder;
import org.bouncycastle.openpgp.operator.bc.BcPGPDigestCalculatorProvider;
import org.intelmq.bot.ConfigurationException;

/** Signs mails with OpenPGP (RFC 3156), with a secret key from a file as {@code gpg --export-secret-keys} writes it. */
public final class PgpSigner implements MailComposer.Signer {

    private static final int KEY_ID_DIGITS = 16;

    private final PGPSecretKey key;
    private final PGPPrivateKey secret;

    private PgpSigner(PGPSecretKey key, PGPPrivateKey secret) {
        this.key = key;
        this.secret = secret;
    }

    /**
     * @param fingerprint of the key, or its last 16 digits
     * @param passphrase {@code null} for none
     * @throws ConfigurationException if there is no such key, or the passphrase is wrong
     */
    public static PgpSigner of(String fingerprint, String passphrase, Path file) {
        String wanted = fingerprint.replace(" ", "").toUpperCase(Locale.ROOT);
        try (InputStream in = PGPUtil.getDecoderStream(Files.newInputStream(file))) {
            Iterator<PGPSecretKeyRing> rings = new BcPGPSecretKeyRingCollection(in).getKeyRings();
            while (rings.hasNext()) {
                PGPSecretKey key = signingKey(rings.next(), wanted);
                if (key != null) {
                    char[] phrase = passphrase == null ? new char[0] : passphrase.toCharArray();
                    return new PgpSigner(key, key.extractPrivateKey(new BcPBESecretKeyDecryptorBuilder(new BcPGPDigestCalculatorProvider()).build(phrase)));
                }
            }
            throw new ConfigurationException("parameter 'gpg_key' cannot be \"" + fingerprint + "\": expected the fingerprint of a key that is in " + file
                    + " and may sign");
        } catch (PGPException e) {
            throw new ConfigurationException("parameter 'gpg_pass' is not the passphrase of the key " + fingerprint + " in " + file + ": " + e.getMessage(), e);
        } catch (IOException e) {
            throw new ConfigurationException("parameter 'gpg_secret_keys' cannot be \"" + file
                    + "\": expected a file as gpg --export-secret-keys writes it (" + e + ')', e);
        }
    }

    /** The named key or, if it may not sign, the last key in its ring that may; {@code null} if it is not in the ring. */
    private static PGPSecretKey signingKey(PGPSecretKeyRing ring, String wanted) {
        PGPSecretKey last = null;
        PGPSecretKey exact = null;
        for (PGPSecretKey each : ring) {
            String print = HexFormat.of().withUpperCase().formatHex(each.getPublicKey().getFingerprint());
            boolean isWanted = print.equals(wanted) || wanted.length() == KEY_ID_DIGITS && print.endsWith(wanted);
            exact = isWanted ? each : exact;
            last = each.isSigningKey() && !each.isPrivateKeyEmpty() ? each : last;
        }
        return exact == null ? null : exact.isSigningKey() && !exact.isPrivateKeyEmpty() ? exact : last;
    }

    @Override
    public String sign(String content, String boundary) throws PGPException, IOException {
        PGPSignatureGenerator generator = new PGPSignatureGenerator(new BcPGPContentSignerBuilder(key.getPublicKey().getAlgorithm(), HashAlgorithmTags.SHA256),
                key.getPublicKey());
        generator.init(PGPSignature.BINARY_DOCUMENT, secret);
        generator.update(content.getBytes(StandardCharsets.UTF_8));
        ByteArrayOutputStream armoured = new ByteArrayOutputStream();
        try (ArmoredOutputStream out = ArmoredOutputStream.builder().clearHeaders().build(armoured)) {
            generator.generate().encode(out);
        }
        String signature = new String(armoured.toByteArray(), StandardCharsets.US_ASCII).replace("\r\n", "\n").replace("\n", "\r\n");
        return "Content-Type: multipart/signed; micalg=\"pgp-sha256\"; protocol=\"application/pgp-signature\";\r\n boundary=\"" + boundary + "\"\r\n\r\n--"
                + boundary + "\r\n" + content + "\r\n--" + boundary
                + "\r\nContent-Type: application/pgp-signature; name=\"signature.asc\"\r\nContent-Disposition: attachment; filename=\"signature.asc\"\r\n\r\n"
                + signature + "\r\n--" + boundary + "--\r\n";
    }
}
