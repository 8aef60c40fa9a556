package org.intelmq.access;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Logger;

/**
 * When users last logged in and tokens were last used, to the minute: a separate file, because it changes often and is not missed much.
 * Thread-safe.
 */
public final class LastUse {

    private static final Logger LOG = Logger.getLogger(LastUse.class.getName());
    private static final Duration EXACT_TO = Duration.ofMinutes(1);

    private final AccountFile<Instant> file;
    private final Clock clock;
    /** What this process has written, so that the file is left alone within a minute. */
    private final Map<String, Instant> written = new ConcurrentHashMap<>();

    private static final class Form implements AccountFile.Form<Instant> {

        @Override
        public Instant read(Map<?, ?> fields) {
            return Timestamps.read(fields.get("used"));
        }

        @Override
        public Map<String, Object> write(Instant used) {
            return Map.of("used", used.toString());
        }
    }

    public LastUse(Path file, Clock clock) {
        this.file = new AccountFile<>(file, new Form(), "It may be deleted: it holds times only.");
        this.clock = clock;
    }

    private static String user(String name) {
        return "user " + name;
    }

    private static String token(String id) {
        return "token " + id;
    }

    public Optional<Instant> ofUser(String name) {
        return of(user(name));
    }

    public Optional<Instant> ofToken(String id) {
        return of(token(id));
    }

    void userWasHere(String name) {
        note(user(name));
    }

    void tokenWasUsed(String id) {
        note(token(id));
    }

    /** Forgets a user that is removed. */
    public void forgetUser(String name) {
        forget(user(name));
    }

    /** Forgets a token that is removed. */
    public void forgetToken(String id) {
        forget(token(id));
    }

    private Optional<Instant> of(String key) {
        try {
            return Optional.ofNullable(file.entries().get(key));
        } catch (IOException e) {
            LOG.warning(e.getMessage());
            return Optional.empty();
        }
    }

    private void note(String key) {
        Instant now = Timestamps.now(clock);
        Instant before = written.get(key);
        if (before != null && before.plus(EXACT_TO).isAfter(now)) {
            return;
        }
        written.put(key, now);
        change(key, now);
    }

    private void forget(String key) {
        written.remove(key);
        change(key, null);
    }

    /** Nobody is kept out because this cannot be written. */
    private void change(String key, Instant used) {
        try {
            file.change(all -> {
                if (used == null) {
                    all.remove(key);
                } else {
                    all.put(key, used);
                }
            });
        } catch (IOException e) {
            LOG.warning("When " + key + " was last used is not recorded: " + e.getMessage());
        }
    }
}
