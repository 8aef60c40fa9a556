package org.intelmq.message;

import org.intelmq.text.Whitespace;

/** Recognises text that cannot be a host because it is two hosts, disguised or encoded. */
final class HostText {

    private static final String FORBIDDEN = ",[](){}<>%\"";

    private HostText() { }

    /** Whether the name contains no blank, comma, bracket, quote or percent sign. */
    static boolean isPossible(String host) {
        return isPossible(host, 0, host.length());
    }

    /** Whether this holds for the host in the part of a URL between {@code //} and the path, and the port, if any, is a number. */
    static boolean isPossibleIn(String netloc) {
        int start = netloc.lastIndexOf('@') + 1;
        if (!hasPossiblePort(netloc, start, netloc.length())) {
            return false;
        }
        if (start < netloc.length() && netloc.charAt(start) == '[') {
            return true;
        }
        int colon = netloc.lastIndexOf(':');
        return !netloc.isEmpty() && isPossible(netloc, start, colon > start ? colon : netloc.length());
    }

    /** Whether the host ends at its only colon and only digits follow, or there is no colon outside brackets. */
    static boolean hasPossiblePort(String text, int start, int end) {
        int colon = end;
        int first = end;
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            colon = c == ':' ? i : c == '@' || c == ']' ? end : colon;
            first = c == '@' || c == ']' ? end : c == ':' && first == end ? i : first;
        }
        if (first != colon) {
            return false;
        }
        for (int i = colon + 1; i < end; i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }

    private static boolean isPossible(String text, int start, int end) {
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            if (c <= ' ' || c == 0x7f || FORBIDDEN.indexOf(c) >= 0 || c >= 0x80 && Whitespace.isSpace(c)) {
                return false;
            }
        }
        return true;
    }
}
