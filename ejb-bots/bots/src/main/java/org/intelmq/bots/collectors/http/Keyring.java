package org.intelmq.bots.collectors.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.bouncycastle.gpg.keybox.KeyBlob;
import org.bouncycastle.gpg.keybox.PublicKeyRingBlob;
import org.bouncycastle.gpg.keybox.bc.BcKeyBox;
import org.bouncycastle.openpgp.PGPCompressedData;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPPublicKeyRing;
import org.bouncycastle.openpgp.PGPPublicKeyRingCollection;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.PGPSignatureList;
import org.bouncycastle.openpgp.PGPUtil;
import org.bouncycastle.openpgp.bc.BcPGPObjectFactory;
import org.bouncycastle.openpgp.operator.bc.BcKeyFingerprintCalculator;
import org.bouncycastle.openpgp.operator.bc.BcPGPContentVerifierBuilderProvider;

/** Public keys in a file: binary or armoured OpenPGP, or GnuPG's keybox. */
final class Keyring {

    private static final int KEYBOX_MARK_AT = 8;

    private final Path file;

    Keyring(Path file) {
        this.file = file != null ? file : Path.of(System.getProperty("user.home"), ".gnupg", "pubring.kbx");
    }

    /** Why the detached signature is not valid for the data; {@code null} if it is. */
    String problem(byte[] signature, byte[] data) throws IOException {
        PGPSignatureList signatures = signatures(signature);
        if (signatures == null || signatures.isEmpty()) {
            return "there is no signature in it";
        }
        List<PGPPublicKeyRing> rings = rings();
        String problem = null;
        for (PGPSignature each : signatures) {
            problem = problem(each, data, rings);
            if (problem == null) {
                return null;
            }
        }
        return problem;
    }

    private String problem(PGPSignature signature, byte[] data, List<PGPPublicKeyRing> rings) {
        String id = String.format("%016X", signature.getKeyID());
        PGPPublicKey key = rings.stream().map(ring -> ring.getPublicKey(signature.getKeyID())).filter(found -> found != null).findFirst().orElse(null);
        if (key == null) {
            return "key " + id + " is not in " + file;
        }
        if (key.hasRevocation()) {
            return "key " + id + " was revoked";
        }
        if (key.getValidSeconds() > 0 && signature.getCreationTime().after(new Date(key.getCreationTime().getTime() + key.getValidSeconds() * 1000))) {
            return "key " + id + " had expired";
        }
        try {
            signature.init(new BcPGPContentVerifierBuilderProvider(), key);
            signature.update(data);
            return signature.verify() ? null : "it does not belong to the data";
        } catch (PGPException e) {
            return e.getMessage();
        }
    }

    private static PGPSignatureList signatures(byte[] signature) throws IOException {
        try (InputStream in = PGPUtil.getDecoderStream(new ByteArrayInputStream(signature))) {
            Object first = new BcPGPObjectFactory(in).nextObject();
            if (first instanceof PGPCompressedData compressed) {
                first = new BcPGPObjectFactory(compressed.getDataStream()).nextObject();
            }
            return first instanceof PGPSignatureList list ? list : null;
        } catch (PGPException e) {
            throw new IOException(e);
        }
    }

    private List<PGPPublicKeyRing> rings() throws IOException {
        byte[] content = Files.readAllBytes(file);
        List<PGPPublicKeyRing> rings = new ArrayList<>();
        if (content.length > KEYBOX_MARK_AT + 4 && new String(content, KEYBOX_MARK_AT, 4, StandardCharsets.ISO_8859_1).equals("KBXf")) {
            for (KeyBlob blob : new BcKeyBox(content).getKeyBlobs()) {
                if (blob instanceof PublicKeyRingBlob ring) {
                    rings.add(ring.getPGPPublicKeyRing());
                }
            }
            return rings;
        }
        try (InputStream in = PGPUtil.getDecoderStream(new ByteArrayInputStream(content))) {
            new PGPPublicKeyRingCollection(in, new BcKeyFingerprintCalculator()).forEach(rings::add);
            return rings;
        } catch (PGPException e) {
            throw new IOException("keyring " + file + " cannot be read: " + e.getMessage(), e);
        }
    }
}
