package org.intelmq.jms.artemis;

import io.netty.channel.DefaultEventLoopGroup;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.EventExecutor;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.ActiveMQExceptionType;
import org.apache.activemq.artemis.api.core.ActiveMQQueueExistsException;
import org.apache.activemq.artemis.api.core.ActiveMQSecurityException;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.api.core.client.ActiveMQClient;
import org.apache.activemq.artemis.api.core.client.ClientSession;
import org.apache.activemq.artemis.api.core.client.FailoverEventType;
import org.apache.activemq.artemis.api.core.client.ServerLocator;
import org.apache.activemq.artemis.core.remoting.impl.netty.SharedEventLoopGroup;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.intelmq.jms.Backlog;
import org.intelmq.jms.Broker;
import org.intelmq.jms.BrokerException;

/** A broker that runs as a separate process, anywhere: its queues are created and queried over the network. */
final class ExternalBroker implements BrokerLink {

    private static final Logger LOG = Logger.getLogger(ExternalBroker.class.getName());
    private static final long FIRST_RETRY_MILLIS = 250;
    private static final long LONGEST_RETRY_MILLIS = 5000;
    /** After half of this time without a sign of life, the connection is considered lost. */
    private static final long CONNECTION_LIFE_MILLIS = 30_000;
    private static final long LONGEST_END_MILLIS = 2000;
    private static final long FIRST_ANSWER_MILLIS = 3000;
    private static final long DOUBT_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final ExternalAddress address;
    private final AddressSettings settings;
    private final PatientStart patience;
    private final Set<String> queues = ConcurrentHashMap.newKeySet();
    private final Set<String> ledgers = ConcurrentHashMap.newKeySet();
    private final Set<String> ofOneServer = ConcurrentHashMap.newKeySet();
    private Management management;
    private WaitingNumbers numbers;
    private volatile Instant lostAt;
    private volatile long doubtUntil = System.nanoTime();

    ExternalBroker(ExternalAddress address, BrokerSettings settings, PatientStart patience) {
        this.address = address;
        this.settings = QueueSettings.ofExternal(settings);
        this.patience = patience;
    }

    /**
     * Waits for the broker for as long as it takes.
     *
     * @throws BrokerException if it is there but unsuitable
     */
    @Override
    public void start() {
        management = patience.until(address.text(), this::connect);
        numbers = new WaitingNumbers(management, () -> lostAt == null);
        List<String> lacks = new ArrayList<>(lacks());
        if (!lacks.isEmpty()) {
            management.close();
            throw new BrokerException("The broker at " + address.text() + " cannot be used:\n  " + String.join("\n  ", lacks));
        }
        LOG.info("The broker is at " + address.text() + ", Artemis " + management.serverAttribute("version") + "; none is embedded.");
    }

    private Management connect() throws Exception {
        ServerLocator locator = locator();
        // a broker that shuts the door after TLS has begun is one that a patient client tries again for ever
        try (ServerLocator once = locator().setReconnectAttempts(0).setCallTimeout(FIRST_ANSWER_MILLIS);
                Connection proof = new Connection(once.createSessionFactory(), user(), password())) {
            proof.committing().close();
            return new Management(locator.setReconnectAttempts(-1), user(), password(), this::changed, this::outage,
                    Management.LONGEST_ANSWER);
        } catch (ActiveMQSecurityException e) {
            locator.close();
            throw new BrokerException("The broker at " + address.text() + " does not let user '" + user() + "' log in: check INTELMQ_BROKER_USER and "
                    + "INTELMQ_BROKER_PASSWORD (" + e.getMessage() + ")", e);
        } catch (Exception e) {
            locator.close();
            throw e;
        }
    }

    private List<String> lacks() {
        List<String> lacks = new ArrayList<>();
        try {
            if (!Boolean.TRUE.equals(management.serverAttribute("persistenceEnabled"))) {
                lacks.add("persistence-enabled is false: waiting messages would be lost with it");
            }
            if (address.check()) {
                lacks.addAll(QueueSettings.lacks(settingsOf("any-queue")));
            }
        } catch (BrokerException e) {
            lacks.add("user '" + user() + "' may not query it (" + e.getMessage() + "): give the user's role the permission \"manage\" for the address "
                    + "activemq.management, and createNonDurableQueue, createAddress, consume and send for activemq.#");
            return lacks;
        }
        try {
            for (String name : List.of(QueueSettings.DEAD_LETTERS, QueueSettings.EXPIRED)) {
                createQueue(name);
            }
        } catch (ActiveMQException e) {
            lacks.add("user '" + user() + "' may not create queues (" + e.getMessage() + "): give the user's role the permissions createDurableQueue, "
                    + "createAddress, send, consume, browse and deleteDurableQueue for the addresses of the pipeline's queues, or for #");
        }
        return lacks;
    }

    private AddressSettings settingsOf(String queue) {
        return AddressSettings.fromJSON((String) management.server("getAddressSettingsAsJSON", queue));
    }

    private void changed(FailoverEventType event) {
        if (event == FailoverEventType.FAILURE_DETECTED) {
            lostAt = Instant.now();
            LOG.severe("The connection to the broker at " + address.text() + " is lost. The server tries to reach it again until it is back; "
                    + "messages under way are then taken again, and nothing is lost. Is the broker running, and is the network all right?");
        } else if (event == FailoverEventType.FAILOVER_COMPLETED) {
            long seconds = lostAt == null ? 0 : Instant.now().getEpochSecond() - lostAt.getEpochSecond();
            lostAt = null;
            // it may be another one, or have lost what was never written to disk
            queues.clear();
            ledgers.clear();
            LOG.info("The broker at " + address.text() + " is reached again after " + seconds + " s.");
        }
    }

    @Override
    public ServerLocator locator() {
        TransportConfiguration[] servers = address.servers().toArray(new TransportConfiguration[0]);
        return ActiveMQClient.createServerLocator(servers.length > 1, servers)
                .setRetryInterval(FIRST_RETRY_MILLIS).setRetryIntervalMultiplier(2).setMaxRetryInterval(LONGEST_RETRY_MILLIS)
                .setConnectionTTL(CONNECTION_LIFE_MILLIS).setClientFailureCheckPeriod(CONNECTION_LIFE_MILLIS / 2);
    }

    @Override
    public String user() {
        return address.user();
    }

    @Override
    public String password() {
        return address.password();
    }

    /** Called when all connections are closed. */
    @Override
    public void stop() {
        if (management != null) {
            management.close();
            endThreads();
        }
    }

    /** Netty's threads outlive the connections for a while, and would look for classes that the application server has released by then. */
    private static void endThreads() {
        EventLoopGroup threads = SharedEventLoopGroup.getInstance(ExternalBroker::noThreads);
        SharedEventLoopGroup.forceShutdown();
        try {
            for (EventExecutor thread : threads) {
                thread.awaitTermination(LONGEST_END_MILLIS, TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Creates no new threads if there are none. */
    private static EventLoopGroup noThreads(ThreadFactory factory) {
        return new DefaultEventLoopGroup(1, factory);
    }

    @Override
    public void ensure(String name) {
        if (queues.contains(name)) {
            return;
        }
        try {
            settle(name);
            createQueue(name);
            queues.add(name);
        } catch (ActiveMQException e) {
            throw new BrokerException("queue " + name + " cannot be created in the broker at " + address.text() + ": " + e.getMessage(), e);
        }
    }

    private void createQueue(String name) throws ActiveMQException {
        management.on(session -> {
            if (!session.queueQuery(SimpleString.of(name)).isExists()) {
                createAddress(session, name, RoutingType.ANYCAST);
                try {
                    session.createQueue(QueueConfiguration.of(name).setRoutingType(RoutingType.ANYCAST).setDurable(true).setAutoDelete(false)
                            .setAutoCreateAddress(false).setExclusive(ofOneServer.contains(name)));
                } catch (ActiveMQQueueExistsException e) {
                    LOG.log(Level.FINE, "another server has created it first", e);
                }
            }
            return null;
        });
    }

    @Override
    public boolean isShared() {
        return true;
    }

    /** An exclusive queue gives everything to one consumer; the next one follows when that is gone. */
    @Override
    public void handOutTo(Broker.Readers readers, String name) {
        boolean exclusive = readers == Broker.Readers.ONE_SERVER;
        if (exclusive) {
            ofOneServer.add(name);
        } else {
            ofOneServer.remove(name);
        }
        ensure(name);
        try {
            if (management.on(session -> session.queueQuery(SimpleString.of(name)).isExclusive()) != exclusive) {
                management.server("updateQueue", QueueConfiguration.of(name).setExclusive(exclusive).toJSON());
            }
        } catch (ActiveMQException e) {
            throw new BrokerException("queue " + name + " cannot be asked about in the broker at " + address.text() + ": " + e.getMessage(), e);
        }
    }

    /** Another server may do the same at the same time. */
    private static void createAddress(ClientSession session, String name, RoutingType type) throws ActiveMQException {
        if (session.addressQuery(SimpleString.of(name)).isExists()) {
            return;
        }
        try {
            session.createAddress(SimpleString.of(name), EnumSet.of(type), false);
        } catch (ActiveMQException e) {
            if (e.getType() != ActiveMQExceptionType.ADDRESS_EXISTS) {
                throw e;
            }
        }
    }

    /** Creates or checks the settings that the broker has to keep for the address. */
    private void settle(String name) {
        if (address.check()) {
            List<String> lacks = QueueSettings.lacks(settingsOf(name));
            if (!lacks.isEmpty()) {
                throw new BrokerException("the address settings of queue " + name + " in the broker at " + address.text() + " are not usable:\n  "
                        + String.join("\n  ", lacks));
            }
        } else {
            management.server("addAddressSettings", name, settings.toJSON());
        }
    }

    @Override
    public void ensureLedger(String name) {
        if (ledgers.contains(name)) {
            return;
        }
        try {
            settle(name);
            management.on(session -> {
                createAddress(session, name, RoutingType.MULTICAST);
                return null;
            });
            ledgers.add(name);
        } catch (ActiveMQException e) {
            throw new BrokerException("ledger " + name + " cannot be created in the broker at " + address.text() + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void metKnownId() {
        doubtUntil = System.nanoTime() + DOUBT_NANOS;
    }

    @Override
    public boolean isKnown(String ledger, String id) {
        if (System.nanoTime() - doubtUntil > 0) {
            return false;
        }
        ensureLedger(ledger);
        try {
            return LedgerProbe.isKnown(management.connection(), ledger, id);
        } catch (ActiveMQException e) {
            throw new BrokerException("ledger " + ledger + " cannot be asked: " + e.getMessage(), e);
        }
    }

    @Override
    public List<String> problems() {
        String outage = outage();
        return outage == null ? List.of() : List.of(outage);
    }

    private String outage() {
        Instant since = lostAt;
        return since == null ? null : "the broker at " + address.text() + " has been out of reach since " + since.truncatedTo(ChronoUnit.SECONDS)
                + ": is it running, and is the network all right? Bots continue when it is back; nothing is lost";
    }

    @Override
    public void sent(String queue, int events) {
        numbers.sent(queue, events);
    }

    @Override
    public long length(String name) {
        return numbers.events(name);
    }

    @Override
    public Backlog backlog(String name) {
        if (!names().contains(name)) {
            return Backlog.NONE;
        }
        Object first = management.queueAttribute(name, "firstMessageTimestamp");
        return new Backlog(length(name), ((Number) management.queueAttribute(name, "persistentSize")).longValue(),
                first == null ? null : Instant.ofEpochMilli(((Number) first).longValue()));
    }

    @Override
    public int hasten(String name) {
        if (!names().contains(name)) {
            return 0;
        }
        int waiting = ((Number) management.queueAttribute(name, "scheduledCount")).intValue();
        if (waiting > 0) {
            management.queue(name, "deliverScheduledMessages", "");
        }
        return waiting;
    }

    @Override
    public long clear(String name) {
        if (!names().contains(name)) {
            return 0;
        }
        long before = numbers.eventsNow(name);
        management.queue(name, "removeAllMessages");
        return Math.max(0, before - numbers.eventsNow(name));
    }

    @Override
    public List<String> names() {
        return numbers.queues();
    }
}
