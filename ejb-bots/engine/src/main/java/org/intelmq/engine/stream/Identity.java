package org.intelmq.engine.stream;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A source's name for a message, shortened so that it can be remembered. */
public final class Identity {

    private static final int LONGEST = 100;

    private Identity() { }

    /** The identity itself, or its SHA-256 if it is long. */
    public static String key(String identity) {
        if (identity.length() <= LONGEST) {
            return identity;
        }
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(identity.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
