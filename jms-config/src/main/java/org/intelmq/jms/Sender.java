package org.intelmq.jms;

/** Sends over the session that delivered, so that results and receipt commit together. Used by the delivering thread only. */
public interface Sender {

    /**
     * The parcel's id is carried along but not compared: what the transaction sends cannot have been sent before.
     *
     * @throws BrokerException if the broker refuses the message; the delivery is then rolled back
     */
    void send(String queue, Parcel parcel);
}
