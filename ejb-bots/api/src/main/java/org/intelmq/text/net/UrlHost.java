package org.intelmq.text.net;

import org.intelmq.text.LetterCase;

/**
 * The host of a URL as look-ups and comparisons need it. If the last part of a host is a number, browsers and {@code inet_aton} take the whole
 * as an IPv4 address, whose parts may be octal, hexadecimal or joined ({@code 0x7f.1}, {@code 2130706433}); malicious addresses make use of
 * that. Thread-safe. Source: https://url.spec.whatwg.org, host parsing.
 */
public final class UrlHost {

    private static final int V4_PARTS = 4;
    /** Enough for 32 bits in octal with some leading zeros. */
    private static final int MOST_DIGITS = 15;

    private UrlHost() { }

    /**
     * Without user, port, brackets and final dot, in lower case and IDNA form; an address in its usual spelling, without its zone.
     *
     * @return {@code null} if there is none, or if it is not a host
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
            String ascii = name.isEmpty() ? null : LetterCase.lower(Idna.toAscii(name));
            return ascii != null && isNumber(ascii, ascii.lastIndexOf('.') + 1) ? address(ascii) : ascii;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static boolean isNumber(String name, int start) {
        boolean isHexadecimal = name.startsWith("0x", start);
        for (int i = isHexadecimal ? start + 2 : start; i < name.length(); i++) {
            if (Character.digit(name.charAt(i), isHexadecimal ? 16 : 10) < 0) {
                return false;
            }
        }
        return start < name.length();
    }

    /** Returns {@code null} if it is out of range. */
    private static String address(String name) {
        String[] parts = name.split("\\.", -1);
        long bits = 0;
        for (int i = 0; i < parts.length; i++) {
            boolean isLast = i == parts.length - 1;
            int width = isLast ? 8 * (V4_PARTS - i) : 8;
            long part = i < V4_PARTS ? number(parts[i]) : -1;
            if (part < 0 || part >>> width != 0) {
                return null;
            }
            bits = bits << width | part;
        }
        return IpAddress.ofV4(bits).toString();
    }

    /** Returns -1 if it is not a number of 32 bits. */
    private static long number(String part) {
        int radix = part.startsWith("0x") ? 16 : part.length() > 1 && part.startsWith("0") ? 8 : 10;
        String digits = radix == 16 ? part.substring(2) : part;
        boolean isNumber = digits.length() <= MOST_DIGITS && digits.chars().allMatch(c -> Character.digit(c, radix) >= 0);
        return !isNumber ? -1 : digits.isEmpty() ? 0 : Long.parseLong(digits, radix);
    }
}
