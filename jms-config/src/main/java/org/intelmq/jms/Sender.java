package org.intelmq.jms;

import java.io.InputStream;

/** Sends over the session that delivered, so that results and acknowledgement commit together. Used only by the delivering thread. */
public interface Sender {

    /**
     * Sends a parcel. Its id travels with it but is not compared, because what the transaction sends cannot have been sent before.
     *
     * @throws BrokerException if the broker refuses the message; the delivery is then rolled back
     */
    void send(String queue, Parcel parcel);

    /**
     * Sends a parcel with data that is read piece by piece from the stream, whatever its size.
     *
     * @throws BrokerException if the data cannot be read, or the broker refuses the message; the delivery is then rolled back
     */
    void send(String queue, Parcel parcel, InputStream data);
}
