package org.intelmq.text.net;

import org.intelmq.text.LetterCase;

/** The host of a URL as look-ups and comparisons need it. Thread-safe. */
public final class UrlHost {

    private UrlHost() { }

    /**
     * Without user, port, brackets and a dot at its end, in lower case and IDNA form; an address as addresses are spelled, without
     * its zone.
     *
     * @return {@code null} if there is none, or it is none
     */
    public static String of(String url) {
        try {
            return of(UrlParts.split(url));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** As {@link #of(String)}. */
    public static String of(UrlParts url) {
        String host = url.host();
        if (host == null) {
            return null;
        }
        IpAddress address = IpAddress.parseOrNull(host);
        if (address != null) {
            return address.withoutZone().toString();
        }
        String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        try {
            return name.isEmpty() ? null : LetterCase.lower(Idna.toAscii(name));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
