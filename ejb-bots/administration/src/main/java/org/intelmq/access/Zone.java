package org.intelmq.access;

import java.util.Set;
import java.util.regex.Pattern;

/** The parts of the server, by what is asked of those who come. */
enum Zone {
    /** For supervisors: open to all. */
    HEALTH,
    /** IntelMQ's own interface and web manager: they look after themselves. */
    MANAGER,
    /** What our interface tells or takes before a login: its description, and the login. */
    OPEN,
    /** Our interface, and figures: for those who have shown who they are. */
    CLOSED,
    /** The console's pages and scripts: the same for all, and nothing of the installation in them. */
    PAGES;

    static final String API = "/api/v1";
    static final String SESSION = API + "/session";
    /** Where a login with a provider begins, and where browsers come back to from there. */
    static final String PROVIDER = SESSION + "/oidc";

    private static final Set<String> OF_SUPERVISORS = Set.of("/health", "/health/ready", "/health/live");
    private static final Set<String> OPEN_PATHS = Set.of(SESSION, PROVIDER, SESSION + "/ways", API + "/openapi.json", API + "/docs");
    private static final Pattern OF_MANAGER = Pattern.compile("(?:/intelmq)?/v1/.*|/intelmq-manager(?:/.*)?");

    /** @param path as the server has understood it */
    static Zone of(String path) {
        if (OF_SUPERVISORS.contains(path)) {
            return HEALTH;
        }
        if (OF_MANAGER.matcher(path).matches()) {
            return MANAGER;
        }
        if (OPEN_PATHS.contains(path)) {
            return OPEN;
        }
        return path.equals("/api") || path.startsWith("/api/") || path.startsWith("/metrics") ? CLOSED : PAGES;
    }
}
