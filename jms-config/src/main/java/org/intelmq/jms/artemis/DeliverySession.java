package org.intelmq.jms.artemis;

import java.lang.reflect.Method;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.logging.Level;
import java.util.logging.Logger;

import jakarta.resource.ResourceException;
import jakarta.resource.spi.endpoint.MessageEndpoint;
import jakarta.resource.spi.endpoint.MessageEndpointFactory;

import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.client.ClientMessage;
import org.apache.activemq.artemis.api.core.client.ClientProducer;
import org.apache.activemq.artemis.api.core.client.ClientSession;
import org.apache.activemq.artemis.api.core.client.ClientSessionFactory;
import org.apache.activemq.artemis.core.client.impl.ClientSessionInternal;
import org.intelmq.jms.BrokerException;
import org.intelmq.jms.Delivery;
import org.intelmq.jms.DeliveryListener;

/**
 * One session that hands messages to a message-driven bean, one at a time, each in a transaction.
 * What the bean sends goes over this same session: one branch, committed in one phase together with the receipt.
 */
final class DeliverySession {

    private static final Logger LOG = Logger.getLogger(DeliverySession.class.getName());
    private static final Method ON_DELIVERY = onDelivery();
    private static final int LONGEST_TRANSACTION_SECONDS = (int) TimeUnit.DAYS.toSeconds(7);

    private final String queue;
    private final QueueStore queues;
    private final ClientSessionFactory connection;
    private final ClientSessionInternal session;
    private final ClientProducer producer;
    private final MessageEndpoint endpoint;
    private final ReentrantLock underWay = new ReentrantLock();
    private volatile boolean closing;

    DeliverySession(String queue, QueueStore queues, Connections connections, MessageEndpointFactory endpoints) {
        this.queue = queue;
        this.queues = queues;
        this.connection = connections.forDelivery();
        try {
            session = (ClientSessionInternal) connection.createXASession();
            session.setTransactionTimeout(LONGEST_TRANSACTION_SECONDS);
            session.addMetaData(ClientSession.JMS_SESSION_IDENTIFIER_PROPERTY, "");
            producer = session.createProducer();
            endpoint = endpoints.createEndpoint(session);
            session.createConsumer(queue).setMessageHandler(this::receive);
            session.start();
        } catch (Exception e) {
            connection.close();
            throw new BrokerException("queue " + queue + " cannot be consumed: " + e.getMessage(), e);
        }
    }

    /** No delivery begins after this; one may be under way. */
    void refuse() {
        closing = true;
    }

    boolean deliversOnThisThread() {
        return underWay.isHeldByCurrentThread();
    }

    /** Returns when the delivery under way is through. What was fetched ahead goes back to its place in the queue. */
    void close() {
        refuse();
        underWay.lock();
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

    /** Not waiting for the lock: only {@link #close} can hold it now, and that waits in turn for this handler to return. */
    private void receive(ClientMessage message) {
        if (!underWay.tryLock()) {
            return;
        }
        try {
            if (!closing) {
                deliver(message);
            }
        } finally {
            underWay.unlock();
        }
    }

    private void deliver(ClientMessage message) {
        boolean passed = false;
        boolean begun = false;
        try {
            endpoint.beforeDelivery(ON_DELIVERY);
            begun = true;
            message.individualAcknowledge();
            ((DeliveryListener) endpoint).onDelivery(new ReceivedDelivery(queue, message, queues, producer));
            passed = true;
        } catch (RuntimeException e) {
            // the container has logged it and rolls back
            LOG.log(Level.FINE, "delivery from queue " + queue + " failed", e);
        } catch (ActiveMQException | ResourceException | NoSuchMethodException e) {
            LOG.log(Level.WARNING, "a message of queue " + queue + " could not be delivered, it will come again", e);
            session.markRollbackOnly();
        } finally {
            passed &= begun && complete();
        }
        if (!passed) {
            forgetWhatWasFetchedAhead();
        }
    }

    private boolean complete() {
        try {
            endpoint.afterDelivery();
            return true;
        } catch (ResourceException e) {
            LOG.log(Level.WARNING, "the transaction of a message of queue " + queue + " was rolled back", e);
            return false;
        }
    }

    /** After a roll-back the order of the queue is kept only if messages behind the failed one are fetched again. */
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
