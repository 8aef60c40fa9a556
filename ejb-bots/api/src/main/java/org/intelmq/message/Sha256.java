package org.intelmq.message;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The hash by which messages and definitions are compared. Every Java has it. */
final class Sha256 {

    private Sha256() { }

    static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
