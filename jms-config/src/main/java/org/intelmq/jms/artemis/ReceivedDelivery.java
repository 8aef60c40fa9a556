package org.intelmq.jms.artemis;

import java.io.InputStream;

import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.client.ClientMessage;
import org.intelmq.jms.BrokerException;
import org.intelmq.jms.Delivery;
import org.intelmq.jms.Parcel;
import org.intelmq.jms.Sender;

/** A message under way to its bot; what is sent in return goes over the session that delivered it. */
final class ReceivedDelivery implements Delivery, Sender {

    private final String queue;
    private final ClientMessage message;
    private final QueueStore queues;
    private final Way back;
    private Parcel parcel;
    private Runnable atEnd = () -> { };

    /** Over the session that delivered, within its transaction. */
    interface Way {
        void send(String queue, ClientMessage message) throws ActiveMQException, TransactionBranch.NotStartedException;
    }

    ReceivedDelivery(String queue, ClientMessage message, QueueStore queues, Way back) {
        this.queue = queue;
        this.message = message;
        this.queues = queues;
        this.back = back;
    }

    @Override
    public String queue() {
        return queue;
    }

    @Override
    public Parcel parcel() {
        if (parcel == null) {
            parcel = ParcelMessage.read(message);
        }
        return parcel;
    }

    @Override
    public InputStream data() {
        return ParcelMessage.data(message);
    }

    @Override
    public int deliveryCount() {
        return message.getDeliveryCount();
    }

    @Override
    public String messageId() {
        // another program's message may have none
        return String.valueOf(message.getUserID() == null ? message.getMessageID() : message.getUserID());
    }

    @Override
    public Sender sender() {
        return this;
    }

    @Override
    public void atEnd(Runnable action) {
        atEnd = action;
    }

    void end() {
        atEnd.run();
    }

    @Override
    public void send(String target, Parcel sent) {
        send(target, ParcelMessage.of(sent));
    }

    @Override
    public void send(String target, Parcel sent, InputStream data) {
        send(target, ParcelMessage.of(sent, data));
    }

    private void send(String target, ClientMessage sent) {
        queues.ensure(target);
        try {
            back.send(target, sent);
        } catch (ActiveMQException | TransactionBranch.NotStartedException e) {
            throw new BrokerException("queue " + target + " does not take the message: " + e.getMessage(), e);
        }
    }
}
