package org.intelmq.access;

import java.net.URI;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * The names under which the server answers: those of this machine's loopback, that of its own address, and those of the environment
 * variable {@code INTELMQ_HTTP_HOSTS}, such as {@code https://intelmq.example} behind a proxy that adds TLS. Immutable.
 */
public final class OurNames {

    public static final String VARIABLE = "INTELMQ_HTTP_HOSTS";

    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final String TLS = "https://";

    private final Set<String> names = new HashSet<>(LOOPBACK);
    private final Set<String> overTls = new HashSet<>();

    /** @param further with commas: names, or {@code https://name} where a proxy adds TLS; may be {@code null} */
    public OurNames(URI server, String further) {
        if (server.getHost() != null) {
            names.add(server.getHost().toLowerCase(Locale.ROOT));
        }
        Arrays.stream(further == null ? new String[0] : further.split(",")).map(name -> name.strip().toLowerCase(Locale.ROOT))
                .filter(name -> !name.isEmpty()).forEach(this::add);
    }

    private void add(String name) {
        if (name.startsWith(TLS)) {
            String host = name.substring(TLS.length()).replaceFirst("/.*$", "");
            overTls.add(host);
            names.add(withoutPort(host));
        } else {
            names.add(withoutPort(name));
        }
    }

    private static String withoutPort(String host) {
        return host.replaceFirst(":\\d+$", "");
    }

    static boolean isLoopback(String hostHeader) {
        return LOOPBACK.contains(withoutPort(hostHeader));
    }

    /** A page of another site cannot make a browser ask under its own name (DNS rebinding). */
    boolean isOurs(String hostHeader) {
        return names.contains(withoutPort(hostHeader.toLowerCase(Locale.ROOT)));
    }

    /** Whether the browser is connected over TLS, with this server or a proxy. */
    boolean isOverTls(HttpVisit visit) {
        return visit.isTls() || overTls.contains(visit.host());
    }

    /** Whether a page with this origin is one of ours; another port of the same machine is another program. */
    boolean isOurOrigin(String origin, HttpVisit visit) {
        String given = origin.toLowerCase(Locale.ROOT);
        String own = (isOverTls(visit) ? TLS : "http://") + visit.host();
        return given.equals(own) || given.startsWith(TLS) && overTls.contains(given.substring(TLS.length()));
    }
}
