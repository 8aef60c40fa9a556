package org.intelmq.access;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The one gate for all that is asked over HTTP. Whoever comes shows the server's token or one for programs in {@code Authorization},
 * or the cookie of a login, which counts only for pages of our own. Thread-safe.
 */
public final class Entrance {

    /** Proves, with each change, that a page is one of ours. */
    public static final String CSRF = "X-CSRF-Token";

    private static final String BEARER = "Bearer ";
    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");
    /** What two readers of an address may understand differently. */
    private static final Pattern AMBIGUOUS = Pattern.compile("[;\\\\\\p{Cntrl}]|//|/\\.\\.?(?:/|$)|(?i)%(?:2e|2f|5c|0[0-9a-f]|1[0-9a-f]|7f|25)");

    private final Credentials credentials;
    private final LoginDelays delays;
    private final BrowserSessions sessions;
    private final OurNames names;
    private final ReadingToken reading;

    Entrance(Credentials credentials, LoginDelays delays, BrowserSessions sessions, OurNames names, ReadingToken reading) {
        this.credentials = credentials;
        this.delays = delays;
        this.sessions = sessions;
        this.names = names;
        this.reading = reading;
    }

    /** The name of the cookie: one per server, because cookies do not tell ports apart; over TLS one that no other site can set. */
    public String cookie(HttpVisit visit) {
        return names.isOverTls(visit) ? "__Host-intelmq" : "intelmq-" + visit.port();
    }

    /** The name of the cookie by which a browser is known that comes back from a provider. */
    public String providerCookie(HttpVisit visit) {
        return cookie(visit) + "-oidc";
    }

    /** The address under which the browser knows us, such as {@code https://intelmq.example}. */
    public String origin(HttpVisit visit) {
        return (names.isOverTls(visit) ? "https://" : "http://") + visit.host();
    }

    public boolean isOverTls(HttpVisit visit) {
        return names.isOverTls(visit);
    }

    /** Whether it is asked by a name that every machine has. */
    public boolean isLoopback(HttpVisit visit) {
        return OurNames.isLoopback(visit.host());
    }

    /** Whose request it is, or why it ends here. */
    public Decision admit(HttpVisit visit) {
        Zone zone = Zone.of(visit.path());
        if (!METHODS.contains(visit.method())) {
            return new Decision.Refuse(405, "method-unknown", "the method cannot be used here", "Use one of " + String.join(", ", METHODS.stream().sorted()
                    .toList()) + ".");
        }
        if (hasAmbiguousEnd(visit)) {
            return new Decision.Refuse(400, "length-ambiguous", "the end of the request is ambiguous",
                    "Send either Content-Length or Transfer-Encoding: chunked.");
        }
        if (zone == Zone.HEALTH) {
            return new Decision.Enter(null);
        }
        if (visit.all("Host").size() != 1 || !names.isOurs(visit.host())) {
            return new Decision.Refuse(403, "host-unknown", "the host '" + visit.header("Host") + "' is not allowed: use localhost, or name it in the "
                    + "environment variable " + OurNames.VARIABLE, "Use one of the server's names.");
        }
        if (zone == Zone.MANAGER) {
            return new Decision.Enter(null);
        }
        if (AMBIGUOUS.matcher(visit.target()).find()) {
            return new Decision.Refuse(400, "address-ambiguous", "the address is ambiguous", "Send it without ';', '//', '/../', "
                    + "encoded slashes, dots and percent signs.");
        }
        if (zone == Zone.PAGES) {
            return visit.isSafe() ? new Decision.Enter(null) : loginNeeded("there is nothing to change here");
        }
        return identified(visit, zone);
    }

    /** A proxy in front of us may take what follows for another request (request smuggling). */
    private static boolean hasAmbiguousEnd(HttpVisit visit) {
        List<String> encodings = visit.all("Transfer-Encoding");
        return !encodings.isEmpty()
                && (!visit.all("Content-Length").isEmpty() || encodings.size() > 1 || !encodings.get(0).strip().equalsIgnoreCase("chunked"));
    }

    private Decision identified(HttpVisit visit, Zone zone) {
        List<String> authorization = visit.all("Authorization");
        if (authorization.size() > 1) {
            return new Decision.Refuse(400, "credentials-twice", "the header Authorization appears more than once", "Send it once.");
        }
        if (!authorization.isEmpty()) {
            return byToken(token(authorization.get(0)), visit);
        }
        boolean isLogin = visit.method().equals("POST") && (visit.path().equals(Zone.SESSION) || visit.path().equals(Zone.PROVIDER));
        if (visit.path().equals(Zone.PROVIDER) && visit.isSafe()) {
            // the provider's page leads here; the login's own state tells whether it was begun here
            return new Decision.Enter(null);
        }
        List<String> cookies = visit.cookies(cookie(visit));
        if (cookies.isEmpty() && !isLogin) {
            return zone == Zone.OPEN ? new Decision.Enter(null) : loginNeeded("neither a login nor a token was given");
        }
        if (isFromElsewhere(visit)) {
            return new Decision.Refuse(403, "page-of-another-site", "the request comes from a page that is not one of this server's",
                    "Use the console, or a token in the header Authorization. Behind a proxy, name its address in " + OurNames.VARIABLE
                    + ", such as https://intelmq.example.");
        }
        if (isLogin) {
            return new Decision.Enter(null);
        }
        if (cookies.size() > 1) {
            return new Decision.Refuse(400, "credentials-twice", "the cookie " + cookie(visit) + " appears more than once",
                    "Remove this site's cookies in the browser, and log in again.");
        }
        return byCookie(cookies.get(0), visit, zone);
    }

    private static String token(String authorization) {
        boolean isBearer = authorization.regionMatches(true, 0, BEARER, 0, BEARER.length());
        return isBearer ? authorization.substring(BEARER.length()).strip() : authorization.strip();
    }

    private Decision byToken(String token, HttpVisit visit) {
        if (credentials.isServer(token)) {
            return new Decision.Enter(new Pass("intelmqctl", Role.ADMIN, "server", null, null, false));
        }
        Optional<Tokens.Token> program = credentials.program(token);
        if (program.isPresent()) {
            return checked(Pass.of(program.get(), "token", null), visit);
        }
        // those above cannot be guessed, this one perhaps
        Duration delay = delays.tokenDelay(visit.address());
        if (!delay.isZero()) {
            return new Decision.Refuse(429, "too-many-failures", "too many wrong tokens came from " + visit.address(), "Try again in "
                    + delay.plusMillis(999).toSeconds() + " seconds, with the right token.", delay);
        }
        if (ReadingToken.opens(visit.method(), visit.path()) && reading.is(token)) {
            return new Decision.Enter(new Pass("metrics.token", Role.VIEWER, "metrics", null, null, true));
        }
        delays.tokenFailed(visit.address());
        return loginNeeded("the header Authorization must hold the token of var/run/server.json, or one of 'intelmqctl token list' that has not expired; "
                + "figures may be read with that of etc/metrics.token too");
    }

    private Decision byCookie(String cookie, HttpVisit visit, Zone zone) {
        Pass pass = sessions.find(cookie).orElse(null);
        if (pass == null) {
            return zone == Zone.OPEN ? new Decision.Enter(null) : loginNeeded("the session has ended");
        }
        String csrf = visit.header(CSRF);
        if (!visit.isSafe() && (csrf == null || !RandomToken.same(csrf, pass.csrf()))) {
            return new Decision.Refuse(403, "csrf-token-wrong", "the header " + CSRF + " does not contain the value "
                    + "that GET " + Zone.SESSION + " returns as csrf",
                    "Load the page again.");
        }
        return checked(pass, visit);
    }

    /**
     * Whether somebody who was let in earlier, and still receives something, would be let in now; this prolongs no session.
     *
     * @param pass what they were given then
     */
    public boolean isStillGood(HttpVisit visit, Pass pass) {
        if (visit.showsToken()) {
            String token = token(visit.header("Authorization"));
            return credentials.isServer(token) || credentials.program(token).filter(each -> each.role() == pass.role()).isPresent();
        }
        return visit.cookies(cookie(visit)).stream().map(sessions::look).flatMap(Optional::stream)
                .anyMatch(now -> now.name().equals(pass.name()) && now.role() == pass.role());
    }

    private static Decision checked(Pass pass, HttpVisit visit) {
        if (pass.isReadOnly() && !visit.isSafe() && !visit.path().equals(Zone.SESSION)) {
            return new Decision.Refuse(403, "read-only", "'" + pass.name() + "' may only look", "Log in as a user.");
        }
        return new Decision.Enter(pass);
    }

    /** Browsers say where a page comes from; they send cookies from other ports of the same machine too. */
    private boolean isFromElsewhere(HttpVisit visit) {
        String site = visit.header("Sec-Fetch-Site");
        String origin = visit.header("Origin");
        boolean isElsewhere = site != null && !site.equals("same-origin") && !site.equals("none");
        return isElsewhere || origin != null && !names.isOurOrigin(origin, visit);
    }

    private static Decision.Refuse loginNeeded(String detail) {
        return new Decision.Refuse(401, "login-needed", detail, "Log in, or send a token in the header Authorization.");
    }
}
