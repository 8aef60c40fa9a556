package org.intelmq.host;

import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.EJB;
import jakarta.ejb.MessageDriven;
import org.intelmq.jms.Delivery;
import org.intelmq.jms.DeliveryListener;

/** Hands each delivery to its bot. Throwing rolls back, so the broker delivers again. */
@MessageDriven(activationConfig = @ActivationConfigProperty(propertyName = "pool", propertyValue = "parsers"))
public class ParserListener implements DeliveryListener {

    @EJB
    private BotHost host;

    @Override
    public void onDelivery(Delivery delivery) {
        host.deliver(delivery);
    }
}
