package org.intelmq.jms.artemis;

import java.io.InputStream;
import org.apache.activemq.artemis.api.core.client.ClientMessage;
import org.intelmq.jms.Delivery;
import org.intelmq.jms.Parcel;
import org.intelmq.jms.Sender;

/** A message on its way to its bot. */
final class ReceivedDelivery implements Delivery {

    private final String queue;
    private final ClientMessage message;
    private final Sender sender;
    private Parcel parcel;
    private Runnable atEnd = () -> { };

    /** @param sender over the session that delivered */
    ReceivedDelivery(String queue, ClientMessage message, Sender sender) {
        this.queue = queue;
        this.message = message;
        this.sender = sender;
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
    public long sentAt() {
        return message.getTimestamp();
    }

    @Override
    public Sender sender() {
        return sender;
    }

    @Override
    public void atEnd(Runnable action) {
        atEnd = action;
    }

    void end() {
        atEnd.run();
    }
}
