package org.intelmq.jms.artemis;

import jakarta.resource.ResourceException;
import jakarta.resource.spi.ActivationSpec;
import jakarta.resource.spi.BootstrapContext;
import jakarta.resource.spi.ResourceAdapterInternalException;
import jakarta.resource.spi.endpoint.MessageEndpointFactory;
import java.util.Optional;
import org.apache.activemq.artemis.ra.ActiveMQResourceAdapter;
import org.intelmq.jms.BrokerException;
import org.intelmq.jms.RunningBroker;

/** Artemis's resource adapter, with the broker embedded or a connection to one, and with consumers that come and go while the application runs. */
public class BrokerResourceAdapter extends ActiveMQResourceAdapter {

    private static final long serialVersionUID = 1L;
    private static final int CONSUMER_WINDOW = 256 << 10;
    private static final int SERVER_ID = 0;
    /** Where the launcher looks for the reason. */
    private static final String START_FAILURE = "intelmq.start-failure";

    private transient BrokerLink link;
    private transient ArtemisBroker broker;

    @Override
    public void start(BootstrapContext context) throws ResourceAdapterInternalException {
        BrokerSettings settings = BrokerSettings.fromSystem();
        try {
            link = link(settings);
            link.start();
        } catch (BrokerException e) {
            System.setProperty(START_FAILURE, e.getMessage());
            throw new ResourceAdapterInternalException(e.getMessage(), e);
        }
        super.start(context);
        broker = new ArtemisBroker(link, new Connections(link, settings.largeFrom(), CONSUMER_WINDOW));
        RunningBroker.set(broker);
    }

    private BrokerLink link(BrokerSettings settings) {
        Optional<ExternalAddress> external = ExternalAddress.from(System.getenv());
        Optional<AcceptorAddress> acceptor = AcceptorAddress.from(System.getenv());
        if (external.isEmpty()) {
            return new EmbeddedBroker(settings, SERVER_ID, acceptor.orElse(null));
        }
        if (acceptor.isPresent()) {
            throw new BrokerException("INTELMQ_BROKER_ACCEPTOR concerns the embedded broker, but INTELMQ_BROKER names another: let other programs "
                    + "connect to that one");
        }
        return new ExternalBroker(external.get(), settings, PatientStart.ofServer());
    }

    @Override
    public void stop() {
        RunningBroker.set(null);
        if (broker != null) {
            broker.close();
        }
        super.stop();
        if (link != null) {
            link.stop();
        }
    }

    @Override
    public void endpointActivation(MessageEndpointFactory endpoints, ActivationSpec activation) throws ResourceException {
        if (activation instanceof PoolActivation pool) {
            broker.poolAvailable(pool.getPool(), endpoints);
        } else {
            super.endpointActivation(endpoints, activation);
        }
    }

    @Override
    public void endpointDeactivation(MessageEndpointFactory endpoints, ActivationSpec activation) {
        if (activation instanceof PoolActivation pool) {
            broker.poolGone(pool.getPool());
        } else {
            super.endpointDeactivation(endpoints, activation);
        }
    }

    /** There is one adapter per server, although the specification asks for equality by configuration. */
    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
