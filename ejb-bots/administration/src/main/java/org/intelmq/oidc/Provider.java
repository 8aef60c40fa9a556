package org.intelmq.oidc;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.oauth2.sdk.GeneralException;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import com.nimbusds.openid.connect.sdk.validators.IDTokenValidator;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.intelmq.oidc.SignOnException.Reason;

/**
 * What the provider says of itself in its discovery document, read when it is first needed and then every hour, and the keys of its
 * tokens. A key that is not known is looked for at the provider, twice in half a minute at most. Thread-safe.
 */
final class Provider {

    private static final Duration FRESH = Duration.ofHours(1);
    /** Of tokens: neither none, nor a shared secret, which would let us sign tokens ourselves. */
    private static final Set<JWSAlgorithm> ALGORITHMS = Set.of(JWSAlgorithm.RS256, JWSAlgorithm.RS384, JWSAlgorithm.RS512, JWSAlgorithm.PS256,
            JWSAlgorithm.PS384, JWSAlgorithm.PS512, JWSAlgorithm.ES256, JWSAlgorithm.ES384, JWSAlgorithm.ES512);

    private final OidcSettings settings;
    private final ProviderClient client;
    private final Clock clock;
    private volatile Known known;

    /**
     * What is known of it.
     *
     * @param tokens decides which ID tokens are believed
     */
    record Known(OIDCProviderMetadata metadata, IDTokenValidator tokens, Instant until) { }

    Provider(OidcSettings settings, ProviderClient client, Clock clock) {
        this.settings = settings;
        this.client = client;
        this.clock = clock;
    }

    Known known() throws SignOnException {
        Known last = known;
        if (last == null || !clock.instant().isBefore(last.until())) {
            last = read();
            known = last;
        }
        return last;
    }

    private Known read() throws SignOnException {
        Issuer issuer = new Issuer(settings.issuer());
        OIDCProviderMetadata metadata;
        try {
            String document = new String(client.get(URI.create(OIDCProviderMetadata.resolveURL(issuer).toString())).body(), StandardCharsets.UTF_8);
            metadata = OIDCProviderMetadata.parse(document);
        } catch (IOException e) {
            throw new SignOnException(Reason.PROVIDER_UNREACHABLE, "the provider's discovery document cannot be fetched: " + e.getMessage(), e);
        } catch (GeneralException e) {
            throw unusable("it cannot be read: " + CodeExchange.quoted(e.getMessage()), e);
        }
        if (!metadata.getIssuer().equals(issuer)) {
            throw unusable("it belongs to the issuer \"" + CodeExchange.quoted(metadata.getIssuer().getValue())
                    + "\", but INTELMQ_OIDC_ISSUER is \"" + issuer
                    + "\": set it to exactly the name that the provider gives itself", null);
        }
        requireAddresses(metadata);
        List<CodeChallengeMethod> challenges = metadata.getCodeChallengeMethods();
        if (challenges != null && !challenges.contains(CodeChallengeMethod.S256)) {
            throw unusable("it does not offer the code challenge method S256, only " + CodeExchange.quoted(challenges.toString())
                    + ": switch PKCE on for this client", null);
        }
        return new Known(metadata, tokens(metadata, issuer), clock.instant().plus(FRESH));
    }

    private static void requireAddresses(OIDCProviderMetadata metadata) throws SignOnException {
        Map<String, URI> addresses = new LinkedHashMap<>();
        addresses.put("authorization_endpoint", metadata.getAuthorizationEndpointURI());
        addresses.put("token_endpoint", metadata.getTokenEndpointURI());
        addresses.put("jwks_uri", metadata.getJWKSetURI());
        if (metadata.getUserInfoEndpointURI() != null) {
            addresses.put("userinfo_endpoint", metadata.getUserInfoEndpointURI());
        }
        for (Map.Entry<String, URI> each : addresses.entrySet()) {
            if (!SafeAddress.is(each.getValue())) {
                throw unusable("its " + each.getKey() + " is " + (each.getValue() == null ? "missing"
                        : "\"" + CodeExchange.quoted(each.getValue().toString()) + '"')
                        + ": expected an address with https", null);
            }
        }
    }

    private IDTokenValidator tokens(OIDCProviderMetadata metadata, Issuer issuer) throws SignOnException {
        try {
            JWKSource<SecurityContext> keys = JWKSourceBuilder.create(metadata.getJWKSetURI().toURL(), client).refreshAheadCache(false).build();
            return new IDTokenValidator(issuer, new ClientID(settings.clientId()), new JWSVerificationKeySelector<>(ALGORITHMS, keys), null);
        } catch (MalformedURLException e) {
            throw unusable("its jwks_uri is not an address", e);
        }
    }

    private static SignOnException unusable(String reason, Exception cause) {
        return new SignOnException(Reason.PROVIDER_ANSWER_UNUSABLE, "the provider's discovery document is not usable: " + reason, cause);
    }
}
