package org.intelmq.access;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/** A password as it is stored: {@code pbkdf2-sha512$rounds$salt$hash}, salt and hash in hexadecimal. Immutable. */
record PasswordHash(String text) {

    /** What OWASP asks for PBKDF2 with HMAC-SHA-512. */
    static final int ROUNDS = 210_000;

    private static final int SALT_BYTES = 16;
    private static final int HASH_BITS = 512;
    private static final Pattern FORM = Pattern.compile("pbkdf2-sha512\\$(\\d{1,8})\\$((?:[0-9a-f]{2}){8,64})\\$((?:[0-9a-f]{2}){32,64})");

    /** @throws IllegalArgumentException for a text of another form */
    PasswordHash {
        if (!FORM.matcher(text).matches()) {
            throw new IllegalArgumentException("a stored password is not usable: expected pbkdf2-sha512$rounds$salt$hash");
        }
    }

    static PasswordHash of(String password, int rounds) {
        byte[] salt = new byte[SALT_BYTES];
        new SecureRandom().nextBytes(salt);
        return new PasswordHash("pbkdf2-sha512$" + rounds + "$" + HexFormat.of().formatHex(salt) + "$"
                + HexFormat.of().formatHex(hash(password, salt, rounds, HASH_BITS)));
    }

    /** Of no password; to check one takes as long as usual, and to make this takes nothing. */
    static PasswordHash ofNobody(int rounds) {
        byte[] random = new byte[SALT_BYTES + HASH_BITS / 8];
        new SecureRandom().nextBytes(random);
        String digits = HexFormat.of().formatHex(random);
        return new PasswordHash("pbkdf2-sha512$" + rounds + "$" + digits.substring(0, 2 * SALT_BYTES) + "$" + digits.substring(2 * SALT_BYTES));
    }

    /** Takes as long for a wrong password as for a right one. */
    boolean isOf(String password) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            throw new IllegalStateException(text);
        }
        byte[] expected = HexFormat.of().parseHex(parts.group(3));
        byte[] got = hash(password, HexFormat.of().parseHex(parts.group(2)), Integer.parseInt(parts.group(1)), expected.length * 8);
        return MessageDigest.isEqual(expected, got);
    }

    private static byte[] hash(String password, byte[] salt, int rounds, int bits) {
        PBEKeySpec key = new PBEKeySpec(password.toCharArray(), salt, rounds, bits);
        try {
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA512").generateSecret(key).getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        } finally {
            key.clearPassword();
        }
    }

    @Override
    public String toString() {
        return "(a password)";
    }
}
