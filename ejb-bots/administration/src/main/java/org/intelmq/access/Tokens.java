package org.intelmq.access;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Tokens for programs and for displays: {@code {"<id>": {"name", "role", "digest", "created", "expires", "display"}}} in a file for
 * its owner alone, which holds no token itself; a change counts at once. Thread-safe; of several programs that write, one waits for
 * the other.
 */
public final class Tokens {

    /** How long one is good unless it is said, and at most. */
    public static final Duration USUAL = Duration.ofDays(90);
    public static final Duration LONGEST = Duration.ofDays(366);

    /** Tells what it is where it is found, for those who look for secrets in texts. */
    private static final String PREFIX = "intelmq_";
    private static final Pattern NAME = Pattern.compile("[0-9A-Za-z][0-9A-Za-z._@-]{0,63}");
    private static final int ID_DIGITS = 12;

    private final AccountFile<Token> file;
    private final Clock clock;

    /**
     * What is known of a token.
     *
     * @param id        by which it is removed
     * @param name      what it is for
     * @param isDisplay whether it is for a page that is looked at only: a viewer, who cannot even change settings of its own
     */
    public record Token(String id, String name, Role role, String digest, Instant created, Instant expires, boolean isDisplay) {

        @Override
        public String toString() {
            return "token " + id;
        }
    }

    /** @param text shown once, to whoever has made it */
    public record Made(Token token, String text) {

        @Override
        public String toString() {
            return token.toString();
        }
    }

    private static final class Form implements AccountFile.Form<Token> {

        @Override
        public Token read(Map<?, ?> fields) {
            return new Token(String.valueOf(fields.get("id")), String.valueOf(fields.get("name")), Role.of(String.valueOf(fields.get("role"))),
                    String.valueOf(fields.get("digest")), Timestamps.read(fields.get("created")), Timestamps.read(fields.get("expires")),
                    Boolean.TRUE.equals(fields.get("display")));
        }

        @Override
        public Map<String, Object> write(Token token) {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("id", token.id());
            fields.put("name", token.name());
            fields.put("role", token.role().word());
            fields.put("digest", token.digest());
            fields.put("created", token.created().toString());
            fields.put("expires", token.expires().toString());
            if (token.isDisplay()) {
                fields.put("display", true);
            }
            return fields;
        }
    }

    public Tokens(Path file) {
        this(file, Clock.systemUTC());
    }

    Tokens(Path file, Clock clock) {
        this.file = new AccountFile<>(file, new Form(), "Fix it, or move it away and add the tokens again with 'intelmqctl token add'.");
        this.clock = clock;
    }

    /** Expired ones too, by name. */
    public List<Token> list() throws IOException {
        return file.entries().values().stream().sorted((one, other) -> one.name().compareTo(other.name())).toList();
    }

    /**
     * Makes a token.
     *
     * @param role of a display always {@link Role#VIEWER}
     * @throws IllegalArgumentException for what is not allowed
     */
    public Made add(String name, Role role, Duration good, boolean isDisplay) throws IOException {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("name cannot be '" + name + "': expected a letter or digit, then up to 63 of these and . _ @ -");
        }
        if (good.isNegative() || good.isZero() || good.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("a token cannot be valid for " + good.toDays() + " days: expected 1 to " + LONGEST.toDays());
        }
        if (isDisplay && role != Role.VIEWER) {
            throw new IllegalArgumentException("a token for a display cannot have the role " + role.word() + ": expected viewer");
        }
        String text = PREFIX + RandomToken.make();
        String digest = RandomToken.digest(text);
        Instant now = Timestamps.now(clock);
        Token token = new Token(digest.substring(0, ID_DIGITS), name, role, digest, now, now.plus(good), isDisplay);
        file.change(tokens -> {
            if (tokens.values().stream().anyMatch(other -> other.name().equals(name))) {
                throw new IllegalArgumentException("there is a token of the name '" + name + "': remove it first, or choose another name");
            }
            tokens.put(token.id(), token);
        });
        return new Made(token, text);
    }

    /** Removes a token by its id or name; empty if there is none. */
    public Optional<Token> remove(String idOrName) throws IOException {
        Token[] removed = {null};
        file.change(tokens -> {
            tokens.values().stream().filter(token -> token.id().equals(idOrName) || token.name().equals(idOrName)).findFirst()
                    .ifPresent(token -> removed[0] = tokens.remove(token.id()));
        });
        return Optional.ofNullable(removed[0]);
    }

    /** By its id; empty if it is not known, or no longer valid. */
    Optional<Token> get(String id) throws IOException {
        return Optional.ofNullable(file.entries().get(id)).filter(token -> clock.instant().isBefore(token.expires()));
    }

    /** Empty if it is not known, or no longer valid. */
    Optional<Token> find(String text) throws IOException {
        if (!text.startsWith(PREFIX)) {
            return Optional.empty();
        }
        String digest = RandomToken.digest(text);
        return get(digest.substring(0, ID_DIGITS)).filter(token -> RandomToken.same(token.digest(), digest));
    }
}
