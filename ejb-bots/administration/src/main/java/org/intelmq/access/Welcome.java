package org.intelmq.access;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** The one-time link with which the first user is made, as long as there is none. Thread-safe. */
public final class Welcome {

    /** After that it opens nothing. */
    public static final Duration GOOD = Duration.ofHours(1);

    private final Clock clock;
    private String digest;
    private Instant ends;

    Welcome(Clock clock) {
        this.clock = clock;
    }

    /** A new one, which makes an older one useless. */
    public synchronized String make() {
        String link = RandomToken.make();
        digest = RandomToken.digest(link);
        ends = clock.instant().plus(GOOD);
        return link;
    }

    synchronized boolean is(String link) {
        return digest != null && RandomToken.same(digest, RandomToken.digest(link)) && clock.instant().isBefore(ends);
    }

    synchronized void used() {
        digest = null;
    }
}
