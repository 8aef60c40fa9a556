package org.intelmq.oidc;

import com.nimbusds.oauth2.sdk.ErrorObject;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.AuthenticationResponse;
import com.nimbusds.openid.connect.sdk.AuthenticationResponseParser;
import com.nimbusds.openid.connect.sdk.Nonce;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.intelmq.access.Account;
import org.intelmq.access.RandomToken;
import org.intelmq.access.Role;
import org.intelmq.oidc.SignOnException.Reason;

/**
 * The login with a provider of OpenID Connect: the code flow with PKCE, state and nonce, finished only by the browser that has begun
 * it. The provider is first asked when somebody logs in. Thread-safe.
 */
public final class SignOn {

    /** Before the names of accounts, so that none is that of a user of this server. */
    public static final String PREFIX = "oidc:";

    private static final Pattern NAME = Pattern.compile("[0-9A-Za-z][0-9A-Za-z._@+|:-]{0,63}");

    private final OidcSettings settings;
    private final Provider provider;
    private final CodeExchange exchange;
    private final Pending pending;
    private final Clock clock;

    /**
     * A login that has been begun.
     *
     * @param address where the browser is to go
     * @param proof   what the browser is to keep in a cookie, and to show when it comes back
     */
    public record Begun(URI address, String proof) { }

    /**
     * A login that has been finished.
     *
     * @param subject by which the provider knows the user
     * @param next    the page to show
     */
    public record Finished(Account account, String subject, String next) { }

    public SignOn(OidcSettings settings, Clock clock) {
        this(settings, clock, ProviderClient.LONGEST);
    }

    /** @param longest that an answer of the provider is waited for */
    SignOn(OidcSettings settings, Clock clock, Duration longest) {
        this.settings = settings;
        this.clock = clock;
        ProviderClient client = new ProviderClient(settings.tls(), longest);
        this.provider = new Provider(settings, client, clock);
        this.exchange = new CodeExchange(settings, client);
        this.pending = new Pending(clock);
    }

    /** What the login page calls the provider. */
    public String label() {
        return settings.label();
    }

    /** How long a login may take. */
    public static Duration longest() {
        return Pending.GOOD;
    }

    /**
     * @param redirect where the provider sends the browser back to, as it is registered there
     * @param next     the page to show in the end
     */
    public Begun begin(URI redirect, String next) throws SignOnException {
        URI authorization = provider.known().metadata().getAuthorizationEndpointURI();
        State state = new State();
        Nonce nonce = new Nonce();
        CodeVerifier verifier = new CodeVerifier();
        String proof = RandomToken.make();
        URI address = new AuthenticationRequest.Builder(ResponseType.CODE, new Scope(settings.scopes().toArray(String[]::new)),
                new ClientID(settings.clientId()), redirect).endpointURI(authorization).state(state).nonce(nonce)
                .codeChallenge(verifier, CodeChallengeMethod.S256).build().toURI();
        pending.add(state.getValue(), new Pending.Entry(RandomToken.digest(proof), nonce, verifier, redirect, next, clock.instant()));
        return new Begun(address, proof);
    }

    /**
     * @param query with which the browser has come back, all values of each parameter
     * @param proof of the browser's cookie, empty for none
     */
    public Finished finish(Map<String, List<String>> query, String proof) throws SignOnException {
        List<String> states = query.getOrDefault("state", List.of());
        if (states.size() != 1) {
            throw new SignOnException(Reason.NOT_BEGUN_HERE, "the browser came back without a state");
        }
        Pending.Entry begun = pending.finish(states.get(0), proof);
        AuthenticationResponse response = response(query, begun);
        Provider.Known known = provider.known();
        requireIssuer(response, known);
        if (!response.indicatesSuccess()) {
            ErrorObject error = response.toErrorResponse().getErrorObject();
            throw new SignOnException(Reason.PROVIDER_REFUSED, "the provider did not let the user in: "
                    + CodeExchange.quoted(error));
        }
        Claims claims = exchange.claims(known, response.toSuccessResponse().getAuthorizationCode(), begun.redirect(), begun.verifier(), begun.nonce());
        return new Finished(account(claims), claims.subject(), begun.next());
    }

    private static AuthenticationResponse response(Map<String, List<String>> query, Pending.Entry begun) throws SignOnException {
        Optional<String> twice = query.entrySet().stream().filter(each -> each.getValue().size() != 1).map(Map.Entry::getKey).findFirst();
        try {
            if (twice.isEmpty()) {
                AuthenticationResponse response = AuthenticationResponseParser.parse(begun.redirect(), query);
                if (!response.indicatesSuccess() || response.toSuccessResponse().getAuthorizationCode() != null) {
                    return response;
                }
            }
        } catch (ParseException | IllegalArgumentException e) {
            throw new SignOnException(Reason.PROVIDER_ANSWER_UNUSABLE, "the provider sent the browser back with unusable data: "
                    + CodeExchange.quoted(e.getMessage()), e);
        }
        throw new SignOnException(Reason.PROVIDER_ANSWER_UNUSABLE, "the provider did not send the browser back with exactly one code");
    }

    /** RFC 9207: so that the code of one provider is not sent to another. */
    private void requireIssuer(AuthenticationResponse response, Provider.Known known) throws SignOnException {
        Issuer given = response.getIssuer();
        boolean isWrong = given == null ? known.metadata().supportsAuthorizationResponseIssuerParam() : !given.getValue().equals(settings.issuer().toString());
        if (isWrong) {
            throw new SignOnException(Reason.PROVIDER_ANSWER_UNUSABLE, "the browser was sent back by the issuer " + (given == null ? "(not told)"
                    : "\"" + CodeExchange.quoted(given.getValue()) + '"') + ", expected \"" + settings.issuer() + '"');
        }
    }

    private Account account(Claims claims) throws SignOnException {
        Object given = claims.value(settings.accountClaim());
        if (!(given instanceof String name) || !NAME.matcher(name).matches()) {
            throw new SignOnException(Reason.NO_ACCOUNT_NAME, "the claim '" + settings.accountClaim() + "' "
                    + (given == null ? "is missing" : "cannot be \"" + CodeExchange.quoted(given.toString()) + '"')
                    + ": expected a letter or digit, then up to 63 of these and . _ @ + | : -; set INTELMQ_OIDC_ACCOUNT_CLAIM to another claim, such as sub");
        }
        List<String> values = claims.texts(settings.rolesClaim());
        Role role = values.stream().map(settings.roles()::get).filter(each -> each != null).max(Comparator.naturalOrder()).orElse(null);
        if (role == null) {
            throw new SignOnException(Reason.NO_ROLE, "'" + PREFIX + name + "' has no role: the claim '" + settings.rolesClaim() + "' "
                    + (claims.has(settings.rolesClaim()) ? "holds " + CodeExchange.quoted(values.isEmpty() ? "no text" : values.toString()) : "is missing")
                    + ", and INTELMQ_OIDC_ROLES knows "
                    + new TreeSet<>(settings.roles().keySet()), PREFIX + name, null);
        }
        return new Account(PREFIX + name, role);
    }
}
