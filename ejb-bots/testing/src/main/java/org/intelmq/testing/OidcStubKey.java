package org.intelmq.testing;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.intelmq.message.Json;

/** The key of an {@link OidcStub}, and the tokens that are made with it, or without. Immutable. */
final class OidcStubKey {

    private static final int BITS = 2048;
    /** By id: to make one takes a while. */
    private static final Map<String, KeyPair> PAIRS = new ConcurrentHashMap<>();

    private final String id;
    private final KeyPair pair;

    OidcStubKey(String id) {
        this.id = id;
        this.pair = PAIRS.computeIfAbsent(id, name -> pair());
    }

    private static KeyPair pair() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(BITS);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** As RFC 7517 has it. */
    Map<String, Object> published() {
        RSAPublicKey key = (RSAPublicKey) pair.getPublic();
        Map<String, Object> published = new LinkedHashMap<>();
        published.put("kty", "RSA");
        published.put("use", "sig");
        published.put("alg", "RS256");
        published.put("kid", id);
        published.put("n", number(key.getModulus()));
        published.put("e", number(key.getPublicExponent()));
        return published;
    }

    /**
     * A token that names this key.
     *
     * @param signer whose key it is signed with in truth
     */
    String signed(Map<String, Object> content, OidcStubKey signer) throws GeneralSecurityException {
        return signed(Map.of("alg", "RS256", "typ", "JWT", "kid", id), content, signer);
    }

    private static String signed(Map<String, Object> header, Map<String, Object> content, OidcStubKey signer) throws GeneralSecurityException {
        String text = text(header, content);
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(signer.pair.getPrivate());
        signature.update(text.getBytes(StandardCharsets.US_ASCII));
        return text + '.' + base64(signature.sign());
    }

    static String unsigned(Map<String, Object> content) {
        return text(Map.of("alg", "none"), content) + '.';
    }

    /** A token that brings the key with it that it is to be believed by. */
    String withItsKey(Map<String, Object> content) throws GeneralSecurityException {
        return signed(Map.of("alg", "RS256", "typ", "JWT", "jwk", published()), content, this);
    }

    /** As if the public key, which everybody knows, were a secret that both sides share. */
    String withPublicKey(Map<String, Object> content) throws GeneralSecurityException {
        String pem = "-----BEGIN PUBLIC KEY-----\n" + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(pair.getPublic().getEncoded())
                + "\n-----END PUBLIC KEY-----\n";
        return withSecret(Map.of("alg", "HS256", "typ", "JWT", "kid", id), content, pem);
    }

    static String withSecret(Map<String, Object> content, String secret) throws GeneralSecurityException {
        return withSecret(Map.of("alg", "HS256", "typ", "JWT"), content, secret);
    }

    private static String withSecret(Map<String, Object> header, Map<String, Object> content, String secret) throws GeneralSecurityException {
        String text = text(header, content);
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        return text + '.' + base64(mac.doFinal(text.getBytes(StandardCharsets.US_ASCII)));
    }

    private static String text(Map<String, Object> header, Map<String, Object> content) {
        return base64(Json.write(header).getBytes(StandardCharsets.UTF_8)) + '.' + base64(Json.write(content).getBytes(StandardCharsets.UTF_8));
    }

    private static String number(BigInteger number) {
        byte[] bytes = number.toByteArray();
        return base64(bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes);
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
