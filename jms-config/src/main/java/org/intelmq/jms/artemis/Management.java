package org.intelmq.jms.artemis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.client.ClientMessage;
import org.apache.activemq.artemis.api.core.client.ClientRequestor;
import org.apache.activemq.artemis.api.core.client.ClientSession;
import org.apache.activemq.artemis.api.core.client.FailoverEventListener;
import org.apache.activemq.artemis.api.core.client.ServerLocator;
import org.apache.activemq.artemis.api.core.management.ManagementHelper;
import org.apache.activemq.artemis.api.core.management.ResourceNames;
import org.intelmq.jms.BrokerException;

/** Queries a broker over the network, through its management address. Thread-safe; one query at a time. */
final class Management implements WaitingNumbers.Questions, AutoCloseable {

    static final Duration LONGEST_ANSWER = Duration.ofSeconds(10);

    private static final String ADDRESS = "activemq.management";
    private static final Logger LOG = Logger.getLogger(Management.class.getName());

    private final ServerLocator locator;
    private final Connection connection;
    private final ClientSession session;
    private final Supplier<String> outage;
    private final ReentrantLock use = new ReentrantLock();
    private final long longestAnswerMillis;
    private ClientRequestor requestor;
    /** Those whose last question got no answer. */
    private final List<ClientRequestor> unanswered = new ArrayList<>();

    /** Work done with a session. */
    interface Work<T> {
        T on(ClientSession session) throws ActiveMQException;
    }

    /**
     * @param locator used only by this object, which closes it
     * @param outage why the broker cannot be reached now; {@code null} if it can
     * @param longestAnswer how long to wait for an answer
     * @throws Exception if the broker cannot be reached, or refuses the login
     */
    Management(ServerLocator locator, String user, String password, FailoverEventListener listener, Supplier<String> outage, Duration longestAnswer)
            throws Exception {
        this.locator = locator;
        this.outage = outage;
        this.longestAnswerMillis = longestAnswer.toMillis();
        locator.setCallTimeout(longestAnswerMillis).setCallFailoverTimeout(longestAnswerMillis);
        connection = new Connection(locator.createSessionFactory(), user, password);
        session = connection.committing();
        session.addFailoverListener(listener);
        session.start();
    }

    /**
     * Calls an operation of the broker itself and returns the result.
     *
     * @throws BrokerException if it refuses, or does not answer
     */
    @Override
    public Object server(String operation, Object... arguments) {
        return ask(ResourceNames.BROKER, message -> putOperation(message, ResourceNames.BROKER, operation, arguments));
    }

    @Override
    public Object queue(String queue, String operation, Object... arguments) {
        String resource = ResourceNames.QUEUE + queue;
        return ask(resource, message -> putOperation(message, resource, operation, arguments));
    }

    Object queueAttribute(String queue, String attribute) {
        String resource = ResourceNames.QUEUE + queue;
        return ask(resource, message -> ManagementHelper.putAttribute(message, resource, attribute));
    }

    Object serverAttribute(String attribute) {
        return ask(ResourceNames.BROKER, message -> ManagementHelper.putAttribute(message, ResourceNames.BROKER, attribute));
    }

    /** Works on the session itself. */
    <T> T on(Work<T> work) throws ActiveMQException {
        requireReached();
        use.lock();
        try {
            return work.on(session);
        } finally {
            use.unlock();
        }
    }

    Connection connection() {
        return connection;
    }

    private static void putOperation(ClientMessage message, String resource, String operation, Object... arguments) {
        try {
            ManagementHelper.putOperationInvocation(message, resource, operation, arguments);
        } catch (Exception e) {
            throw new IllegalArgumentException(operation, e);
        }
    }

    /** Fails rather than wait for the broker to come back. */
    private void requireReached() {
        String reason = outage.get();
        if (reason != null) {
            throw new BrokerException(reason);
        }
    }

    private Object ask(String resource, Consumer<ClientMessage> question) {
        requireReached();
        use.lock();
        try {
            if (requestor == null) {
                requestor = new ClientRequestor(session, ADDRESS);
            }
            ClientMessage message = session.createMessage(false);
            question.accept(message);
            ClientMessage answer = requestor.request(message, longestAnswerMillis);
            if (answer == null) {
                // after a network that was cut, its temporary queue may not be the one that answers arrive at
                unanswered.add(requestor);
                requestor = null;
                throw new BrokerException("the broker does not answer questions about " + resource);
            }
            closeUnanswered();
            Object result = ManagementHelper.getResult(answer);
            if (!ManagementHelper.hasOperationSucceeded(answer)) {
                throw new BrokerException("the broker refuses to answer about " + resource + ": " + result);
            }
            return result;
        } catch (BrokerException e) {
            throw e;
        } catch (Exception e) {
            // its temporary queue for answers may be gone with the broker
            requestor = null;
            throw new BrokerException("the broker cannot be queried about " + resource + ": " + e.getMessage(), e);
        } finally {
            use.unlock();
        }
    }

    /** Now that the broker answers, so that this does not wait. */
    private void closeUnanswered() {
        for (ClientRequestor each : unanswered) {
            try {
                each.close();
            } catch (Exception e) {
                LOG.log(Level.FINE, "its temporary queue is gone with the connection", e);
            }
        }
        unanswered.clear();
    }

    /** Does not wait for a broker that does not answer. */
    @Override
    public void close() {
        locator.close();
    }
}
