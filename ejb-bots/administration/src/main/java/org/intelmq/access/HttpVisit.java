package org.intelmq.access;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A request, before it is known whose it is.
 *
 * @param target  the address as it was sent, up to the question mark, without the application's own prefix
 * @param path    the same, as the server has understood it
 * @param headers all values of each, by name in any case
 * @param address where it comes from
 * @param port    of the server
 * @param isTls   whether it came over TLS
 */
public record HttpVisit(String method, String target, String path, Map<String, List<String>> headers, String address, int port, boolean isTls) {

    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

    public HttpVisit {
        Map<String, List<String>> anyCase = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.forEach((name, values) -> anyCase.put(name, List.copyOf(values)));
        headers = anyCase;
    }

    /** Whether it asks for no change. */
    boolean isSafe() {
        return SAFE.contains(method);
    }

    /** Whether it has a token, right or wrong. */
    public boolean showsToken() {
        return !all("Authorization").isEmpty();
    }

    List<String> all(String header) {
        return headers.getOrDefault(header, List.of());
    }

    /** {@code null} if it is not there. */
    String header(String name) {
        List<String> values = all(name);
        return values.isEmpty() ? null : values.get(0);
    }

    /** All values sent of a cookie. */
    public List<String> cookies(String name) {
        List<String> values = new ArrayList<>();
        for (String header : all("Cookie")) {
            for (String pair : header.split(";")) {
                int equals = pair.indexOf('=');
                if (equals > 0 && pair.substring(0, equals).strip().equals(name)) {
                    values.add(pair.substring(equals + 1).strip());
                }
            }
        }
        return values;
    }

    String host() {
        String host = header("Host");
        return host == null ? "" : host.toLowerCase(Locale.ROOT);
    }
}
