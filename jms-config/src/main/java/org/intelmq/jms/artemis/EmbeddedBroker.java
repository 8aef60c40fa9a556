package org.intelmq.jms.artemis;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.api.core.client.ActiveMQClient;
import org.apache.activemq.artemis.api.core.client.ServerLocator;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.postoffice.impl.LocalQueueBinding;
import org.apache.activemq.artemis.core.remoting.impl.invm.InVMAcceptorFactory;
import org.apache.activemq.artemis.core.remoting.impl.invm.InVMConnectorFactory;
import org.apache.activemq.artemis.core.server.ActivateCallback;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.server.MessageReference;
import org.apache.activemq.artemis.core.server.Queue;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.core.server.impl.AddressInfo;
import org.intelmq.jms.Backlog;
import org.intelmq.jms.BrokerException;

/** The broker inside this process: reached in memory only, its queues on disk. */
final class EmbeddedBroker implements BrokerLink {

    private static final Logger LOG = Logger.getLogger(EmbeddedBroker.class.getName());
    /** Whether the whole server ends when the broker has failed, so that whoever watches over it restarts it. */
    private static final String END_SERVER = "intelmq.broker.failure-ends-server";
    private static final String TICKS = ".tick";
    private static final int MEBIBYTE = 1 << 20;
    private static final String JOURNAL = "journal";
    private static final int JOURNAL_FILE = 20 * MEBIBYTE;

    /** Held, because a logger that nobody holds forgets its level. They would write a line per message. */
    private static final Logger AUDIT = Logger.getLogger("org.apache.activemq.audit");

    private final int serverId;
    private final EventCounts counts = new EventCounts();
    private final EmbeddedActiveMQ broker = new EmbeddedActiveMQ();
    private final Path directory;
    private final QueueLengths lengths;
    private final AcceptorAddress acceptor;
    private final Doorkeeper doorkeeper;
    private final List<String> damage = new ArrayList<>();
    private ClockWatch clock;
    private volatile boolean stopping;

    /** @param serverId tells embedded brokers of one process apart */
    EmbeddedBroker(BrokerSettings settings, int serverId) {
        this(settings, serverId, null);
    }

    /** @param acceptor where other programs are let in; {@code null} for nowhere */
    EmbeddedBroker(BrokerSettings settings, int serverId, AcceptorAddress acceptor) {
        this.serverId = serverId;
        this.acceptor = acceptor;
        this.doorkeeper = acceptor == null ? null : new Doorkeeper(acceptor, this::isBotsQueue);
        this.directory = settings.directory();
        this.lengths = new QueueLengths(directory.resolve("queue-lengths"));
        try {
            broker.setConfiguration(configuration(settings));
        } catch (Exception e) {
            throw new BrokerException("the broker's configuration is not accepted: " + e.getMessage(), e);
        }
        if (doorkeeper != null) {
            broker.setSecurityManager(doorkeeper);
        }
        broker.setMbeanServer(ManagementFactory.getPlatformMBeanServer());
    }

    @Override
    public void start() {
        AUDIT.setLevel(Level.OFF);
        damage.addAll(new JournalFiles(directory.resolve(JOURNAL), JOURNAL_FILE).damage());
        List<Exception> failures = new CopyOnWriteArrayList<>();
        try {
            broker.createActiveMQServer();
            // otherwise Artemis only logs them
            server().registerActivationFailureListener(failures::add);
            broker.start();
        } catch (Exception e) {
            throw new BrokerException("the broker does not start: " + e.getMessage(), e);
        }
        if (!server().isActive()) {
            throw new BrokerException("the broker does not start: " + (damage.isEmpty() ? reason(failures) : String.join("; ", damage)));
        }
        server().registerBrokerPlugin(counts);
        if (doorkeeper != null) {
            server().registerBrokerPlugin(new ForeignMessages(doorkeeper.ownUser(), acceptor.limit()));
            LOG.info("Other programs reach the bots' queues at " + acceptorAddress() + " with " + String.join(", ", acceptor.protocols()) + ".");
        }
        localQueues().forEach(counts::recount);
        damage.addAll(lengths.missing(counts::of));
        damage.forEach(LOG::severe);
        clock = ClockWatch.start(this::deliverWhatIsHeld);
        server().registerActivateCallback(new ActivateCallback() {
            @Override
            public void stop(ActiveMQServer server) {
                if (!stopping) {
                    gone();
                }
            }
        });
    }

    private String acceptorAddress() {
        return acceptor.transport().getParams().get("host") + ":" + acceptor.transport().getParams().get("port");
    }

    private String reason(List<Exception> failures) {
        String known = failures.isEmpty() ? "Artemis gives no reason" : PatientStart.reason(failures.get(0));
        String address = acceptor == null ? "" : "; other programs were to reach it at " + acceptorAddress();
        return known + address + "; check that the disk with " + directory + " has room and that its files are in order";
    }

    /** Nothing is lost by it, because what cannot be written is not acknowledged; but it does not come back by itself. */
    private void gone() {
        LOG.severe("The broker has ended because it cannot write to " + directory + ": is the disk full? It restarts with the server.");
        if (Boolean.getBoolean(END_SERVER)) {
            Runtime.getRuntime().halt(1);
        }
    }

    /** Rather too early than in a day. */
    private void deliverWhatIsHeld() {
        LOG.warning("The clock was set back: messages that wait for their time are delivered now.");
        localQueues().forEach(queue -> {
            try {
                queue.deliverScheduledMessages();
            } catch (ActiveMQException e) {
                LOG.log(Level.WARNING, "messages of queue " + queue.getName() + " that wait for their time cannot be delivered", e);
            }
        });
    }

    @Override
    public void stop() {
        stopping = true;
        if (clock != null) {
            clock.close();
        }
        try {
            if (server().isActive()) {
                // the counts follow when the journal has it on disk
                server().getStorageManager().waitOnOperations();
                lengths.write(counts.all());
            }
            broker.stop();
        } catch (Exception e) {
            throw new BrokerException("the broker does not stop: " + e.getMessage(), e);
        }
    }

    @Override
    public ServerLocator locator() {
        return ActiveMQClient.createServerLocatorWithoutHA(new TransportConfiguration(InVMConnectorFactory.class.getName(), inVirtualMachine()));
    }

    @Override
    public String user() {
        return doorkeeper == null ? null : doorkeeper.ownUser();
    }

    @Override
    public String password() {
        return doorkeeper == null ? null : doorkeeper.ownPassword();
    }

    /** Neither the ticks, nor what nobody could deliver, nor the ids that a collector has taken. */
    private boolean isBotsQueue(String name) {
        return server().locateQueue(name) != null && !name.endsWith(TICKS) && !name.equals(QueueSettings.DEAD_LETTERS) && !name.equals(QueueSettings.EXPIRED);
    }

    @Override
    public void ensure(String name) {
        if (server().locateQueue(name) != null) {
            return;
        }
        try {
            server().createQueue(QueueConfiguration.of(name).setRoutingType(RoutingType.ANYCAST).setDurable(true)
                    .setAutoDelete(false).setAutoCreateAddress(true), true);
        } catch (Exception e) {
            throw new BrokerException("queue " + name + " cannot be created: " + e.getMessage(), e);
        }
    }

    @Override
    public void ensureLedger(String name) {
        SimpleString address = SimpleString.of(name);
        if (server().getAddressInfo(address) != null) {
            return;
        }
        try {
            server().addOrUpdateAddressInfo(new AddressInfo(address, RoutingType.MULTICAST));
        } catch (Exception e) {
            throw new BrokerException("ledger " + name + " cannot be created: " + e.getMessage(), e);
        }
    }

    @Override
    public boolean isKnown(String ledger, String id) {
        return server().getPostOffice().getDuplicateIDCache(SimpleString.of(ledger)).contains(RememberedId.key(id));
    }

    @Override
    public List<String> problems() {
        return List.copyOf(damage);
    }

    @Override
    public long length(String name) {
        return counts.of(name);
    }

    @Override
    public Backlog backlog(String name) {
        Queue queue = server().locateQueue(name);
        if (queue == null) {
            return Backlog.NONE;
        }
        MessageReference first = queue.peekFirstMessage();
        return new Backlog(counts.of(name), queue.getPersistentSize(), first == null ? null : Instant.ofEpochMilli(first.getMessage().getTimestamp()));
    }

    @Override
    public int hasten(String name) {
        Queue queue = server().locateQueue(name);
        int waiting = queue == null ? 0 : queue.getScheduledCount();
        if (waiting > 0) {
            deliverScheduled(queue);
        }
        return waiting;
    }

    private static void deliverScheduled(Queue queue) {
        try {
            queue.deliverScheduledMessages();
        } catch (ActiveMQException e) {
            throw new BrokerException("messages of queue " + queue.getName() + " that wait for their time cannot be delivered: " + e.getMessage(), e);
        }
    }

    @Override
    public long clear(String name) {
        Queue queue = server().locateQueue(name);
        if (queue == null) {
            return 0;
        }
        long before = counts.of(name);
        try {
            queue.deleteAllReferences();
            // the counts follow when the journal has it on disk
            server().getStorageManager().waitOnOperations();
        } catch (Exception e) {
            throw new BrokerException("queue " + name + " cannot be cleared: " + e.getMessage(), e);
        }
        return Math.max(0, before - counts.of(name));
    }

    @Override
    public List<String> names() {
        return localQueues().map(queue -> queue.getName().toString()).sorted().toList();
    }

    private ActiveMQServer server() {
        return broker.getActiveMQServer();
    }

    private Stream<Queue> localQueues() {
        return server().getPostOffice().getAllBindings().filter(LocalQueueBinding.class::isInstance)
                .map(binding -> ((LocalQueueBinding) binding).getQueue()).filter(queue -> !queue.isInternalQueue());
    }

    private Map<String, Object> inVirtualMachine() {
        return Map.of("serverId", serverId);
    }

    private Configuration configuration(BrokerSettings settings) throws Exception {
        Path directory = settings.directory();
        int bufferBytes = settings.largeFrom() + MEBIBYTE;
        var configuration = new ConfigurationImpl()
                .setName("intelmq")
                .setSecurityEnabled(acceptor != null)
                .setResolveProtocols(acceptor != null)
                .setPersistenceEnabled(true)
                .setBindingsDirectory(directory.resolve("bindings").toString())
                .setJournalDirectory(directory.resolve(JOURNAL).toString())
                .setLargeMessagesDirectory(directory.resolve("large-messages").toString())
                .setPagingDirectory(directory.resolve("paging").toString())
                .setNodeManagerLockDirectory(directory.resolve("lock").toString())
                .setJournalType(JournalType.NIO)
                .setJournalSyncTransactional(true)
                .setJournalSyncNonTransactional(true)
                .setJournalFileSize(JOURNAL_FILE)
                .setJournalMinFiles(2)
                .setJournalPoolFiles(8)
                .setJournalBufferSize_NIO(bufferBytes)
                .setJournalBufferTimeout_NIO(settings.bufferNanos())
                .setIDCacheSize(settings.knownIds())
                .setPersistIDCache(true)
                .setGlobalMaxSize(settings.totalMemory())
                // a share of the disk, the default, stops everything on a large disk with much room left
                .setMaxDiskUsage(-1)
                .setMinDiskFree(256L * MEBIBYTE)
                // a bot may work on one batch for as long as it takes
                .setTransactionTimeout(TimeUnit.DAYS.toMillis(7))
                .setAddressQueueScanPeriod(-1)
                .setCriticalAnalyzer(false)
                .setJMXManagementEnabled(true)
                .addAcceptorConfiguration(new TransportConfiguration(InVMAcceptorFactory.class.getName(), inVirtualMachine(), "in-vm"));
        if (acceptor != null) {
            configuration.addAcceptorConfiguration(acceptor.transport());
        }
        configuration.addAddressSetting("#", QueueSettings.of(settings));
        for (String name : List.of(QueueSettings.DEAD_LETTERS, QueueSettings.EXPIRED)) {
            configuration.addQueueConfiguration(QueueConfiguration.of(name).setRoutingType(RoutingType.ANYCAST));
        }
        return configuration;
    }
}
