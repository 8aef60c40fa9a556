package org.intelmq.text.net;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.intelmq.text.LetterCase;

/** The five parts of a URL as Python's {@code urlsplit} finds them; parts that are missing are empty, never {@code null}. */
public record UrlParts(String scheme, String netloc, String path, String query, String fragment) {

    private static final Set<String> WITH_PARAMETERS = Set.of("", "ftp", "hdl", "prospero", "http", "imap", "https", "shttp",
            "rtsp", "rtspu", "sip", "sips", "mms", "sftp", "tel");
    private static final Set<String> SCHEMES = Set.of("http", "https", "hxxp", "hxxps", "ftp", "file", "mailto", "data", "javascript", "tel");
    private static final Set<String> NOTHING = Set.of("none", "null", "nan");
    private static final Pattern FUTURE_ADDRESS = Pattern.compile("v[a-fA-F0-9]+\\..+", Pattern.DOTALL);

    /** @throws IllegalArgumentException if the host part is malformed */
    public static UrlParts split(String url) {
        String rest = cleaned(url);
        String scheme = "";
        String netloc = "";
        int colon = rest.indexOf(':');
        if (colon > 0 && isScheme(rest, colon)) {
            scheme = LetterCase.lower(rest.substring(0, colon));
            rest = rest.substring(colon + 1);
        }
        if (rest.startsWith("//")) {
            int end = netlocEnd(rest);
            netloc = rest.substring(2, end);
            rest = rest.substring(end);
            checkBrackets(netloc);
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
        checkNormalForm(netloc);
        return new UrlParts(scheme, netloc, rest, query, fragment);
    }

    /**
     * Completes an address as feeds give it. It stays as it is if it already has a scheme, and also if it is not an address: because a part is
     * missing ({@code http:/a.example}), it is of another kind ({@code mailto:a@b.example}), or it is a word for nothing.
     *
     * @param prefix such as {@code http://}
     */
    public static String completed(String address, String prefix) {
        return address.contains("://") || isNoAddress(address) ? address : prefix + address;
    }

    private static boolean isNoAddress(String text) {
        int end = 0;
        while (end < text.length() && Character.isLetter(text.charAt(end))) {
            end++;
        }
        String word = LetterCase.lower(text.substring(0, end));
        if (end == text.length()) {
            return NOTHING.contains(word);
        }
        boolean endsScheme = text.charAt(end) == ':' && !(end + 1 < text.length() && Character.isDigit(text.charAt(end + 1)));
        return SCHEMES.contains(word) && (endsScheme || text.startsWith("//", end));
    }

    public UrlParts withNetloc(String other) {
        return new UrlParts(scheme, other, path, query, fragment);
    }

    /** The parts joined again, as by Python's {@code urlunsplit}. */
    public String join() {
        StringBuilder url = new StringBuilder();
        if (!scheme.isEmpty()) {
            url.append(scheme).append(':');
        }
        if (!netloc.isEmpty()) {
            url.append("//").append(netloc);
            if (!path.isEmpty() && path.charAt(0) != '/') {
                url.append('/');
            }
        }
        url.append(path);
        if (!query.isEmpty()) {
            url.append('?').append(query);
        }
        if (!fragment.isEmpty()) {
            url.append('#').append(fragment);
        }
        return url.toString();
    }

    /** Without control characters and spaces at the start, and without tabs and line ends anywhere. */
    private static String cleaned(String url) {
        int start = 0;
        while (start < url.length() && url.charAt(start) <= ' ') {
            start++;
        }
        String text = url.substring(start);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\t' || c == '\n' || c == '\r') {
                return text.replace("\t", "").replace("\n", "").replace("\r", "");
            }
        }
        return text;
    }

    private static boolean isScheme(String text, int end) {
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
            if (!letter && (i == 0 || !(c >= '0' && c <= '9' || c == '+' || c == '-' || c == '.'))) {
                return false;
            }
        }
        return true;
    }

    private static int netlocEnd(String text) {
        int i = 2;
        while (i < text.length() && text.charAt(i) != '/' && text.charAt(i) != '?' && text.charAt(i) != '#') {
            i++;
        }
        return i;
    }

    private static void checkBrackets(String netloc) {
        boolean open = netloc.indexOf('[') >= 0;
        if (open != netloc.indexOf(']') >= 0) {
            throw new IllegalArgumentException("one bracket is missing in the host \"" + netloc + '"');
        }
        if (!open) {
            return;
        }
        String host = netloc.substring(netloc.lastIndexOf('@') + 1);
        int start = host.indexOf('[');
        if (start > 0) {
            throw new IllegalArgumentException("text before the bracket in the host \"" + netloc + '"');
        }
        String address = start < 0 ? before(host, ':') : before(host.substring(1), ']');
        if (start == 0 && address.length() + 2 < host.length() && host.charAt(address.length() + 2) != ':') {
            throw new IllegalArgumentException("text after the bracket in the host \"" + netloc + '"');
        }
        if (address.startsWith("v")) {
            if (!FUTURE_ADDRESS.matcher(address).matches()) {
                throw new IllegalArgumentException("no address in the brackets of the host \"" + netloc + '"');
            }
        } else if (IpAddress.parse(address).isV4()) {
            throw new IllegalArgumentException("an IPv4 address in the brackets of the host \"" + netloc + '"');
        }
    }

    private static String before(String text, char mark) {
        int end = text.indexOf(mark);
        return end < 0 ? text : text.substring(0, end);
    }

    /** A host that would become another one after normalisation could bypass a check of the host. */
    private static void checkNormalForm(String netloc) {
        int i = 0;
        while (i < netloc.length() && netloc.charAt(i) < 0x80) {
            i++;
        }
        if (i == netloc.length()) {
            return;
        }
        String plain = netloc.replace("@", "").replace(":", "").replace("#", "").replace("?", "");
        String normal = Normalizer.normalize(plain, Normalizer.Form.NFKC);
        if (plain.equals(normal)) {
            return;
        }
        for (char c : new char[] {'/', '?', '#', '@', ':'}) {
            if (normal.indexOf(c) >= 0) {
                throw new IllegalArgumentException("the host \"" + netloc + "\" hides a '" + c + '\'');
            }
        }
    }

    /** The path without what follows a {@code ;} in its last part, as in {@code urlparse}. */
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
     * Returns -1 if there is none.
     *
     * @throws IllegalArgumentException if it is not a number from 0 to 65535
     */
    public int port() {
        String both = hostAndPort();
        int colon = both.indexOf(':', both.indexOf('[') < 0 ? 0 : both.indexOf(']'));
        String text = colon < 0 ? "" : both.substring(colon + 1);
        if (text.isEmpty()) {
            return -1;
        }
        if (!text.chars().allMatch(c -> c >= '0' && c <= '9') || text.length() > 9 || Integer.parseInt(text) > 65535) {
            throw new IllegalArgumentException("port \"" + text + "\" is not a number from 0 to 65535");
        }
        return Integer.parseInt(text);
    }

    /** Returns {@code null} if there is none. */
    public String user() {
        int at = netloc.lastIndexOf('@');
        if (at < 0) {
            return null;
        }
        int colon = netloc.indexOf(':');
        return netloc.substring(0, colon >= 0 && colon < at ? colon : at);
    }
}
