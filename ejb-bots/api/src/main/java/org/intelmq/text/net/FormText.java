package org.intelmq.text.net;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Names and values as HTML forms send them, in the query of an address or in a body, spelled as Python's {@code urlencode} spells them. */
public final class FormText {

    private FormText() { }

    /** @param namesAndValues alternating */
    public static String of(String... namesAndValues) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            text.append(i == 0 ? "" : "&").append(encoded(namesAndValues[i])).append('=').append(encoded(namesAndValues[i + 1]));
        }
        return text.toString();
    }

    public static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("*", "%2A").replace("%7E", "~");
    }

    /** As one part of a path, between two slashes, where a blank does not become a plus. */
    public static String inPath(String value) {
        return encoded(value).replace("+", "%20");
    }
}
