package org.intelmq.bot;

import java.util.BitSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Checks the parameter for headers of HTTP requests. */
final class RequestHeaders {

    private static final BitSet OF_NAMES = new BitSet();
    /** Java sets these itself, unless a system property allows otherwise. */
    private static final Set<String> OF_JAVA = Set.of("connection", "content-length", "expect", "host", "upgrade");
    private static final String LEFT_TO_US = "jdk.httpclient.allowRestrictedHeaders";
    private static final int LATIN = 0xFF;

    static {
        "!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ".chars().forEach(OF_NAMES::set);
    }

    private RequestHeaders() { }

    /**
     * Messages do not contain the values, which may be keys.
     *
     * @throws IllegalArgumentException if one cannot be sent
     */
    static void check(String parameter, Map<?, ?> headers) {
        headers.forEach((key, value) -> {
            String name = String.valueOf(key);
            String text = String.valueOf(value).strip();
            boolean named = !name.isEmpty() && name.chars().allMatch(OF_NAMES::get);
            boolean single = !(value instanceof Map || value instanceof Iterable);
            boolean ours = !OF_JAVA.contains(name.toLowerCase(Locale.ROOT)) || System.getProperty(LEFT_TO_US) != null;
            if (!named || !single || !ours || !text.chars().allMatch(c -> c >= ' ' && c <= LATIN || c == '\t')) {
                throw new IllegalArgumentException("parameter '" + parameter + "' is not valid for '" + name.replaceAll("\\p{Cntrl}", "?")
                        + "': expected a header's name that may be set, and a value on one line, in Latin letters");
            }
        });
    }
}
