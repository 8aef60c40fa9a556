package org.intelmq.text.net;

import java.net.URI;
import java.nio.charset.StandardCharsets;

/** URLs from feeds in the form that requests need: feeds, like browsers, accept names in other scripts, blanks and bars. Thread-safe. */
public final class WebAddress {

    /** What RFC 3986 allows besides letters and digits in the parts after the host. */
    private static final String ALLOWED = "-._~!$&'()*+,;=:@/?%";

    private WebAddress() { }

    /**
     * With its host in IDNA form, and everything that URLs may not contain percent-encoded. The fragment is left out, because servers never
     * see it.
     *
     * @throws IllegalArgumentException if it has no host
     */
    public static URI of(String url) {
        UrlParts parts = UrlParts.split(url);
        String host = UrlHost.of(parts);
        if (host == null || parts.scheme().isEmpty()) {
            throw new IllegalArgumentException('"' + url + "\" has no scheme and host");
        }
        StringBuilder address = new StringBuilder(url.length() + 16).append(parts.scheme()).append("://");
        int user = parts.netloc().lastIndexOf('@');
        encode(parts.netloc().substring(0, user + 1), address);
        address.append(host.indexOf(':') < 0 ? host : '[' + host + ']');
        if (parts.port() >= 0) {
            address.append(':').append(parts.port());
        }
        encode(parts.path(), address);
        if (!parts.query().isEmpty()) {
            encode(parts.query(), address.append('?'));
        }
        return URI.create(address.toString());
    }

    private static void encode(String text, StringBuilder address) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < bytes.length; i++) {
            char c = (char) (bytes[i] & 0xff);
            boolean plain = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || ALLOWED.indexOf(c) >= 0;
            if (plain && (c != '%' || isEncoded(bytes, i))) {
                address.append(c);
            } else {
                address.append('%').append(Character.toUpperCase(Character.forDigit(c >> 4, 16))).append(Character.toUpperCase(Character.forDigit(c & 15, 16)));
            }
        }
    }

    private static boolean isEncoded(byte[] bytes, int percent) {
        return percent + 2 < bytes.length && Character.digit(bytes[percent + 1], 16) >= 0 && Character.digit(bytes[percent + 2], 16) >= 0;
    }
}
