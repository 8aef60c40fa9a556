package org.intelmq.jms.artemis;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.activemq.artemis.api.core.ActiveMQDuplicateIdException;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.client.ClientProducer;
import org.apache.activemq.artemis.api.core.client.ClientSession;
import org.intelmq.jms.BrokerException;
import org.intelmq.jms.KnownIdException;
import org.intelmq.jms.OwnTransaction;

/** Transactions that belong to no delivery. Sessions are reused. Thread-safe. */
final class OwnTransactions implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(OwnTransactions.class.getName());

    private final QueueStore queues;
    private final Connection connection;
    private final Queue<Idle> idle = new ConcurrentLinkedQueue<>();

    private record Idle(ClientSession session, ClientProducer producer) { }

    OwnTransactions(QueueStore queues, Connection connection) {
        this.queues = queues;
        this.connection = connection;
    }

    /** See {@link org.intelmq.jms.Broker#inTransaction}. */
    void run(Consumer<OwnTransaction> work) {
        Idle taken = idle.poll();
        Idle used = null;
        try {
            used = taken == null ? open() : taken;
            var sender = new SessionSender(queues, used.producer()::send);
            work.accept(sender);
            used.session().commit();
            sender.committed();
            idle.add(used);
        } catch (ActiveMQDuplicateIdException e) {
            close(used);
            queues.metKnownId();
            throw new KnownIdException("the transaction is not committed: " + e.getMessage(), e);
        } catch (ActiveMQException e) {
            close(used);
            throw new BrokerException("the broker does not commit: " + e.getMessage(), e);
        } catch (RuntimeException | Error e) {
            close(used);
            throw e;
        }
    }

    private Idle open() throws ActiveMQException {
        ClientSession session = connection.transacted();
        return new Idle(session, session.createProducer());
    }

    /** What it has not committed is rolled back. */
    private static void close(Idle broken) {
        if (broken == null) {
            return;
        }
        try {
            broken.session().close();
        } catch (ActiveMQException e) {
            LOG.log(Level.WARNING, "a session for sending did not close properly", e);
        }
    }

    @Override
    public void close() {
        connection.close();
    }
}
