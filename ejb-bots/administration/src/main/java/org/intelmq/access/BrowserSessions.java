package org.intelmq.access;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/**
 * The sessions of browsers: of users, of those whom a provider knows, and of displays, which last as long as their token. What changes
 * at a provider is seen at the next login. Thread-safe.
 */
final class BrowserSessions {

    /** Of a user without a request, and in all. */
    static final Duration LONGEST_IDLE = Duration.ofHours(1);
    static final Duration LONGEST = Duration.ofHours(12);
    private static final Duration DISPLAY_IDLE = Duration.ofDays(7);

    private final Credentials credentials;
    private final Sessions users;
    private final Sessions provided;
    private final Sessions displays;

    BrowserSessions(Credentials credentials, Clock clock) {
        this.credentials = credentials;
        this.users = new Sessions(clock, LONGEST_IDLE, LONGEST);
        this.provided = new Sessions(clock, LONGEST_IDLE, LONGEST);
        this.displays = new Sessions(clock, DISPLAY_IDLE);
    }

    /** @param evidence what stands for the user's right to be here now */
    String begin(Account account, String evidence) {
        return users.begin(account, evidence);
    }

    /** @param subject by which the provider knows the user */
    String beginProvided(Account account, String subject) {
        return provided.begin(account, subject);
    }

    String begin(Tokens.Token display) {
        return displays.begin(new Account(display.name(), display.role()), display.id());
    }

    /** Whose session it is, if it is good still. */
    Optional<Pass> find(String token) {
        return pass(sessions -> sessions.find(token));
    }

    /** The same, for somebody who asks for nothing: the session is not prolonged. */
    Optional<Pass> look(String token) {
        return pass(sessions -> sessions.look(token));
    }

    private Optional<Pass> pass(Function<Sessions, Optional<Sessions.Session>> found) {
        Optional<Pass> user = found.apply(users).filter(session -> credentials.current(session).isPresent())
                .map(session -> pass(session, "session", users));
        return user.or(() -> found.apply(provided).map(session -> pass(session, "oidc", provided)))
                .or(() -> found.apply(displays).flatMap(session -> credentials.display(session).map(each -> Pass.of(each, "display", session.csrf()))));
    }

    private static Pass pass(Sessions.Session session, String way, Sessions sessions) {
        return new Pass(session.account().name(), session.account().role(), way, sessions.end(session), session.csrf(), false);
    }

    void end(String token) {
        users.end(token);
        provided.end(token);
        displays.end(token);
    }

    int endOf(String user) {
        return users.endOf(user) + provided.endOf(user);
    }
}
