package org.intelmq.mail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.Properties;
import org.bouncycastle.bcpg.HashAlgorithmTags;
import org.bouncycastle.bcpg.PublicKeyAlgorithmTags;
import org.bouncycastle.bcpg.PublicKeyPacket;
import org.bouncycastle.bcpg.SymmetricKeyAlgorithmTags;
import org.bouncycastle.crypto.generators.Ed25519KeyPairGenerator;
import org.bouncycastle.crypto.params.Ed25519KeyGenerationParameters;
import org.bouncycastle.openpgp.PGPKeyRingGenerator;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPSecretKeyRing;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.PGPSignatureList;
import org.bouncycastle.openpgp.PGPUtil;
import org.bouncycastle.openpgp.bc.BcPGPObjectFactory;
import org.bouncycastle.openpgp.operator.bc.BcPBESecretKeyEncryptorBuilder;
import org.bouncycastle.openpgp.operator.bc.BcPGPContentSignerBuilder;
import org.bouncycastle.openpgp.operator.bc.BcPGPContentVerifierBuilderProvider;
import org.bouncycastle.openpgp.operator.bc.BcPGPDigestCalculatorProvider;
import org.bouncycastle.openpgp.operator.bc.BcPGPKeyPair;
import org.intelmq.bot.ConfigurationException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PgpSignerTest {

    @TempDir
    private Path directory;
    private Path file;
    private PGPPublicKey key;
    private String fingerprint;

    @BeforeEach
    void makeAKey() throws Exception {
        Ed25519KeyPairGenerator pairs = new Ed25519KeyPairGenerator();
        pairs.init(new Ed25519KeyGenerationParameters(new SecureRandom()));
        BcPGPKeyPair pair = new BcPGPKeyPair(PublicKeyPacket.VERSION_4, PublicKeyAlgorithmTags.EDDSA_LEGACY, pairs.generateKeyPair(), new Date());
        PGPSecretKeyRing ring = new PGPKeyRingGenerator(PGPSignature.POSITIVE_CERTIFICATION, pair, "cert@example.com",
                new BcPGPDigestCalculatorProvider().get(HashAlgorithmTags.SHA1), null, null,
                new BcPGPContentSignerBuilder(PublicKeyAlgorithmTags.EDDSA_LEGACY, HashAlgorithmTags.SHA256),
                new BcPBESecretKeyEncryptorBuilder(SymmetricKeyAlgorithmTags.AES_256).build("phrase".toCharArray())).generateSecretKeyRing();
        file = directory.resolve("secret.gpg");
        try (OutputStream out = Files.newOutputStream(file)) {
            ring.encode(out);
        }
        key = ring.getPublicKey();
        fingerprint = HexFormat.of().formatHex(key.getFingerprint());
    }

    @Test
    void theSignatureIsOfWhatTheReceiverSees() throws Exception {
        OutgoingMail mail = new MailComposer("abc", Instant.EPOCH).from(new InternetAddress("cert@example.com"))
                .to(List.of(new InternetAddress("a@example.com"))).subject("signed").text("Grüße\n", null).file(new byte[] {1, 2}, "application/zip", "a.zip")
                .signed(PgpSigner.of(fingerprint, "phrase", file)).compose();
        MimeMessage read = new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(mail.content()));
        assertTrue(read.getContentType().startsWith("multipart/signed; micalg=\"pgp-sha256\"; protocol=\"application/pgp-signature\""), read.getContentType());
        String text = new String(mail.content(), StandardCharsets.UTF_8);
        String boundary = "\r\n--=_abc-signed\r\n";
        String signed = text.substring(text.indexOf(boundary) + boundary.length(), text.lastIndexOf(boundary));
        MimeMultipart parts = (MimeMultipart) read.getContent();
        assertEquals(2, parts.getCount());
        assertTrue(isGood(parts.getBodyPart(1).getInputStream().readAllBytes(), signed));
    }

    private boolean isGood(byte[] armoured, String content) throws Exception {
        PGPSignature signature = ((PGPSignatureList) new BcPGPObjectFactory(PGPUtil.getDecoderStream(new ByteArrayInputStream(armoured))).nextObject()).get(0);
        signature.init(new BcPGPContentVerifierBuilderProvider(), key);
        signature.update(content.getBytes(StandardCharsets.UTF_8));
        return signature.verify();
    }

    @Test
    void aKeyOrPassphraseThatDoesNotFitIsRefused() throws IOException {
        assertTrue(assertThrows(ConfigurationException.class, () -> PgpSigner.of(fingerprint, "wrong", file)).getMessage().startsWith("parameter 'gpg_pass'"));
        assertTrue(assertThrows(ConfigurationException.class, () -> PgpSigner.of("0123456789abcdef", "phrase", file)).getMessage()
                .startsWith("parameter 'gpg_key' cannot be \"0123456789abcdef\""));
        Path empty = Files.writeString(directory.resolve("empty"), "");
        assertThrows(ConfigurationException.class, () -> PgpSigner.of(fingerprint, "phrase", empty));
    }
}
