package org.intelmq.text;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** The text in {@code raw} fields. */
public final class Base64Text {

    private Base64Text() { }

    public static String encode(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Decodes as UTF-8. */
    public static String decode(String base64) {
        return new String(Base64.getMimeDecoder().decode(base64), StandardCharsets.UTF_8);
    }
}
