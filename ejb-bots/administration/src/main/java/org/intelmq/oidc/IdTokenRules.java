package org.intelmq.oidc;

import com.nimbusds.jwt.proc.BadJWTException;
import com.nimbusds.openid.connect.sdk.claims.AuthorizedParty;
import com.nimbusds.openid.connect.sdk.claims.IDTokenClaimsSet;
import com.nimbusds.openid.connect.sdk.validators.IDTokenValidator;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.regex.Pattern;

/** What OpenID Connect and RFC 7519 require of an ID token beyond what {@link IDTokenValidator} looks at. */
final class IdTokenRules {

    private static final Duration CLOCKS_DIFFER = Duration.ofSeconds(IDTokenValidator.DEFAULT_MAX_CLOCK_SKEW);
    private static final String NOT_BEFORE = "nbf";
    private static final String SUBJECT_CLAIM = "sub";
    private static final Pattern SUBJECT = Pattern.compile("[ -~]{1,255}");

    private IdTokenRules() { }

    /** @param clientId as which the provider knows us */
    static void require(IDTokenClaimsSet claims, String clientId) throws BadJWTException {
        Date begin = claims.getDateClaim(NOT_BEFORE);
        // the library compares the other times with the clock of the machine too
        if (begin != null && begin.toInstant().isAfter(Instant.now().plus(CLOCKS_DIFFER))) {
            throw new BadJWTException("it is not valid before " + begin.toInstant());
        }
        AuthorizedParty party = claims.getAuthorizedParty();
        if (party != null && !party.getValue().equals(clientId)) {
            throw new BadJWTException("it was issued to the client \"" + party.getValue() + "\" (azp), expected \"" + clientId + '"');
        }
        String subject = claims.getStringClaim(SUBJECT_CLAIM);
        if (!SUBJECT.matcher(subject).matches()) {
            throw new BadJWTException("its subject has " + subject.length() + " characters: expected 1 to 255 of ASCII");
        }
    }
}
