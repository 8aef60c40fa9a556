package org.intelmq.admin;

import java.util.regex.Pattern;

/** The page that somebody wants to see after a login: one of our own, and nobody else's. */
final class OwnPage {

    private static final String HOME = "/";
    /** As a browser spells it in an address, so that it fits into a header: no second slash, no backslash, only ASCII. */
    private static final Pattern OURS = Pattern.compile("/(?:[!-.0-\\[\\]-~][!-\\[\\]-~]{0,1000})?");

    private OwnPage() { }

    static String orHome(String wanted) {
        return wanted != null && OURS.matcher(wanted).matches() ? wanted : HOME;
    }
}
