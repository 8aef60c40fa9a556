package org.intelmq.replay;

import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.intelmq.message.Json;
import org.intelmq.text.encoding.Base64Text;

/** Messages as people write them in a case. */
final class CaseMessage {

    private CaseMessage() { }

    /** In a case, {@code raw} may be plain text rather than Base64. */
    static Map<String, Object> withRaw(Map<String, Object> message) {
        Map<String, Object> encoded = new LinkedHashMap<>(message);
        if (message.get("raw") instanceof String text && !isBase64(text)) {
            encoded.put("raw", Base64Text.encode(text));
        }
        return encoded;
    }

    private static boolean isBase64(String text) {
        try {
            Base64.getDecoder().decode(text);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** A message in the case's form, without its type. */
    static Map<String, Object> plain(String serialised) {
        Map<String, Object> message = new LinkedHashMap<>(Plain.map(Json.parse(serialised)));
        message.remove("__type");
        return message;
    }
}
