package org.intelmq.jms.artemis;

import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.client.ClientSession;
import org.apache.activemq.artemis.api.core.client.ClientSessionFactory;
import org.apache.activemq.artemis.spi.core.protocol.RemotingConnection;

/** A connection to the broker in the name of a user. Each of its sessions is used by one thread at a time. */
final class Connection implements AutoCloseable {

    private static final boolean ACKNOWLEDGED_BY_US = false;

    private final ClientSessionFactory factory;
    private final String user;
    private final String password;

    /** @param user {@code null} where the broker does not ask */
    Connection(ClientSessionFactory factory, String user, String password) {
        this.factory = factory;
        this.user = user;
        this.password = password;
    }

    ClientSession inContainerTransactions() throws ActiveMQException {
        return open(true, false);
    }

    /** Nothing leaves and nothing is acknowledged before its commit. */
    ClientSession transacted() throws ActiveMQException {
        return open(false, false);
    }

    /** Commits each message by itself. */
    ClientSession committing() throws ActiveMQException {
        return open(false, true);
    }

    private ClientSession open(boolean xa, boolean atOnce) throws ActiveMQException {
        return factory.createSession(user, password, xa, atOnce, atOnce, ACKNOWLEDGED_BY_US, factory.getServerLocator().getAckBatchSize());
    }

    ClientSessionFactory factory() {
        return factory;
    }

    /** Whether it has not failed, or has been replaced since. */
    boolean isAlive() {
        RemotingConnection current = factory.getConnection();
        return current != null && !current.isDestroyed();
    }

    /** Closes it immediately, without asking the broker. What was taken in its sessions is given to others. */
    void drop() {
        factory.cleanup();
    }

    @Override
    public void close() {
        factory.close();
    }
}
