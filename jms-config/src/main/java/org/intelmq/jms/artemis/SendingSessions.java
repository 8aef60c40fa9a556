package org.intelmq.jms.artemis;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.client.ClientMessage;
import org.apache.activemq.artemis.api.core.client.ClientProducer;
import org.apache.activemq.artemis.api.core.client.ClientSession;
import org.intelmq.jms.BrokerException;

/** Sends outside of deliveries. Sessions are reused. Thread-safe. */
final class SendingSessions implements AutoCloseable {

    private final Connection connection;
    private final Queue<Idle> idle = new ConcurrentLinkedQueue<>();

    SendingSessions(Connection connection) {
        this.connection = connection;
    }

    void send(String queue, ClientMessage message) {
        Idle taken = idle.poll();
        try {
            Idle session = taken == null ? open() : taken;
            session.producer.send(queue, message);
            idle.add(session);
        } catch (ActiveMQException e) {
            throw new BrokerException("queue " + queue + " does not accept the message: " + e.getMessage(), e);
        }
    }

    private Idle open() throws ActiveMQException {
        ClientSession session = connection.committing();
        return new Idle(session, session.createProducer());
    }

    @Override
    public void close() {
        connection.close();
    }

    private record Idle(ClientSession session, ClientProducer producer) { }
}
