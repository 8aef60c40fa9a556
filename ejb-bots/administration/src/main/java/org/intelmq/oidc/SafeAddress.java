package org.intelmq.oidc;

import java.net.URI;
import java.util.Locale;
import java.util.Set;

/** Addresses to which secrets may go. */
final class SafeAddress {

    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    private SafeAddress() { }

    /** Whether what is sent there is encrypted, or stays on this machine. */
    static boolean is(URI address) {
        if (address == null || address.getHost() == null || address.getUserInfo() != null) {
            return false;
        }
        String host = address.getHost().toLowerCase(Locale.ROOT);
        return "https".equalsIgnoreCase(address.getScheme()) || "http".equalsIgnoreCase(address.getScheme()) && LOOPBACK.contains(host);
    }
}
