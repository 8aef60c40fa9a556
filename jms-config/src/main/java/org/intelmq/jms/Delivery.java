package org.intelmq.jms;

/** A message handed to a bot's listener inside a container-managed transaction. Valid during the call only. */
public interface Delivery {

    /** Name of the queue it was taken from. */
    String queue();

    Parcel parcel();

    /** 1 at the first delivery, more after a roll-back. A crash is not counted. */
    int deliveryCount();

    /** The broker's identity of this message, the same at each redelivery. */
    String messageId();

    Sender sender();
}
