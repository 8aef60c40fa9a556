package org.intelmq.access;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Those who have logged in, in memory: a session ends when it has not been used for a while, after a maximum time in all, and with the
 * server. Thread-safe.
 */
public final class Sessions {

    private static final int MOST = 10_000;
    private static final Duration FOR_EVER = Duration.ofDays(36_500);

    private final Clock clock;
    private final Duration longestIdle;
    private final Duration longest;
    /** By digest of the token, so that nothing of it can be learnt from the time a look-up takes; the longest unused first. */
    private final Map<String, Session> byDigest = new LinkedHashMap<>();

    /**
     * Who has logged in.
     *
     * @param evidence what stood for the user's right to be here when the session began, such as the stored password
     * @param csrf     what a browser's page shows with each change, so that no other page can make the browser ask for one
     * @param used     when its token was last shown
     */
    public record Session(Account account, String evidence, String csrf, Instant began, Instant used) {

        private Session usedAt(Instant now) {
            return new Session(account, evidence, csrf, began, now);
        }

        @Override
        public String toString() {
            return "session of " + account.name();
        }
    }

    public Sessions(Clock clock, Duration longestIdle) {
        this(clock, longestIdle, FOR_EVER);
    }

    public Sessions(Clock clock, Duration longestIdle, Duration longest) {
        this.clock = clock;
        this.longestIdle = longestIdle;
        this.longest = longest;
    }

    /**
     * A new token of 64 hexadecimal digits.
     *
     * @param evidence what stands for the user's right to be here now
     */
    public synchronized String begin(Account account, String evidence) {
        String token = RandomToken.make();
        forgetIdle();
        if (byDigest.size() >= MOST) {
            byDigest.remove(byDigest.keySet().iterator().next());
        }
        Instant now = clock.instant();
        byDigest.put(RandomToken.digest(token), new Session(account, evidence, RandomToken.make(), now, now));
        return token;
    }

    /** Whose token it is; its session is prolonged. */
    public synchronized Optional<Session> find(String token) {
        forgetIdle();
        String digest = RandomToken.digest(token);
        Session session = byDigest.remove(digest);
        Instant now = clock.instant();
        if (session == null || !session.began().plus(longest).isAfter(now)) {
            return Optional.empty();
        }
        byDigest.put(digest, session.usedAt(now));
        return Optional.of(session);
    }

    /** Whose token it is; the session is not prolonged. */
    synchronized Optional<Session> look(String token) {
        forgetIdle();
        return Optional.ofNullable(byDigest.get(RandomToken.digest(token))).filter(session -> session.began().plus(longest).isAfter(clock.instant()));
    }

    /** When the session ends unless it is used again. */
    public Instant end(Session session) {
        Instant idle = clock.instant().plus(longestIdle);
        Instant last = session.began().plus(longest);
        return idle.isBefore(last) ? idle : last;
    }

    public synchronized void end(String token) {
        byDigest.remove(RandomToken.digest(token));
    }

    /** Ends those of a user; answers how many there were. */
    public synchronized int endOf(String name) {
        List<String> ended = byDigest.entrySet().stream().filter(each -> each.getValue().account().name().equals(name)).map(Map.Entry::getKey).toList();
        ended.forEach(byDigest::remove);
        return ended.size();
    }

    private void forgetIdle() {
        Instant oldest = clock.instant().minus(longestIdle);
        Iterator<Session> sessions = byDigest.values().iterator();
        while (sessions.hasNext() && sessions.next().used().isBefore(oldest)) {
            sessions.remove();
        }
    }
}
