package org.intelmq.testing;

import java.security.GeneralSecurityException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes the ID tokens of an {@code OidcStub}: right ones, and those with a fault. Immutable. */
final class OidcStubToken {

    private static final String OTHER_ISSUER = "https://other.example";
    private static final String OTHER_CLIENT = "another-client";
    private static final long HOUR = 3600;
    private static final int TOO_LONG = 256;

    private final OidcFault fault;
    private final OidcStubKey key;

    /** @param key that is published */
    OidcStubToken(OidcFault fault, OidcStubKey key) {
        this.fault = fault;
        this.key = key;
    }

    String text(String issuer, String nonce, Map<String, Object> claims) throws GeneralSecurityException {
        Map<String, Object> content = content(issuer, nonce, claims);
        return switch (fault) {
            case ALGORITHM_NONE -> OidcStubKey.unsigned(content);
            case SIGNED_WITH_SECRET -> OidcStubKey.withSecret(content, OidcStub.SECRET);
            case SIGNED_WITH_PUBLIC_KEY -> key.withPublicKey(content);
            case WRONG_SIGNATURE -> key.signed(content, new OidcStubKey("another"));
            case UNKNOWN_KEY -> {
                OidcStubKey other = new OidcStubKey("unknown");
                yield other.signed(content, other);
            }
            case OWN_KEY -> new OidcStubKey("own").withItsKey(content);
            default -> key.signed(content, key);
        };
    }

    private Map<String, Object> content(String issuer, String nonce, Map<String, Object> claims) {
        long now = System.currentTimeMillis() / 1000;
        long issued = fault == OidcFault.EXPIRED ? now - HOUR : fault == OidcFault.ISSUED_LATER ? now + HOUR : now;
        Map<String, Object> content = new LinkedHashMap<>(claims);
        content.put("iss", fault == OidcFault.WRONG_ISSUER ? OTHER_ISSUER : issuer);
        content.put("aud", switch (fault) {
            case WRONG_AUDIENCE -> OTHER_CLIENT;
            case OTHER_PARTY_OF_TWO -> List.of(OidcStub.CLIENT, OTHER_CLIENT);
            default -> OidcStub.CLIENT;
        });
        content.put("iat", issued);
        content.put("exp", issued + 300);
        if (fault != OidcFault.NO_NONCE) {
            content.put("nonce", fault == OidcFault.OTHER_NONCE ? "another-nonce" : nonce);
        }
        switch (fault) {
            case VALID_LATER -> content.put("nbf", now + HOUR);
            case OTHER_PARTY, OTHER_PARTY_OF_TWO -> content.put("azp", OTHER_CLIENT);
            case LONG_SUBJECT -> content.put("sub", "s".repeat(TOO_LONG));
            case NO_SUBJECT -> content.put("sub", "");
            case NO_END -> content.remove("exp");
            default -> { }
        }
        return content;
    }
}
