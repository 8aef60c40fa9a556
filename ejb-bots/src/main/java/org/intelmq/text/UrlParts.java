package org.intelmq.text;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Set;

/** An address cut apart as Python's {@code urlsplit} does it: anything goes, nothing is decoded. Parts that are missing are empty. */
public record UrlParts(String scheme, String netloc, String path, String query, String fragment) {

    private static final Set<String> WITH_PARAMETERS = Set.of("", "ftp", "hdl", "prospero", "http", "imap", "https", "shttp",
            "rtsp", "rtspu", "sip", "sips", "mms", "sftp", "tel");

    /** @throws IllegalArgumentException for brackets that do not close, or a host that hides delimiters in other characters */
    public static UrlParts split(String address) {
        String rest = withoutLineBreaks(address);
        String scheme = "";
        int colon = rest.indexOf(':');
        if (colon > 0 && isScheme(rest, colon)) {
            scheme = rest.substring(0, colon).toLowerCase(Locale.ROOT);
            rest = rest.substring(colon + 1);
        }
        String netloc = "";
        if (rest.startsWith("//")) {
            int end = endOfNetloc(rest);
            netloc = rest.substring(2, end);
            rest = rest.substring(end);
            if (netloc.indexOf('[') >= 0 != netloc.indexOf(']') >= 0) {
                throw new IllegalArgumentException("Invalid IPv6 URL");
            }
        }
        String fragment = "";
        int hash = rest.indexOf('#');
        if (hash >= 0) {
            fragment = rest.substring(hash + 1);
            rest = rest.substring(0, hash);
        }
        String query = "";
        int mark = rest.indexOf('?');
        if (mark >= 0) {
            query = rest.substring(mark + 1);
            rest = rest.substring(0, mark);
        }
        refuseHiddenDelimiters(netloc);
        return new UrlParts(scheme, netloc, rest, query, fragment);
    }

    private static String withoutLineBreaks(String address) {
        for (int i = 0; i < address.length(); i++) {
            char c = address.charAt(i);
            if (c == '\t' || c == '\r' || c == '\n') {
                return address.replace("\t", "").replace("\r", "").replace("\n", "");
            }
        }
        return address;
    }

    private static boolean isScheme(String text, int end) {
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
            boolean other = c >= '0' && c <= '9' || c == '+' || c == '-' || c == '.';
            if (!letter && !(other && i > 0)) {
                return false;
            }
        }
        return true;
    }

    private static int endOfNetloc(String rest) {
        for (int i = 2; i < rest.length(); i++) {
            char c = rest.charAt(i);
            if (c == '/' || c == '?' || c == '#') {
                return i;
            }
        }
        return rest.length();
    }

    private static void refuseHiddenDelimiters(String netloc) {
        if (netloc.chars().allMatch(c -> c < 128)) {
            return;
        }
        String plain = netloc.replace("@", "").replace(":", "").replace("#", "").replace("?", "");
        String normal = Normalizer.normalize(plain, Normalizer.Form.NFKC);
        if (!normal.equals(plain) && normal.chars().anyMatch(c -> "/?#@:".indexOf(c) >= 0)) {
            throw new IllegalArgumentException("netloc '" + netloc + "' contains invalid characters under NFKC normalization");
        }
    }

    /** The path without what follows a {@code ;} in its last part, as {@code urlparse} gives it. */
    public String pathWithoutParameters() {
        if (path.indexOf(';') < 0 || !WITH_PARAMETERS.contains(scheme)) {
            return path;
        }
        int semicolon = path.indexOf(';', Math.max(path.lastIndexOf('/'), 0));
        return semicolon < 0 ? path : path.substring(0, semicolon);
    }

    private String hostAndPort() {
        return netloc.substring(netloc.lastIndexOf('@') + 1);
    }

    /** In lower case, without port and brackets; {@code null} if there is none. */
    public String host() {
        String both = hostAndPort();
        int bracket = both.indexOf('[');
        int end = bracket >= 0 ? both.indexOf(']', bracket) : both.indexOf(':');
        String host = both.substring(bracket + 1, end < 0 ? both.length() : end);
        if (host.isEmpty()) {
            return null;
        }
        int zone = host.indexOf('%');
        return zone < 0 ? host.toLowerCase(Locale.ROOT) : host.substring(0, zone).toLowerCase(Locale.ROOT) + host.substring(zone);
    }

    /**
     * -1 if there is none.
     *
     * @throws IllegalArgumentException if it is no number from 0 to 65535
     */
    public int port() {
        String both = hostAndPort();
        int colon = both.indexOf(':', both.indexOf('[') < 0 ? 0 : both.indexOf(']'));
        String text = colon < 0 ? "" : both.substring(colon + 1);
        if (text.isEmpty()) {
            return -1;
        }
        if (!text.chars().allMatch(c -> c >= '0' && c <= '9') || text.length() > 9 || Integer.parseInt(text) > 65535) {
            throw new IllegalArgumentException("port \"" + text + "\" is no number from 0 to 65535");
        }
        return Integer.parseInt(text);
    }

    /** {@code null} if there is none. */
    public String user() {
        int at = netloc.lastIndexOf('@');
        if (at < 0) {
            return null;
        }
        int colon = netloc.indexOf(':');
        return netloc.substring(0, colon >= 0 && colon < at ? colon : at);
    }
}
