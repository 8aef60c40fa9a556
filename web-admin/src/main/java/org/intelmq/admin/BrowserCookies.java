package org.intelmq.admin;

import jakarta.ws.rs.core.NewCookie;
import java.time.Duration;
import org.intelmq.access.Entrance;
import org.intelmq.access.HttpVisit;

/** The cookies that a browser is given; scripts read none of them. */
final class BrowserCookies {

    private final Entrance entrance;
    private final HttpVisit visit;

    BrowserCookies(Entrance entrance, HttpVisit visit) {
        this.entrance = entrance;
        this.visit = visit;
    }

    /** Of a login, for as long as the browser is open; what counts is kept by the server. No other site makes the browser send it. */
    NewCookie session(String token) {
        return cookie(entrance.cookie(visit), NewCookie.SameSite.STRICT, token).build();
    }

    NewCookie noSession() {
        return cookie(entrance.cookie(visit), NewCookie.SameSite.STRICT, "").maxAge(0).build();
    }

    /** By which the browser is known when a provider sends it back, which is another site. */
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
