package org.intelmq.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Tokens of those who have logged in, in memory: each is good as long as it is used in time, and until the server ends. Thread-safe. */
public final class Sessions {

    private static final int TOKEN_BYTES = 32;
    private static final int MOST = 10_000;

    private final Clock clock;
    private final Duration longestIdle;
    private final SecureRandom random = new SecureRandom();
    /** By digest of the token, so that nothing of it can be learnt from the time a look-up takes; the longest unused first. */
    private final Map<String, Session> byDigest = new LinkedHashMap<>();

    /**
     * Who has logged in.
     *
     * @param password what stood for the user's password when the session began
     * @param used     when its token was last shown
     */
    public record Session(Account account, String password, Instant used) { }

    public Sessions(Clock clock, Duration longestIdle) {
        this.clock = clock;
        this.longestIdle = longestIdle;
    }

    /**
     * A new token of 64 hexadecimal digits.
     *
     * @param password what stands for the user's password now
     */
    public synchronized String begin(Account account, String password) {
        byte[] token = new byte[TOKEN_BYTES];
        random.nextBytes(token);
        String text = HexFormat.of().formatHex(token);
        forgetIdle();
        if (byDigest.size() >= MOST) {
            byDigest.remove(byDigest.keySet().iterator().next());
        }
        byDigest.put(digest(text), new Session(account, password, clock.instant()));
        return text;
    }

    /** Whose token it is; it is good for longer from now on. */
    public synchronized Optional<Session> find(String token) {
        forgetIdle();
        String digest = digest(token);
        Session session = byDigest.remove(digest);
        if (session == null) {
            return Optional.empty();
        }
        byDigest.put(digest, new Session(session.account(), session.password(), clock.instant()));
        return Optional.of(session);
    }

    public synchronized void end(String token) {
        byDigest.remove(digest(token));
    }

    private void forgetIdle() {
        Instant oldest = clock.instant().minus(longestIdle);
        Iterator<Session> sessions = byDigest.values().iterator();
        while (sessions.hasNext() && sessions.next().used().isBefore(oldest)) {
            sessions.remove();
        }
    }

    private static String digest(String token) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
