package org.intelmq.administration.access;

import java.time.Instant;
import org.intelmq.access.People;
import org.intelmq.access.Tokens;

/**
 * A token as it is shown.
 *
 * @param display  whether it is for a page that is looked at only
 * @param lastUsed {@code null} if it was not
 * @param token    the token itself, in the answer to its creator; {@code null} from then on
 */
public record TokenEntry(String id, String name, String role, boolean display, Instant created, Instant expires, Instant lastUsed, String token) {

    static TokenEntry of(Tokens.Token token, People people, String text) {
        return new TokenEntry(token.id(), token.name(), token.role().word(), token.isDisplay(), token.created(), token.expires(),
                people.lastUse().ofToken(token.id()).orElse(null), text);
    }

    @Override
    public String toString() {
        return "token " + id;
    }
}
