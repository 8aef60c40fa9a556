package org.intelmq.engine.observe;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.intelmq.message.Message;
import org.intelmq.message.MessageJson;
import org.intelmq.parameters.SecretFiles;

/**
 * A message that could not be processed, as {@code var/log/<bot-id>.dump} keeps it.
 *
 * @param sourceQueue the queue it came from; {@code null} for collectors
 * @param traceback why it failed, for people
 * @param message the serialised message, or bytes in base64
 * @param base64 whether {@code message} is base64 of bytes that are not text
 */
public record DumpEntry(String botId, String sourceQueue, String traceback, String message, boolean base64) {

    public DumpEntry {
        traceback = SecretFiles.hiddenAnywhere(traceback);
    }

    public static DumpEntry of(String botId, String sourceQueue, String traceback, Message message) {
        return new DumpEntry(botId, sourceQueue, traceback, MessageJson.serialize(message), false);
    }

    /** For content of a queue that is not a message. */
    public static DumpEntry ofBytes(String botId, String sourceQueue, String traceback, byte[] content) {
        return new DumpEntry(botId, sourceQueue, traceback, Base64.getEncoder().encodeToString(content), true);
    }

    /** For a message from a queue that is complete but cannot be read; in base64 if it is not text. */
    public static DumpEntry ofText(String botId, String sourceQueue, String traceback, byte[] content) {
        try {
            String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
            return new DumpEntry(botId, sourceQueue, traceback, text, false);
        } catch (CharacterCodingException e) {
            return ofBytes(botId, sourceQueue, traceback, content);
        }
    }

    /** The message's text, decoded if necessary. */
    public String text() {
        return base64 ? new String(Base64.getDecoder().decode(message), StandardCharsets.UTF_8) : message;
    }

    /** The entry in a dump file, without the time that is its key. */
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("bot_id", botId);
        map.put("message", message);
        if (base64) {
            map.put("message_type", "base64");
        }
        map.put("source_queue", sourceQueue);
        map.put("traceback", traceback);
        return map;
    }
}
