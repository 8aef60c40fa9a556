package org.intelmq.jms;

import java.io.InputStream;

/** Sends over the session that delivered, so that results and receipt commit together. Used by the delivering thread only. */
public interface Sender {

    /**
     * The parcel's id is carried along but not compared: what the transaction sends cannot have been sent before.
     *
     * @throws BrokerException if the broker refuses the message; the delivery is then rolled back
     */
    void send(String queue, Parcel parcel);

    /**
     * Sends a parcel with data that is read from the stream bit by bit, however much that is.
     *
     * @throws BrokerException if the data cannot be read or the broker refuses the message; the delivery is then rolled back
     */
    void send(String queue, Parcel parcel, InputStream data);
}
