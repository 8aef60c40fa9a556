package org.intelmq.jms.artemis;

import java.util.UUID;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.Message;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.client.ClientMessage;
import org.apache.activemq.artemis.api.core.client.ClientSession;
import org.apache.activemq.artemis.core.client.impl.ClientMessageImpl;
import org.intelmq.jms.BrokerException;

/** An address of the broker over which servers talk to each other; each has a queue that ends with its connection. */
final class Announcements {

    static final String ADDRESS = "intelmq.announcements";

    private static final Logger LOG = Logger.getLogger(Announcements.class.getName());
    private static final byte PRIORITY = 4;
    private static final int ROOM = 1024;

    private Announcements() { }

    static ClientMessage message(String text) {
        var message = new ClientMessageImpl(Message.TEXT_TYPE, false, 0, System.currentTimeMillis(), PRIORITY, ROOM);
        message.setRoutingType(RoutingType.MULTICAST);
        message.getBodyBuffer().writeString(text);
        return message;
    }

    static void listen(Connection connection, Consumer<String> listener) {
        try {
            ClientSession session = connection.committing();
            String queue = ADDRESS + '.' + UUID.randomUUID();
            session.createQueue(QueueConfiguration.of(queue).setAddress(ADDRESS).setRoutingType(RoutingType.MULTICAST).setDurable(false)
                    .setTemporary(true).setAutoCreateAddress(false));
            session.createConsumer(queue).setMessageHandler(message -> hear(message, listener));
            session.start();
        } catch (ActiveMQException e) {
            connection.close();
            throw new BrokerException("the heartbeats of the other servers cannot be received: " + e.getMessage() + "; give the user's role the permissions "
                    + "createNonDurableQueue, deleteNonDurableQueue, consume and send for " + ADDRESS, e);
        }
    }

    private static void hear(ClientMessage message, Consumer<String> listener) {
        try {
            String text = message.getBodyBuffer().readString();
            message.acknowledge();
            listener.accept(text);
        } catch (ActiveMQException | RuntimeException e) {
            LOG.log(Level.WARNING, "an announcement of another server could not be read", e);
        }
    }
}
