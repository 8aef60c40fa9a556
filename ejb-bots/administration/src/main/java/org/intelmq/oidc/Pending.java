package org.intelmq.oidc;

import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.openid.connect.sdk.Nonce;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.intelmq.access.RandomToken;
import org.intelmq.oidc.SignOnException.Reason;

/** Logins that have been begun, in memory: each can be finished once, in time, and by the browser that has begun it. Thread-safe. */
final class Pending {

    static final Duration GOOD = Duration.ofMinutes(10);
    private static final int MOST = 10_000;

    private final Clock clock;
    /** By digest of the state; the oldest first. */
    private final Map<String, Entry> byState = new LinkedHashMap<>();

    /**
     * What a login is finished with.
     *
     * @param proofDigest of what the browser keeps in a cookie
     * @param next        the page to show then
     */
    record Entry(String proofDigest, Nonce nonce, CodeVerifier verifier, URI redirect, String next, Instant begun) { }

    Pending(Clock clock) {
        this.clock = clock;
    }

    synchronized void add(String state, Entry entry) {
        Instant oldest = clock.instant().minus(GOOD);
        byState.values().removeIf(each -> each.begun().isBefore(oldest));
        if (byState.size() >= MOST) {
            byState.remove(byState.keySet().iterator().next());
        }
        byState.put(RandomToken.digest(state), entry);
    }

    /** @throws SignOnException unless it was begun by this browser, is not finished yet, and is in time */
    Entry finish(String state, String proof) throws SignOnException {
        Entry entry = remove(RandomToken.digest(state));
        if (entry == null) {
            throw new SignOnException(Reason.NOT_BEGUN_HERE, "no login was begun with this state, or it has already been finished");
        }
        if (!RandomToken.same(entry.proofDigest(), RandomToken.digest(proof))) {
            throw new SignOnException(Reason.NOT_BEGUN_HERE, "the login was begun in another browser");
        }
        if (entry.begun().plus(GOOD).isBefore(clock.instant())) {
            throw new SignOnException(Reason.NOT_BEGUN_HERE, "the login was begun more than " + GOOD.toMinutes() + " minutes ago");
        }
        return entry;
    }

    private synchronized Entry remove(String digest) {
        return byState.remove(digest);
    }
}
