package org.intelmq.access;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.function.Supplier;

/** Whose a token or a session is, as things are now. Thread-safe. */
final class Credentials {

    private final Users users;
    private final Tokens tokens;
    private final LastUse lastUse;
    private final Supplier<String> serverToken;

    Credentials(Users users, Tokens tokens, LastUse lastUse, Supplier<String> serverToken) {
        this.users = users;
        this.tokens = tokens;
        this.lastUse = lastUse;
        this.serverToken = serverToken;
    }

    /** Whether it is the token of {@code var/run/server.json}, which may do everything. */
    boolean isServer(String token) {
        return RandomToken.same(token, serverToken.get());
    }

    Optional<Tokens.Token> program(String token) {
        Optional<Tokens.Token> found = read(() -> tokens.find(token));
        found.ifPresent(each -> lastUse.tokenWasUsed(each.id()));
        return found;
    }

    /** Empty if the user is gone, or has another password or role since the session began. */
    Optional<Account> current(Sessions.Session session) {
        return read(() -> users.find(session.account().name(), session.evidence())).filter(session.account()::equals);
    }

    /** The token with which a display's session began, if it is good still. */
    Optional<Tokens.Token> display(Sessions.Session session) {
        return read(() -> tokens.get(session.evidence()));
    }

    @FunctionalInterface
    private interface Reading<T> {
        T get() throws IOException;
    }

    private static <T> T read(Reading<T> reading) {
        try {
            return reading.get();
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }
}
