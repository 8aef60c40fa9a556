package org.intelmq.access;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** The sessions of browsers: of users, and of displays, which last as long as their token. Thread-safe. */
final class BrowserSessions {

    /** Of a user without a request, and in all. */
    static final Duration LONGEST_IDLE = Duration.ofHours(1);
    static final Duration LONGEST = Duration.ofHours(12);
    private static final Duration DISPLAY_IDLE = Duration.ofDays(7);

    private final Credentials credentials;
    private final Sessions users;
    private final Sessions displays;

    BrowserSessions(Credentials credentials, Clock clock) {
        this.credentials = credentials;
        this.users = new Sessions(clock, LONGEST_IDLE, LONGEST);
        this.displays = new Sessions(clock, DISPLAY_IDLE);
    }

    /** @param evidence what stands for the user's right to be here now */
    String begin(Account account, String evidence) {
        return users.begin(account, evidence);
    }

    String begin(Tokens.Token display) {
        return displays.begin(new Account(display.name(), display.role()), display.id());
    }

    /** Whose session it is, if it is good still. */
    Optional<Pass> find(String token) {
        Optional<Pass> user = users.find(token).filter(session -> credentials.current(session).isPresent())
                .map(session -> new Pass(session.account().name(), session.account().role(), "session", users.end(session), session.csrf(), false));
        return user.or(() -> displays.find(token).flatMap(session -> credentials.display(session).map(each -> Pass.of(each, "display", session.csrf()))));
    }

    void end(String token) {
        users.end(token);
        displays.end(token);
    }

    int endOf(String user) {
        return users.endOf(user);
    }
}
