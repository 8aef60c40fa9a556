package org.intelmq.jms.artemis;

import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.ActiveMQExceptionType;
import org.apache.activemq.artemis.api.core.Message;
import org.apache.activemq.artemis.core.server.ServerSession;
import org.apache.activemq.artemis.core.server.plugin.ActiveMQServerMessagePlugin;
import org.apache.activemq.artemis.core.transaction.Transaction;

/**
 * Checks what other programs send before it is stored: it must not be too large, must not claim what only the server may say, and is made
 * durable. Thread-safe.
 */
final class ForeignMessages implements ActiveMQServerMessagePlugin {

    private final String ownUser;
    private final int limit;

    /** @param limit greatest size of a message, in bytes */
    ForeignMessages(String ownUser, int limit) {
        this.ownUser = ownUser;
        this.limit = limit;
    }

    @Override
    public void beforeSend(ServerSession session, Transaction transaction, Message message, boolean direct, boolean noAutoCreate) throws ActiveMQException {
        if (session == null || ownUser.equals(session.getUsername())) {
            return;
        }
        long size = message.getWholeMessageSize();
        if (size > limit) {
            throw refused("it has " + size + " bytes, and " + limit + " are allowed (INTELMQ_BROKER_ACCEPTOR_LIMIT): send fewer events per message");
        }
        for (String property : ParcelMessage.PROPERTIES) {
            if (message.containsProperty(property)) {
                throw refused("its property \"" + property + "\" is one of the server's own");
            }
        }
        message.setDurable(true);
    }

    private static ActiveMQException refused(String reason) {
        return new ActiveMQException("The message is refused: " + reason, null, ActiveMQExceptionType.ILLEGAL_STATE);
    }
}
