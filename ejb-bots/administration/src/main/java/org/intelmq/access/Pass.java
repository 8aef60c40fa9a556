package org.intelmq.access;

import java.time.Instant;

/**
 * Somebody who has been let in.
 *
 * @param name       of a user; {@code oidc:NAME} of one whom a provider knows; {@code token:NAME} of a program; {@code intelmqctl} of whoever has the
 *                   server's own token
 * @param way        by which they show who they are: {@code server}, {@code token}, {@code metrics}, {@code session}, {@code oidc} or {@code display}
 * @param expires    when that ends unless it is used again; {@code null} for that of the server
 * @param csrf       what the page must show with each change; {@code null} unless a browser's cookie tells who asks
 * @param isReadOnly whether nothing may be changed, not even what is the caller's own
 */
public record Pass(String name, Role role, String way, Instant expires, String csrf, boolean isReadOnly) {

    /** @param csrf {@code null} unless a browser's cookie tells who asks */
    static Pass of(Tokens.Token token, String way, String csrf) {
        return new Pass("token:" + token.name(), token.role(), way, token.expires(), csrf, token.isDisplay());
    }

    @Override
    public String toString() {
        return name + " (" + role.word() + ", " + way + ")";
    }
}
