package org.intelmq.bots.outputs.elasticsearch;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.intelmq.message.Message;

/** @param id its id in the index; {@code null} to let the server choose */
record Document(String index, String id, byte[] json) {

    /** The same whenever this bot gets the event; two bots that write the same event to one index have different ids. */
    static String id(String botId, Message event) {
        return event.id() == null ? null : UUID.nameUUIDFromBytes((botId + '\n' + event.id()).getBytes(StandardCharsets.UTF_8)).toString();
    }
}
