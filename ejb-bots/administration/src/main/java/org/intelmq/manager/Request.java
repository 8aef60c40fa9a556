package org.intelmq.manager;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * A request as it came in.
 *
 * @param path    as spelled by the client, from {@code /v1} on
 * @param query   what follows the question mark, undecoded; may be {@code null}
 * @param headers by name in any case
 * @param address where it comes from
 */
public record Request(String method, String path, String query, Map<String, String> headers, byte[] body, String address) {

    public Request {
        Map<String, String> anyCase = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        anyCase.putAll(headers);
        headers = anyCase;
    }

    /** {@code null} if it is not there. */
    String header(String name) {
        return headers.get(name);
    }

    /** Without its parameters, in lower case; empty if none is given. */
    String contentType() {
        String type = headers.getOrDefault("Content-Type", "");
        int end = type.indexOf(';');
        return (end < 0 ? type : type.substring(0, end)).strip().toLowerCase(Locale.ROOT);
    }

    String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** Of what is given more than once, the last counts. */
    Map<String, String> queryParameters() {
        return query == null ? Map.of() : decoded(query);
    }

    static Map<String, String> decoded(String pairs) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String pair : pairs.split("&")) {
            int equals = pair.indexOf('=');
            if (!pair.isEmpty()) {
                values.put(decode(equals < 0 ? pair : pair.substring(0, equals)), equals < 0 ? "" : decode(pair.substring(equals + 1)));
            }
        }
        return values;
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            // a lone percent sign stands for itself
            return text;
        }
    }
}
