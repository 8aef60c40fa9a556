package org.intelmq.jms.artemis;

import jakarta.resource.ResourceException;
import jakarta.resource.spi.endpoint.MessageEndpoint;
import jakarta.resource.spi.endpoint.MessageEndpointFactory;
import java.lang.reflect.Method;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.transaction.xa.XAException;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.client.ClientMessage;
import org.apache.activemq.artemis.api.core.client.ClientSession;
import org.apache.activemq.artemis.core.client.impl.ClientSessionInternal;
import org.intelmq.jms.BrokerException;
import org.intelmq.jms.Delivery;
import org.intelmq.jms.DeliveryListener;

/**
 * One session that hands messages to a message-driven bean, one at a time, each in a transaction. What the bean sends goes over the same
 * session: one branch, committed in one phase together with the acknowledgement.
 */
final class DeliverySession {

    private static final Logger LOG = Logger.getLogger(DeliverySession.class.getName());
    private static final Method ON_DELIVERY = onDelivery();
    private static final int LOOK_AGAIN_MILLIS = 200;
    private static final int LONGEST_TRANSACTION_SECONDS = (int) TimeUnit.DAYS.toSeconds(7);

    private final String queue;
    private final QueueStore queues;
    private final Connection connection;
    private final ClientSessionInternal session;
    private final TransactionBranch branch;
    private final MessageEndpoint endpoint;
    private final BooleanSupplier ending;
    private final Consumer<DeliverySession> whenRefused;
    private final ReentrantLock underWay = new ReentrantLock();
    private final Object handingOver = new Object();
    private Thread worker;
    private volatile boolean closing;
    private volatile boolean cutOff;

    /** How a delivery ended. */
    private enum End { COMMITTED, ROLLED_BACK, REFUSED_BY_CONTAINER }

    /**
     * @param ending whether no further delivery may begin
     * @param whenRefused called, on the delivering thread, when the container does not accept deliveries; none begins after that
     */
    DeliverySession(String queue, QueueStore queues, Connections connections, MessageEndpointFactory endpoints, BooleanSupplier ending,
                    Consumer<DeliverySession> whenRefused) {
        this.queue = queue;
        this.queues = queues;
        this.ending = ending;
        this.whenRefused = whenRefused;
        this.connection = connections.forDelivery();
        try {
            session = (ClientSessionInternal) connection.inContainerTransactions();
            session.setTransactionTimeout(LONGEST_TRANSACTION_SECONDS);
            session.addMetaData(ClientSession.JMS_SESSION_IDENTIFIER_PROPERTY, "");
            branch = new TransactionBranch(session, session.createProducer());
            endpoint = endpoints.createEndpoint(branch);
            session.createConsumer(queue).setMessageHandler(this::receive);
        } catch (Exception e) {
            connection.close();
            throw new BrokerException("queue " + queue + " cannot be consumed: " + e.getMessage(), e);
        }
    }

    void begin() {
        try {
            session.start();
        } catch (ActiveMQException e) {
            throw new BrokerException("queue " + queue + " cannot be consumed: " + e.getMessage(), e);
        }
    }

    /** No delivery begins after this; one may be in progress. */
    void refuse() {
        closing = true;
    }

    boolean isRefused() {
        return closing;
    }

    boolean deliversOnThisThread() {
        return underWay.isHeldByCurrentThread();
    }

    boolean isDelivering() {
        return underWay.isLocked();
    }

    /** Interrupts the bean if it is working. The commit is never interrupted. */
    void interrupt() {
        synchronized (handingOver) {
            if (worker != null) {
                worker.interrupt();
            }
        }
    }

    /** Rolls back a delivery that does not end, so that its message stays. The bean's thread is abandoned. */
    void cutOff() {
        refuse();
        cutOff = true;
        try {
            branch.cutOff();
        } catch (XAException e) {
            LOG.log(Level.WARNING, "a delivery from queue " + queue + " could not be rolled back now; the broker does it when it closes", e);
        }
    }

    /** Returns when the current delivery has ended or is cut off. Prefetched messages go back to their place in the queue. */
    void close() {
        refuse();
        if (!lockUnlessCutOff()) {
            return;
        }
        try {
            session.close();
            endpoint.release();
        } catch (ActiveMQException e) {
            LOG.log(Level.WARNING, "a session of queue " + queue + " did not close properly", e);
        } finally {
            connection.close();
            underWay.unlock();
        }
    }

    private boolean lockUnlessCutOff() {
        boolean interrupted = false;
        try {
            while (!cutOff) {
                try {
                    if (underWay.tryLock(LOOK_AGAIN_MILLIS, TimeUnit.MILLISECONDS)) {
                        return true;
                    }
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            return false;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Does not wait for the lock: only {@link #close} can hold it now, which in turn waits for this handler to return. */
    private void receive(ClientMessage message) {
        if (!underWay.tryLock()) {
            return;
        }
        try {
            if (!closing && !ending.getAsBoolean() && deliver(message) == End.REFUSED_BY_CONTAINER) {
                refuse();
                whenRefused.accept(this);
            }
        } finally {
            underWay.unlock();
        }
    }

    private End deliver(ClientMessage message) {
        try {
            endpoint.beforeDelivery(ON_DELIVERY);
        } catch (RuntimeException | ResourceException | NoSuchMethodException e) {
            LOG.log(Level.FINE, "the container refuses a delivery from queue " + queue, e);
            return End.REFUSED_BY_CONTAINER;
        }
        var sender = new SessionSender(queues, branch::send);
        var delivery = new ReceivedDelivery(queue, message, sender);
        End end = handOver(message, delivery);
        if (end != End.COMMITTED) {
            branch.doom();
        }
        if (!complete() && end == End.COMMITTED) {
            end = End.ROLLED_BACK;
        }
        if (end == End.COMMITTED) {
            sender.committed();
        }
        tellTheEnd(delivery);
        if (end == End.ROLLED_BACK) {
            forgetWhatWasFetchedAhead();
        }
        return end;
    }

    private End handOver(ClientMessage message, Delivery delivery) {
        try {
            branch.acknowledge(message);
            synchronized (handingOver) {
                worker = Thread.currentThread();
            }
            ((DeliveryListener) endpoint).onDelivery(delivery);
            return End.COMMITTED;
        } catch (TransactionBranch.NotStartedException e) {
            LOG.log(Level.FINE, "no transaction for a delivery from queue " + queue, e);
            return End.REFUSED_BY_CONTAINER;
        } catch (RuntimeException e) {
            // the container has logged it and rolls back
            LOG.log(Level.FINE, "delivery from queue " + queue + " failed", e);
            return End.ROLLED_BACK;
        } catch (ActiveMQException e) {
            LOG.log(Level.WARNING, "a message of queue " + queue + " could not be delivered; it will come again", e);
            return End.ROLLED_BACK;
        } finally {
            synchronized (handingOver) {
                worker = null;
                // it was for the bean
                Thread.interrupted();
            }
        }
    }

    private boolean complete() {
        try {
            endpoint.afterDelivery();
            return true;
        } catch (RuntimeException | ResourceException e) {
            LOG.log(closing || ending.getAsBoolean() ? Level.FINE : Level.WARNING, "the transaction of a message of queue " + queue + " was rolled back", e);
            return false;
        }
    }

    private void tellTheEnd(ReceivedDelivery delivery) {
        try {
            delivery.end();
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "what follows a delivery from queue " + queue + " failed", e);
        }
    }

    /** After a rollback, the order of the queue is kept only if the messages behind the failed one are fetched again. */
    private void forgetWhatWasFetchedAhead() {
        session.markRollbackOnly();
        try {
            session.resetIfNeeded();
        } catch (ActiveMQException e) {
            LOG.log(Level.WARNING, "the session of queue " + queue + " could not be reset", e);
        }
    }

    private static Method onDelivery() {
        try {
            return DeliveryListener.class.getMethod("onDelivery", Delivery.class);
        } catch (NoSuchMethodException e) {
            throw new ExceptionInInitializerError(e);
        }
    }
}
