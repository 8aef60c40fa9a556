package org.intelmq.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jwt.JWT;
import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.ErrorObject;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenResponse;
import com.nimbusds.oauth2.sdk.auth.ClientAuthentication;
import com.nimbusds.oauth2.sdk.auth.ClientAuthenticationMethod;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.ClientSecretPost;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.oauth2.sdk.token.AccessToken;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponse;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponseParser;
import com.nimbusds.openid.connect.sdk.UserInfoRequest;
import com.nimbusds.openid.connect.sdk.UserInfoResponse;
import com.nimbusds.openid.connect.sdk.claims.IDTokenClaimsSet;
import com.nimbusds.openid.connect.sdk.claims.UserInfo;
import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.intelmq.oidc.SignOnException.Reason;

/** Turns a code into claims that are believed. Thread-safe. */
final class CodeExchange {

    private static final int LONGEST_QUOTE = 200;

    private final OidcSettings settings;
    private final ProviderClient client;

    CodeExchange(OidcSettings settings, ProviderClient client) {
        this.settings = settings;
        this.client = client;
    }

    /** The claims of the ID token; with those of the provider's page about users if one of ours is not among them. */
    Claims claims(Provider.Known provider, AuthorizationCode code, URI redirect, CodeVerifier verifier, Nonce nonce) throws SignOnException {
        OIDCTokenResponse tokens = tokens(provider, new AuthorizationCodeGrant(code, redirect, verifier));
        Map<String, Object> claims = believed(provider, tokens.getOIDCTokens().getIDToken(), nonce);
        Claims told = new Claims(claims);
        URI userInfo = provider.metadata().getUserInfoEndpointURI();
        if (userInfo == null || told.has(settings.accountClaim()) && told.has(settings.rolesClaim())) {
            return told;
        }
        Map<String, Object> all = new LinkedHashMap<>(userInfo(userInfo, tokens.getOIDCTokens().getAccessToken(), told.subject()));
        all.putAll(claims);
        return new Claims(all);
    }

    private OIDCTokenResponse tokens(Provider.Known provider, AuthorizationCodeGrant grant) throws SignOnException {
        TokenRequest request = new TokenRequest.Builder(provider.metadata().getTokenEndpointURI(), authentication(provider), grant).build();
        TokenResponse answer;
        try {
            answer = OIDCTokenResponseParser.parse(request.toHTTPRequest().send(client));
        } catch (IOException e) {
            throw new SignOnException(Reason.PROVIDER_UNREACHABLE, "the provider cannot be asked for a token: " + e.getMessage(), e);
        } catch (ParseException | IllegalArgumentException e) {
            throw new SignOnException(Reason.PROVIDER_ANSWER_UNUSABLE, "the provider's answer with tokens is not usable: " + quoted(e.getMessage()), e);
        }
        if (!answer.indicatesSuccess()) {
            ErrorObject error = answer.toErrorResponse().getErrorObject();
            String what = "invalid_client".equals(error.getCode()) ? "; check INTELMQ_OIDC_CLIENT_ID and INTELMQ_OIDC_CLIENT_SECRET" : "";
            throw new SignOnException(Reason.PROVIDER_REFUSED, "the provider gives no token: status " + error.getHTTPStatusCode() + ", " + quoted(error)
                    + what);
        }
        return (OIDCTokenResponse) answer.toSuccessResponse();
    }

    private ClientAuthentication authentication(Provider.Known provider) {
        List<ClientAuthenticationMethod> taken = provider.metadata().getTokenEndpointAuthMethods();
        ClientID id = new ClientID(settings.clientId());
        Secret secret = new Secret(settings.clientSecret());
        boolean isInBody = taken != null && !taken.contains(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                && taken.contains(ClientAuthenticationMethod.CLIENT_SECRET_POST);
        return isInBody ? new ClientSecretPost(id, secret) : new ClientSecretBasic(id, secret);
    }

    private Map<String, Object> believed(Provider.Known provider, JWT token, Nonce nonce) throws SignOnException {
        if (token == null) {
            throw new SignOnException(Reason.PROVIDER_ANSWER_UNUSABLE, "the provider's answer has no ID token: allow the scope openid for this client");
        }
        try {
            IDTokenClaimsSet claims = provider.tokens().validate(token, nonce);
            IdTokenRules.require(claims, settings.clientId());
            return claims.toJSONObject();
        } catch (RateLimitReachedException e) {
            throw new SignOnException(Reason.PROVIDER_UNREACHABLE, "the key of the provider's ID token is not known, and the provider is asked for its keys "
                    + "only twice in half a minute", e);
        } catch (BadJOSEException e) {
            throw new SignOnException(Reason.PROVIDER_ANSWER_UNUSABLE, "the provider's ID token is not accepted: " + quoted(e.getMessage()), e);
        } catch (JOSEException e) {
            throw new SignOnException(Reason.PROVIDER_UNREACHABLE, "the provider's keys cannot be fetched: " + quoted(root(e).getMessage()), e);
        }
    }

    private Map<String, Object> userInfo(URI address, AccessToken token, String subject) throws SignOnException {
        try {
            UserInfoResponse answer = UserInfoResponse.parse(new UserInfoRequest(address, token).toHTTPRequest().send(client));
            UserInfo info = answer.indicatesSuccess() ? answer.toSuccessResponse().getUserInfo() : null;
            if (info == null) {
                throw new SignOnException(Reason.PROVIDER_ANSWER_UNUSABLE, address + " does not return the user's claims as JSON");
            }
            if (!info.getSubject().getValue().equals(subject)) {
                throw new SignOnException(Reason.PROVIDER_ANSWER_UNUSABLE, address + " returns the claims of another user than the ID token's");
            }
            return info.toJSONObject();
        } catch (IOException e) {
            throw new SignOnException(Reason.PROVIDER_UNREACHABLE, "the provider cannot be asked for the claims of the user: " + e.getMessage(), e);
        } catch (ParseException | IllegalArgumentException e) {
            throw new SignOnException(Reason.PROVIDER_ANSWER_UNUSABLE, address + " does not return the user's claims: " + quoted(e.getMessage()), e);
        }
    }

    private static Throwable root(Throwable problem) {
        Throwable root = problem;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }

    /** The reason that the provider gives, as far as it gives one. */
    static String quoted(ErrorObject error) {
        String reason = Stream.of(error.getCode(), error.getDescription()).filter(Objects::nonNull).collect(Collectors.joining(" "));
        return reason.isBlank() ? "without a reason" : quoted(reason);
    }

    /** What the provider has written is not to fill the log. */
    static String quoted(String text) {
        String given = String.valueOf(text);
        return given.length() <= LONGEST_QUOTE ? given : given.substring(0, LONGEST_QUOTE) + "…";
    }
}
