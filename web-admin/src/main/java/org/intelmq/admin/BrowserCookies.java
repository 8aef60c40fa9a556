package org.intelmq.admin;

import jakarta.ws.rs.core.NewCookie;
import java.time.Duration;
import org.intelmq.access.Entrance;
import org.intelmq.access.HttpVisit;

/** The cookies given to browsers; scripts cannot read them. */
final class BrowserCookies {

    private final Entrance entrance;
    private final HttpVisit visit;

    BrowserCookies(Entrance entrance, HttpVisit visit) {
        this.entrance = entrance;
        this.visit = visit;
    }

    /** The cookie of a login, until the browser is closed; the server decides how long it is valid. Other sites cannot make the browser send it. */
    NewCookie session(String token) {
        return cookie(entrance.cookie(visit), NewCookie.SameSite.STRICT, token).build();
    }

    NewCookie noSession() {
        return cookie(entrance.cookie(visit), NewCookie.SameSite.STRICT, "").maxAge(0).build();
    }

    /** Recognises the browser when a provider, which is another site, sends it back. */
    NewCookie returning(String proof, Duration longest) {
        return cookie(entrance.providerCookie(visit), NewCookie.SameSite.LAX, proof).maxAge((int) longest.toSeconds()).build();
    }

    NewCookie noLongerReturning() {
        return cookie(entrance.providerCookie(visit), NewCookie.SameSite.LAX, "").maxAge(0).build();
    }

    private NewCookie.Builder cookie(String name, NewCookie.SameSite from, String value) {
        return new NewCookie.Builder(name).value(value).path("/").httpOnly(true).secure(entrance.isOverTls(visit)).sameSite(from);
    }
}
