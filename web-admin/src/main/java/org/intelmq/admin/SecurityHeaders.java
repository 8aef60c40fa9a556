package org.intelmq.admin;

import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;

/** Headers for browsers, sent with every answer. A page that needs another policy than an answer of the interface sets its own. */
final class SecurityHeaders {

    private static final Map<String, String> ALWAYS = Map.of(
            "X-Content-Type-Options", "nosniff",
            "X-Frame-Options", "DENY",
            "Referrer-Policy", "no-referrer",
            "Cross-Origin-Opener-Policy", "same-origin",
            "Cross-Origin-Resource-Policy", "same-origin",
            "Permissions-Policy", "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), "
                    + "payment=(), usb=()",
            // an answer is not a page: nothing in it is run or loaded
            "Content-Security-Policy", "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
            "Cache-Control", "no-store");

    /** One year, as browsers recommend. */
    private static final String TLS_ONLY = "max-age=31536000";

    private SecurityHeaders() { }

    /** @param isLasting whether the browser may insist on TLS from now on: for a name that only this server has, which is not true of localhost */
    static void add(HttpServletResponse response, boolean isLasting) {
        ALWAYS.forEach(response::setHeader);
        if (isLasting) {
            response.setHeader("Strict-Transport-Security", TLS_ONLY);
        }
    }
}
