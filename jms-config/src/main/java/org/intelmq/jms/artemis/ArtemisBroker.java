package org.intelmq.jms.artemis;

import jakarta.resource.spi.endpoint.MessageEndpointFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.Message;
import org.apache.activemq.artemis.api.core.client.ClientMessage;
import org.intelmq.jms.Backlog;
import org.intelmq.jms.Broker;
import org.intelmq.jms.BrokerException;
import org.intelmq.jms.Delivery;
import org.intelmq.jms.DeliveryListener;
import org.intelmq.jms.OwnTransaction;
import org.intelmq.jms.Parcel;
import org.intelmq.jms.Turn;

/** The broker as the application sees it, embedded or not. Thread-safe. */
final class ArtemisBroker implements Broker, AutoCloseable {

    private static final Duration PATIENCE_OF_CONTAINER = Duration.ofSeconds(5);
    private static final long MOST_BYTES_SHOWN = 32L << 20;

    private final QueueStore queues;
    private final Connections connections;
    private final Connection sending;
    private final SendingSessions senders;
    private final OwnTransactions transactions;
    private final Map<String, MessageEndpointFactory> endpoints = new ConcurrentHashMap<>();
    private final Map<String, QueueConsumer> consumers = new ConcurrentHashMap<>();
    private volatile boolean ending;

    ArtemisBroker(QueueStore queues, Connections connections) {
        this.queues = queues;
        this.connections = connections;
        this.sending = connections.forSending();
        this.senders = new SendingSessions(sending);
        this.transactions = new OwnTransactions(queues, connections.forTransactions());
    }

    /** Returns before the consumers that were requested earlier begin: the container may create no endpoint for the thread that activates it. */
    void poolAvailable(String pool, MessageEndpointFactory factory) {
        if (endpoints.putIfAbsent(pool, factory) != null) {
            throw new IllegalStateException("there is a message-driven bean for pool \"" + pool + "\" already");
        }
        consumers.values().forEach(consumer -> connections.execute(() -> consumer.poolCame(pool)));
    }

    /** Returns when the last delivery of the pool has ended, or has been rolled back because it did not end in time. */
    void poolGone(String pool) {
        endpoints.remove(pool);
        List<QueueConsumer> ofPool = consumers.values().stream().filter(consumer -> consumer.isOf(pool)).toList();
        ofPool.forEach(consumer -> consumer.sessions().forEach(DeliverySession::refuse));
        EndOfDeliveries.await(ofPool, PATIENCE_OF_CONTAINER);
        ofPool.forEach(consumer -> consumer.poolWent(pool));
    }

    @Override
    public boolean isShared() {
        return queues.isShared();
    }

    @Override
    public void handOutTo(Readers readers, String queue) {
        queues.handOutTo(readers, queue);
    }

    @Override
    public Turn standInLine(String queue, Runnable whenChanged) {
        if (!isShared()) {
            return Turn.OURS;
        }
        queues.ensure(queue);
        return new HeldMessage(queue, connections.forTurns(), whenChanged);
    }

    @Override
    public void announce(String text) {
        if (!isShared()) {
            return;
        }
        if (!problems().isEmpty()) {
            throw new BrokerException(problems().get(0));
        }
        queues.ensureLedger(Announcements.ADDRESS);
        senders.send(Announcements.ADDRESS, Announcements.message(text));
    }

    @Override
    public void listen(Consumer<String> listener) {
        if (isShared()) {
            queues.ensureLedger(Announcements.ADDRESS);
            Announcements.listen(connections.forTurns(), listener);
        }
    }

    @Override
    public void ensureQueue(String queue) {
        queues.ensure(queue);
    }

    @Override
    public void startConsumer(String pool, String queue, int sessions) {
        if (sessions < 1) {
            throw new IllegalArgumentException("sessions of queue " + queue + " cannot be " + sessions + ": at least 1");
        }
        consumers.computeIfAbsent(queue, name -> new QueueConsumer(name, queues, connections, endpoints::get, () -> ending)).start(pool, sessions);
    }

    @Override
    public void stopConsumer(String queue) {
        QueueConsumer consumer = consumers.get(queue);
        if (consumer != null) {
            consumer.stop();
        }
    }

    @Override
    public boolean stopConsumer(String queue, Duration patience) {
        QueueConsumer consumer = consumers.get(queue);
        return consumer == null || consumer.stop(patience);
    }

    @Override
    public List<String> endDeliveries(Duration patience) {
        ending = true;
        return EndOfDeliveries.await(consumers.values(), patience);
    }

    @Override
    public boolean isConsumed(String queue) {
        QueueConsumer consumer = consumers.get(queue);
        return consumer != null && consumer.isWanted();
    }

    @Override
    public void send(String queue, Parcel parcel) {
        queues.ensure(queue);
        ClientMessage message = ParcelMessage.of(parcel);
        if (parcel.id() != null) {
            message.putStringProperty(Message.HDR_DUPLICATE_DETECTION_ID.toString(), parcel.id());
        }
        senders.send(queue, message);
        queues.sent(queue, parcel.count());
    }

    @Override
    public void inTransaction(Consumer<OwnTransaction> work) {
        transactions.run(work);
    }

    @Override
    public boolean isKnown(String ledger, String id) {
        return queues.isKnown(ledger, id);
    }

    @Override
    public List<String> problems() {
        return queues.problems();
    }

    @Override
    public long length(String queue) {
        return queues.length(queue);
    }

    @Override
    public long clear(String queue) {
        return queues.clear(queue);
    }

    @Override
    public List<String> queues() {
        return queues.names();
    }

    @Override
    public Backlog backlog(String queue) {
        return queues.backlog(queue);
    }

    @Override
    public int hasten(String queue) {
        return queues.hasten(queue);
    }

    @Override
    public boolean receive(String queue, DeliveryListener listener) {
        return receive(queue, 1, deliveries -> deliveries.forEach(listener::onDelivery)) > 0;
    }

    @Override
    public int receive(String queue, int most, Consumer<List<Delivery>> work) {
        try (var session = sending.transacted(); var consumer = session.createConsumer(queue);
                var producer = session.createProducer()) {
            session.start();
            var sender = new SessionSender(queues, producer::send);
            var deliveries = new ArrayList<ReceivedDelivery>();
            long bytes = 0;
            for (boolean large = false; !large && deliveries.size() < most && bytes < MOST_BYTES_SHOWN; ) {
                ClientMessage message = consumer.receiveImmediate();
                if (message == null) {
                    break;
                }
                message.acknowledge();
                // its data is read from the session, which gives the next message only after it
                large = message.isLargeMessage();
                bytes += message.getBodySize();
                deliveries.add(new ReceivedDelivery(queue, message, sender));
            }
            if (deliveries.isEmpty()) {
                return 0;
            }
            try {
                work.accept(List.copyOf(deliveries));
                session.commit();
                sender.committed();
            } finally {
                deliveries.forEach(ReceivedDelivery::end);
            }
            return deliveries.size();
        } catch (ActiveMQException e) {
            throw new BrokerException("queue " + queue + " cannot be read: " + e.getMessage(), e);
        }
    }

    @Override
    public void browse(String queue, Predicate<Parcel> visitor) {
        try (var session = sending.committing(); var browser = session.createConsumer(queue, null, true)) {
            session.start();
            ClientMessage message = browser.receiveImmediate();
            while (message != null && visitor.test(ParcelMessage.read(message))) {
                message = browser.receiveImmediate();
            }
        } catch (ActiveMQException e) {
            throw new BrokerException("queue " + queue + " cannot be read: " + e.getMessage(), e);
        }
    }

    @Override
    public List<Parcel> peek(String queue, int limit) {
        var parcels = new ArrayList<Parcel>();
        var bytes = new AtomicLong();
        browse(queue, parcel -> {
            if (parcels.size() < limit && bytes.get() < MOST_BYTES_SHOWN) {
                bytes.addAndGet(parcel.body().length);
                parcels.add(parcel);
            }
            return parcels.size() < limit && bytes.get() < MOST_BYTES_SHOWN;
        });
        return parcels;
    }

    @Override
    public void close() {
        endDeliveries(PATIENCE_OF_CONTAINER);
        consumers.values().forEach(QueueConsumer::stop);
        senders.close();
        transactions.close();
        connections.close();
    }
}
