package org.intelmq.replay;

import java.nio.charset.StandardCharsets;
import org.intelmq.message.Json;
import org.intelmq.text.encoding.Base64Text;

/**
 * What was recorded, and what came instead.
 *
 * @param place such as {@code output._default[0].time.source}
 */
public record Mismatch(String place, Object expected, Object got) {

    /** Stands for a missing value. */
    public static final Object NOTHING = new Object() {
        @Override
        public String toString() {
            return "(nothing)";
        }
    };

    private static final int SHOWN = 160;

    /** For people, with long texts reduced to where they begin to differ, and {@code raw} decoded. */
    @Override
    public String toString() {
        boolean isRaw = place.endsWith(".raw") && isText(expected) && isText(got);
        String wanted = text(isRaw ? Base64Text.decode((String) expected) : expected);
        String came = text(isRaw ? Base64Text.decode((String) got) : got);
        int from = 0;
        int shorter = Math.min(wanted.length(), came.length());
        while (from < shorter && wanted.charAt(from) == came.charAt(from)) {
            from++;
        }
        int start = wanted.length() <= SHOWN && came.length() <= SHOWN ? 0 : Math.max(0, from - 30);
        return place + "\n    expected " + cut(wanted, start) + "\n    got      " + cut(came, start);
    }

    private static boolean isText(Object value) {
        return value instanceof String base64 && Base64Text.isDecodable(base64);
    }

    public static String text(Object value) {
        if (value instanceof Markers.Bytes bytes) {
            return Json.write(new String(bytes.content(), StandardCharsets.UTF_8));
        }
        return value == NOTHING || value instanceof Markers.Opaque ? value.toString() : Json.write(value);
    }

    private static String cut(String text, int start) {
        int from = Math.min(start, text.length());
        int end = Math.min(text.length(), from + SHOWN);
        return (from > 0 ? "…" : "") + text.substring(from, end) + (end < text.length() ? "…" : "");
    }
}
