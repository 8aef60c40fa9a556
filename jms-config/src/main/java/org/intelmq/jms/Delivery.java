package org.intelmq.jms;

import java.io.InputStream;

/**
 * A message handed to a bot's listener inside a container-managed transaction. Valid only during the call, except for actions registered for
 * its end.
 */
public interface Delivery {

    /** Name of the queue it was taken from. */
    String queue();

    Parcel parcel();

    /** The data that was sent next to the parcel, to be read once, piece by piece; empty if there is none. */
    InputStream data();

    /** 1 at the first delivery, more after a rollback. A crash is not counted. */
    int deliveryCount();

    /** The broker's identity of this message, the same at each redelivery. */
    String messageId();

    /** When it was put into the queue, in milliseconds since 1970; 0 if unknown. */
    default long sentAt() {
        return 0;
    }

    Sender sender();

    /**
     * Runs the action, on the delivering thread, when the delivery and its transaction are over. A container that is being stopped may not
     * tell anybody the outcome.
     */
    void atEnd(Runnable action);
}
