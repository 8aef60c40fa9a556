package org.intelmq.text.net;

import java.util.Locale;

/** Finds mail addresses in services' answers, which also hold notes, nulls and links where an address is expected. Thread-safe. */
public final class MailAddress {

    private static final String SCHEME = "mailto:";

    private MailAddress() { }

    /** The mail address that the value consists of, without {@code mailto:} and surrounding blanks; {@code null} if it is none. */
    public static String of(Object value) {
        if (!(value instanceof String text)) {
            return null;
        }
        String address = text.strip();
        if (address.toLowerCase(Locale.ROOT).startsWith(SCHEME)) {
            int query = address.indexOf('?');
            address = address.substring(SCHEME.length(), query < 0 ? address.length() : query).strip();
        }
        int at = address.indexOf('@');
        boolean complete = at > 0 && at == address.lastIndexOf('@') && address.indexOf('.', at + 2) > 0 && !address.endsWith(".");
        return complete && address.chars().noneMatch(MailAddress::isForbidden) ? address : null;
    }

    private static boolean isForbidden(int c) {
        return c <= ' ' || c == 0x7f || Character.isWhitespace(c) || ",;:<>()[]\"\\".indexOf(c) >= 0;
    }
}
