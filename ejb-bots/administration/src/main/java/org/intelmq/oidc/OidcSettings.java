package org.intelmq.oidc;

import java.net.URI;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.intelmq.access.Role;

/**
 * Which provider tells who somebody is, and what its claims mean here. Immutable.
 *
 * @param issuer       the provider's address, as its tokens spell it
 * @param label        what the login page calls it
 * @param scopes       what is asked for, {@code openid} among them
 * @param accountClaim the claim that holds the name of the account
 * @param rolesClaim   the claim that holds a value or a list of values; dots lead into nested claims
 * @param roles        by value of that claim
 * @param tls          whom to believe; {@code null} for what the authorities that Java knows have signed
 */
public record OidcSettings(URI issuer, String clientId, String clientSecret, String label, List<String> scopes, String accountClaim, String rolesClaim,
                           Map<String, Role> roles, SSLContext tls) {

    public OidcSettings {
        scopes = List.copyOf(scopes);
        roles = Map.copyOf(roles);
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return clientId + " at " + issuer;
    }
}
