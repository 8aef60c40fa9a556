package org.intelmq.jms.artemis;

import jakarta.resource.ResourceException;
import jakarta.resource.spi.ActivationSpec;
import jakarta.resource.spi.BootstrapContext;
import jakarta.resource.spi.ResourceAdapterInternalException;
import jakarta.resource.spi.endpoint.MessageEndpointFactory;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.activemq.artemis.ra.ActiveMQResourceAdapter;
import org.intelmq.jms.BrokerException;
import org.intelmq.jms.RunningBroker;

/** Artemis's resource adapter, with the broker embedded or a connection to one, and with consumers that come and go while the application runs. */
public class BrokerResourceAdapter extends ActiveMQResourceAdapter {

    private static final long serialVersionUID = 1L;
    private static final Logger LOG = Logger.getLogger(BrokerResourceAdapter.class.getName());
    private static final int CONSUMER_WINDOW = 256 << 10;
    private static final int SERVER_ID = 0;
    /** Where the launcher looks for the reason. */
    private static final String START_FAILURE = "intelmq.start-failure";

    private transient FutureTask<Started> starting;

    private record Started(BrokerLink link, ArtemisBroker broker) { }

    /** Does not wait for the broker: the application is wired meanwhile. Whoever needs the broker waits for it. */
    @Override
    public void start(BootstrapContext context) throws ResourceAdapterInternalException {
        super.start(context);
        starting = new FutureTask<>(BrokerResourceAdapter::startBroker);
        new Thread(starting, "intelmq-broker-start").start();
        RunningBroker.set(() -> started().broker());
    }

    private static Started startBroker() {
        try {
            BrokerSettings settings = BrokerSettings.fromSystem();
            BrokerLink link = link(settings);
            link.start();
            return new Started(link, new ArtemisBroker(link, new Connections(link, settings.largeFrom(), CONSUMER_WINDOW)));
        } catch (RuntimeException e) {
            System.setProperty(START_FAILURE, e.getMessage() == null ? e.toString() : e.getMessage());
            throw e;
        }
    }

    /** @throws BrokerException if it has not started */
    private Started started() {
        try {
            return starting.get();
        } catch (ExecutionException e) {
            throw new BrokerException("the message broker is not running: " + e.getCause().getMessage(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BrokerException("interrupted while the message broker was starting", e);
        }
    }

    private static BrokerLink link(BrokerSettings settings) {
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
        Started started = null;
        try {
            started = started();
            started.broker().close();
        } catch (BrokerException e) {
            LOG.log(Level.FINE, "it has never run", e);
        }
        super.stop();
        if (started != null) {
            started.link().stop();
        }
    }

    @Override
    public void endpointActivation(MessageEndpointFactory endpoints, ActivationSpec activation) throws ResourceException {
        if (!(activation instanceof PoolActivation)) {
            super.endpointActivation(endpoints, activation);
            return;
        }
        try {
            started().broker().poolAvailable(((PoolActivation) activation).getPool(), endpoints);
        } catch (BrokerException e) {
            throw new ResourceException(e.getMessage(), e);
        }
    }

    @Override
    public void endpointDeactivation(MessageEndpointFactory endpoints, ActivationSpec activation) {
        if (activation instanceof PoolActivation pool) {
            started().broker().poolGone(pool.getPool());
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
