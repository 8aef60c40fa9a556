package org.intelmq.jms.artemis;

import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Logger;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.client.ClientMessage;
import org.apache.activemq.artemis.api.core.client.ClientSession;
import org.apache.activemq.artemis.api.core.client.FailoverEventType;
import org.intelmq.jms.BrokerException;
import org.intelmq.jms.Turn;

/**
 * Whoever has been given the queue's only message has the turn. It is never acknowledged, so the broker gives it to the next in line when the
 * session is closed, or when nothing has been heard from it for so long that the connection counts as lost; this side finds out sooner.
 */
final class HeldMessage implements Turn {

    private static final Logger LOG = Logger.getLogger(HeldMessage.class.getName());

    private final String queue;
    private final Connection connection;
    private final Runnable whenChanged;
    private final AtomicReference<State> state = new AtomicReference<>(State.WAITING);
    private volatile boolean closed;

    HeldMessage(String queue, Connection connection, Runnable whenChanged) {
        this.queue = queue;
        this.connection = connection;
        this.whenChanged = whenChanged;
        try {
            ClientSession session = connection.transacted();
            session.addFailoverListener(this::connectionChanged);
            session.createConsumer(queue).setMessageHandler(this::given);
            session.start();
        } catch (ActiveMQException e) {
            connection.close();
            throw new BrokerException("queue " + queue + " cannot be consumed: " + e.getMessage(), e);
        }
    }

    /**
     * A message of a connection that is lost comes late: the broker gives it to somebody again. One of a new connection may come before we hear
     * that the new one is complete.
     */
    private void given(ClientMessage message) {
        LOG.fine(() -> "turn of " + queue + ": message " + message.getMessageID());
        State before = state.get();
        while (connection.isAlive()) {
            if (state.compareAndSet(before, State.OURS)) {
                tell();
                return;
            }
            before = state.get();
        }
    }

    /** The message goes with the connection; it may come again to the new one. */
    private void connectionChanged(FailoverEventType event) {
        if (event == FailoverEventType.FAILURE_DETECTED) {
            state.set(State.LOST);
            tell();
        } else if (event == FailoverEventType.FAILOVER_COMPLETED && state.compareAndSet(State.LOST, State.WAITING)) {
            tell();
        }
    }

    private void tell() {
        if (!closed) {
            whenChanged.run();
        }
    }

    @Override
    public State state() {
        return closed ? State.LOST : state.get();
    }

    /** Does not tell the broker, which might not answer while it comes back: it notices that the connection is closed. */
    @Override
    public void close() {
        closed = true;
        connection.drop();
    }
}
