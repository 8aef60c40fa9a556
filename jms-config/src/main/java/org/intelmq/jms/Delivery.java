package org.intelmq.jms;

import java.io.InputStream;

/** A message handed to a bot's listener inside a container-managed transaction. Valid during the call only, but for what is done at its end. */
public interface Delivery {

    /** Name of the queue it was taken from. */
    String queue();

    Parcel parcel();

    /** The data that was sent beside the parcel, to be read once, bit by bit; empty if there is none. */
    InputStream data();

    /** 1 at the first delivery, more after a roll-back. A crash is not counted. */
    int deliveryCount();

    /** The broker's identity of this message, the same at each redelivery. */
    String messageId();

    /** When it was put into the queue, in milliseconds since 1970; 0 if that is not known. */
    default long sentAt() {
        return 0;
    }

    Sender sender();

    /**
     * To be done, on the delivering thread, when the delivery is over and its transaction with it. A container that is being stopped
     * may tell nobody how that ended.
     */
    void atEnd(Runnable action);
}
