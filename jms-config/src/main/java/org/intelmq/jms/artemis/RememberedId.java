package org.intelmq.jms.artemis;

import java.nio.charset.StandardCharsets;
import org.apache.activemq.artemis.api.core.Message;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.client.ClientMessage;
import org.apache.activemq.artemis.core.client.impl.ClientMessageImpl;

/** How an id is remembered: as that of a message to an address without queues, which the broker drops but for its id. */
final class RememberedId {

    private static final byte PRIORITY = 4;

    private RememberedId() { }

    static ClientMessage entry(String id) {
        var message = new ClientMessageImpl(Message.DEFAULT_TYPE, true, 0, 0, PRIORITY, 0);
        message.setRoutingType(RoutingType.MULTICAST);
        message.putBytesProperty(Message.HDR_DUPLICATE_DETECTION_ID, key(id));
        return message;
    }

    static byte[] key(String id) {
        return id.getBytes(StandardCharsets.UTF_8);
    }
}
