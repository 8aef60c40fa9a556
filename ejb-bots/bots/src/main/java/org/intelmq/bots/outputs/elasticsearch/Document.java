package org.intelmq.bots.outputs.elasticsearch;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.intelmq.message.Message;

/** @param id what it is known by in its index, {@code null} if the server is to choose */
record Document(String index, String id, byte[] json) {

    /** The same whenever this bot gets the event; two bots that write the same event to one index do not meet. */
    static String id(String botId, Message event) {
        return event.id() == null ? null : UUID.nameUUIDFromBytes((botId + '\n' + event.id()).getBytes(StandardCharsets.UTF_8)).toString();
    }
}
