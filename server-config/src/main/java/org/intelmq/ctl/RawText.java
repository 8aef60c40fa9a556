package org.intelmq.ctl;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/** The field {@code raw} of a dumped message, which is base64: beside it people see the text that it stands for, and may edit that. */
final class RawText {

    private static final String RAW = "raw";
    private static final String TEXT = "raw as text";

    private RawText() { }

    /** The message with the text, if {@code raw} stands for text. */
    static Map<Object, Object> added(Map<?, ?> message) {
        Map<Object, Object> shown = new LinkedHashMap<>(message);
        String text = message.get(RAW) instanceof String raw ? text(raw) : null;
        if (text != null) {
            shown.put(TEXT, text);
        }
        return shown;
    }

    /** The message as it is kept: {@code raw} stands for the text if that was changed. */
    static Map<Object, Object> taken(Map<?, ?> edited) {
        Map<Object, Object> message = new LinkedHashMap<>(edited);
        if (message.remove(TEXT) instanceof String text && !(edited.get(RAW) instanceof String raw && text.equals(text(raw)))) {
            message.put(RAW, Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)));
        }
        return message;
    }

    /** {@code null} if it is not text. */
    private static String text(String raw) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(Base64.getDecoder().decode(raw))).toString();
        } catch (IllegalArgumentException | CharacterCodingException e) {
            return null;
        }
    }
}
