package org.intelmq.message;

import org.intelmq.text.net.UrlParts;

/**
 * A URL whose host contains no blank, comma, bracket or percent sign, and whose port is a number. Cleaning turns {@code hxxp} into {@code
 * http} and gives local files the host {@code localhost}.
 */
record UrlType(String name) implements FieldType {

    private static final String HOST_END = "/?#";

    @Override
    public Object sanitize(Object value) {
        return value instanceof String text && isPlain(text) ? text : sanitizeAny(value);
    }

    static String sanitizeAny(Object value) {
        String text = TextType.cleaned(value);
        if (text == null || text.isEmpty()) {
            return null;
        }
        String url = text.replace("hxxp://", "http://").replace("hxxps://", "https://");
        UrlParts parts = UrlParts.split(url);
        if (parts.scheme().equals("file") && parts.netloc().isEmpty()) {
            url = parts.withNetloc("localhost").join();
            parts = UrlParts.split(url);
        }
        return parts.netloc().isEmpty() ? null : url;
    }

    /** @throws IllegalArgumentException if the host is malformed */
    @Override
    public boolean isValid(Object value) {
        if (!(value instanceof String text) || text.isEmpty()) {
            return false;
        }
        return isPlain(text) || isValidAny(text);
    }

    static boolean isValidAny(String text) {
        char first = text.charAt(0);
        return first != ' ' && (first < '\t' || first > '\r') && HostText.isPossibleIn(UrlParts.split(text).netloc());
    }

    @Override
    public Object clean(Object value) {
        return value instanceof String text && isPlain(text) ? text : FieldType.super.clean(value);
    }

    /** Whether it has a usual scheme, a host of plain characters, and nothing that cleaning would change. */
    private static boolean isPlain(String text) {
        int start = startOfHost(text);
        int length = text.length();
        if (start == 0 || start == length) {
            return false;
        }
        char last = text.charAt(length - 1);
        int end = start;
        while (end < length && isPlainHost(text.charAt(end))) {
            end++;
        }
        return end > start && (end == length || HOST_END.indexOf(text.charAt(end)) >= 0) && last > ' ' && last < 0x7f
                && text.indexOf("hxxp", start) < 0 && HostText.hasPossiblePort(text, start, end);
    }

    /** Returns 0 for schemes other than {@code http}, {@code https}, {@code file} and {@code ftp}. */
    private static int startOfHost(String text) {
        if (text.startsWith("http")) {
            return text.startsWith("://", 4) ? 7 : text.startsWith("s://", 4) ? 8 : 0;
        }
        return text.startsWith("file://") ? 7 : text.startsWith("ftp://") ? 6 : 0;
    }

    private static boolean isPlainHost(char c) {
        return c >= 'a' && c <= 'z' || c >= '-' && c <= ':' && c != '/' || c >= 'A' && c <= 'Z' || c == '_' || c == '@';
    }
}
