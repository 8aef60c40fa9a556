package org.intelmq.jms.artemis;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.postoffice.impl.LocalQueueBinding;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyAcceptor;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyAcceptorFactory;
import org.apache.activemq.artemis.core.server.Queue;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;

/** A broker of a test that is reached over the network, as anybody would set it up: nothing in it is made for us. */
final class FarBroker implements AutoCloseable {

    private final EmbeddedActiveMQ server = new EmbeddedActiveMQ();

    /** @param acceptor what is special about its port */
    FarBroker(Path directory, Map<String, Object> acceptor) {
        this(configuration(directory).addAcceptorConfiguration(new TransportConfiguration(NettyAcceptorFactory.class.getName(), acceptor, "network")));
    }

    FarBroker(ConfigurationImpl configuration) {
        try {
            server.setConfiguration(configuration).start();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    static ConfigurationImpl configuration(Path directory) {
        return new ConfigurationImpl().setName("far").setSecurityEnabled(false).setJMXManagementEnabled(false)
                .setBindingsDirectory(directory.resolve("bindings").toString()).setJournalDirectory(directory.resolve("journal").toString())
                .setLargeMessagesDirectory(directory.resolve("large-messages").toString()).setPagingDirectory(directory.resolve("paging").toString());
    }

    /** On a port that was free. */
    static FarBroker on(Path directory) {
        return new FarBroker(directory, Map.of("host", "127.0.0.1", "port", 0));
    }

    int port() {
        return ((NettyAcceptor) server.getActiveMQServer().getRemotingService().getAcceptor("network")).getActualPort();
    }

    AddressSettings settings(String address) {
        return server.getActiveMQServer().getAddressSettingsRepository().getMatch(address);
    }

    /** For answers to questions. */
    List<Queue> temporaryQueues() {
        return server.getActiveMQServer().getPostOffice().getAllBindings().filter(LocalQueueBinding.class::isInstance)
                .map(binding -> ((LocalQueueBinding) binding).getQueue()).filter(Queue::isTemporary).toList();
    }

    /** How we reach it. */
    BrokerLink link(Path directory) {
        return link(directory, Map.of("INTELMQ_BROKER", "tcp://127.0.0.1:" + port()));
    }

    static BrokerLink link(Path directory, Map<String, String> environment) {
        return new ExternalBroker(ExternalAddress.from(environment).orElseThrow(), BrokerOnDisk.settings(directory),
                new PatientStart(Duration.ofMillis(50), () -> false, waiting -> { }));
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
