package org.intelmq.server;

import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.MessageDriven;
import java.util.function.Consumer;
import org.intelmq.jms.Delivery;
import org.intelmq.jms.DeliveryListener;

/** A message-driven bean that does what the test says. */
@MessageDriven(activationConfig = @ActivationConfigProperty(propertyName = "pool", propertyValue = "scripted"))
public class ScriptedListener implements DeliveryListener {

    static volatile Consumer<Delivery> script = delivery -> { };

    @Override
    public void onDelivery(Delivery delivery) {
        script.accept(delivery);
    }
}
