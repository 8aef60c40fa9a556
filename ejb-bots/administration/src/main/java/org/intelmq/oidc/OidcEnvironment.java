package org.intelmq.oidc;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import org.intelmq.access.Role;
import org.intelmq.parameters.SecretFiles;
import org.intelmq.tls.Tls;

/** Reads {@link OidcSettings} from the environment's {@code INTELMQ_OIDC_…}, and names all that is wrong with them at once. Used once. */
public final class OidcEnvironment {

    static final String PREFIX = "INTELMQ_OIDC_";
    private static final String ISSUER = PREFIX + "ISSUER";
    private static final String CLIENT_ID = PREFIX + "CLIENT_ID";
    private static final String CLIENT_SECRET = PREFIX + "CLIENT_SECRET";
    private static final String CLIENT_SECRET_FILE = PREFIX + "CLIENT_SECRET_FILE";
    private static final String LABEL = PREFIX + "LABEL";
    private static final String SCOPES = PREFIX + "SCOPES";
    private static final String ACCOUNT_CLAIM = PREFIX + "ACCOUNT_CLAIM";
    private static final String ROLES_CLAIM = PREFIX + "ROLES_CLAIM";
    private static final String ROLES = PREFIX + "ROLES";
    private static final String CA_CERTIFICATE = PREFIX + "CA_CERTIFICATE";
    private static final Set<String> KNOWN = Set.of(ISSUER, CLIENT_ID, CLIENT_SECRET, CLIENT_SECRET_FILE, LABEL, SCOPES, ACCOUNT_CLAIM, ROLES_CLAIM, ROLES,
            CA_CERTIFICATE);

    private static final Pattern LABEL_FORM = Pattern.compile("[^\\p{Cntrl}]{1,40}");
    private static final Pattern SCOPE_FORM = Pattern.compile("[!#-\\[\\]-~]+");
    private static final String OPENID = "openid";

    private final Map<String, String> environment;
    private final Path root;
    private final List<String> problems = new ArrayList<>();

    /**
     * What was found.
     *
     * @param settings {@code null} if nothing is set, or something is wrong
     * @param problems a line each, for operators
     */
    public record Reading(OidcSettings settings, List<String> problems) { }

    private OidcEnvironment(Map<String, String> environment, Path root) {
        this.environment = environment;
        this.root = root;
    }

    /** @param root where relative paths begin */
    public static Reading read(Map<String, String> environment, Path root) {
        boolean isWanted = environment.keySet().stream().anyMatch(name -> name.startsWith(PREFIX));
        return isWanted ? new OidcEnvironment(environment, root).read() : new Reading(null, List.of());
    }

    private Reading read() {
        Set<String> unknown = new TreeSet<>(environment.keySet());
        unknown.removeIf(name -> !name.startsWith(PREFIX) || KNOWN.contains(name));
        unknown.forEach(name -> problems.add("the environment's " + name + " is not known: expected one of " + String.join(", ", new TreeSet<>(KNOWN))));
        URI issuer = issuer();
        String clientId = required(CLIENT_ID, "the name under which the provider knows this server");
        String secret = secret();
        String label = text(LABEL, issuer == null ? "" : issuer.getHost());
        if (issuer != null && !LABEL_FORM.matcher(label).matches()) {
            problems.add(wrong(LABEL, label, "at most 40 characters on one line"));
        }
        List<String> scopes = scopes();
        Map<String, Role> roles = roles();
        SSLContext tls = tls();
        OidcSettings settings = problems.isEmpty() ? new OidcSettings(issuer, clientId, secret, label, scopes, text(ACCOUNT_CLAIM, "preferred_username"),
                text(ROLES_CLAIM, "groups"), roles, tls) : null;
        return new Reading(settings, List.copyOf(problems));
    }

    private String text(String name, String usual) {
        String given = environment.getOrDefault(name, "").strip();
        return given.isEmpty() ? usual : given;
    }

    private String required(String name, String expected) {
        String given = text(name, "");
        if (given.isEmpty()) {
            problems.add("the environment's " + name + " is missing: expected " + expected);
        }
        return given;
    }

    private static String wrong(String name, String given, String expected) {
        return "the environment's " + name + " cannot be \"" + given + "\": expected " + expected;
    }

    private URI issuer() {
        String expected = "the provider's address, such as https://login.example/realms/soc";
        String given = required(ISSUER, expected);
        if (given.isEmpty()) {
            return null;
        }
        try {
            URI issuer = URI.create(given);
            if (SafeAddress.is(issuer) && issuer.getRawQuery() == null && issuer.getRawFragment() == null) {
                return issuer;
            }
        } catch (IllegalArgumentException e) {
            // no address at all is wrong in the same way
        }
        problems.add(wrong(ISSUER, given, expected + ", with https unless it is on this machine, without query"));
        return null;
    }

    private String secret() {
        boolean isInFile = !text(CLIENT_SECRET_FILE, "").isEmpty();
        if (isInFile && !text(CLIENT_SECRET, "").isEmpty()) {
            problems.add("the environment has both " + CLIENT_SECRET + " and " + CLIENT_SECRET_FILE + ": remove one of them");
            return null;
        }
        String given = isInFile ? "${file:" + text(CLIENT_SECRET_FILE, "") + "}"
                : required(CLIENT_SECRET, "what the provider has issued for this server, or ${credential:NAME}, or a file in " + CLIENT_SECRET_FILE);
        try {
            return SecretFiles.read(given, root, environment);
        } catch (IOException e) {
            problems.add("the environment's " + (isInFile ? CLIENT_SECRET_FILE : CLIENT_SECRET) + " cannot be used: " + e.getMessage());
            return null;
        }
    }

    private List<String> scopes() {
        List<String> scopes = List.of(text(SCOPES, OPENID + " profile").split("[\\s,]+"));
        if (!scopes.contains(OPENID) || scopes.stream().anyMatch(scope -> !SCOPE_FORM.matcher(scope).matches())) {
            problems.add(wrong(SCOPES, text(SCOPES, ""), "scopes separated by spaces, " + OPENID + " among them"));
        }
        return scopes;
    }

    /** Values that have commas, such as names of LDAP, are separated by semicolons. */
    private Map<String, Role> roles() {
        String given = required(ROLES, "which value of the claim gives which role, such as intelmq-admins=admin,soc=operator");
        Map<String, Role> roles = new LinkedHashMap<>();
        Arrays.stream(given.split(given.contains(";") ? ";" : ",")).map(String::strip).filter(pair -> !pair.isEmpty()).forEach(pair -> {
            int equals = pair.lastIndexOf('=');
            if (equals <= 0) {
                problems.add(wrong(ROLES, pair, "VALUE=ROLE, separated by commas or semicolons"));
                return;
            }
            try {
                Role role = Role.of(pair.substring(equals + 1).strip());
                Role before = roles.put(pair.substring(0, equals).strip(), role);
                if (before != null && before != role) {
                    problems.add("the environment's " + ROLES + " gives '" + pair.substring(0, equals).strip() + "' two roles: remove one");
                }
            } catch (IllegalArgumentException e) {
                problems.add(wrong(ROLES, pair, "a role after the last '=' (" + e.getMessage() + ")"));
            }
        });
        return roles;
    }

    private SSLContext tls() {
        String file = text(CA_CERTIFICATE, "");
        if (file.isEmpty()) {
            return null;
        }
        try {
            return Tls.context(null, Tls.authorities(root.resolve(file)));
        } catch (IOException | IllegalArgumentException e) {
            problems.add(wrong(CA_CERTIFICATE, file, "a file with the certificates of authorities in PEM format (" + e.getMessage() + ")"));
            return null;
        }
    }
}
