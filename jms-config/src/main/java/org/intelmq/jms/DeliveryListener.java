package org.intelmq.jms;

/** The listener interface of our message-driven beans (a JCA resource adapter may bring its own). Throwing rolls back. */
public interface DeliveryListener {

    void onDelivery(Delivery delivery);
}
