package org.intelmq.host;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.intelmq.access.People;
import org.intelmq.administration.Administration;
import org.intelmq.administration.AuditLog;
import org.intelmq.administration.Site;
import org.intelmq.administration.configuration.ConfigurationStore;
import org.intelmq.administration.configuration.Leftovers;
import org.intelmq.administration.live.Running;
import org.intelmq.administration.shared.SharedDatabase;
import org.intelmq.administration.shared.Sharing;
import org.intelmq.catalogue.Catalogue;
import org.intelmq.control.BotControl;
import org.intelmq.control.CatalogueDetails;
import org.intelmq.control.QueueControl;
import org.intelmq.engine.Engine;
import org.intelmq.engine.EngineControl;
import org.intelmq.engine.EngineQueues;
import org.intelmq.engine.EngineRehearsals;
import org.intelmq.engine.check.ConfigurationCheck;
import org.intelmq.engine.check.KnownBots;
import org.intelmq.engine.workbench.Workbench;
import org.intelmq.jms.Completion;
import org.intelmq.jms.Delivery;
import org.intelmq.jms.RunningBroker;
import org.intelmq.oidc.OidcEnvironment;
import org.intelmq.oidc.SignOn;
import org.intelmq.pipeline.Installation;
import org.intelmq.pipeline.Problem;
import org.intelmq.pipeline.RuntimeConfiguration;
import org.intelmq.pipeline.Severity;
import org.intelmq.services.ServerServices;
import org.intelmq.yaml.ConfigurationFileException;

/** Runs the bots as long as the application is deployed. */
@Startup
@Singleton
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.SUPPORTS)
public class BotHost {

    private static final Logger LOG = Logger.getLogger(BotHost.class.getName());

    /** Names the installation's root where the environment does not. */
    private static final String ROOT = "intelmq.root";

    /** Tells the launcher why the application does not start: all it gets from the server is that it does not. */
    private static final String START_FAILURE = "intelmq.start-failure";

    /** What the launcher tells those who ask before the bots are there. */
    private static final String START_STEP = "intelmq.start-step";

    @Resource
    private ManagedScheduledExecutorService scheduler;

    @Resource
    private ManagedThreadFactory threads;

    @Resource
    private TransactionSynchronizationRegistry transactions;

    private ServerServices services;
    private Engine engine;
    private AutoCloseable traces;
    private BotControl control;
    private Running running;
    private Administration administration;
    /** {@code null} if this server has a configuration of its own. */
    private Sharing sharing;
    private People people;
    private OidcEnvironment.Reading login;
    private SignOn signOn;
    private BotBeans beans;

    @PostConstruct
    @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
    void start() {
        Installation installation = installation();
        services = new ServerServices(installation, queue -> RunningBroker.get().length(queue));
        engine = engine(installation);
        traces = Traces.of(engine, System.getenv());
        control = new EngineControl(engine, this::showBots);
        people = new People(installation.etc(), installation.state(), new ServerToken(installation), Clock.systemUTC());
        login = OidcEnvironment.read(System.getenv(), installation.root());
        signOn = login.settings() == null ? null : new SignOn(login.settings(), Clock.systemUTC());
        QueueControl queues = new EngineQueues(engine);
        ConfigurationStore store = new ConfigurationStore(installation, engine.catalogue(), this::check, Leftovers.of(queues), Clock.systemUTC());
        running = new Running(control, queues, new EngineRehearsals(engine), installation, engine.currentConfiguration(), scheduler, Clock.systemUTC());
        Site site = new Site(control, engine.catalogue(), installation, System.getenv(), this::check, store,
                new Workbench(installation, engine.catalogue(), services), people, running, null);
        administration = new Administration(site, AuditLog.of(installation, Clock.systemUTC()), running.live()::changed);
        share(site);
        beans = new BotBeans(control, administration, this::stopBots, loginProblems());
        FirstUser.welcome(people);
        System.setProperty(START_STEP, "the bots");
        try {
            engine.start();
        } catch (ConfigurationFileException e) {
            System.setProperty(START_FAILURE, e.getMessage());
            throw e;
        }
        if (sharing != null) {
            sharing.follow(scheduler);
        }
        showBots();
    }

    /** If the configuration is shared with other servers, it comes before anything that depends on it. */
    private void share(Site site) {
        try {
            SharedDatabase database = SharedDatabase.of(System.getenv(), site.installation().root());
            if (database != null) {
                sharing = new Sharing(site, database);
                sharing.begin();
                engine.catchUpWith(sharing::catchUp);
            }
        } catch (ConfigurationFileException e) {
            System.setProperty(START_FAILURE, e.getMessage());
            throw e;
        } catch (IOException e) {
            System.setProperty(START_FAILURE, e.getMessage());
            throw new UncheckedIOException(e);
        }
    }

    private Engine engine(Installation installation) {
        try {
            return new Engine(installation, System.getenv(), Catalogue.load(BotHost.class.getClassLoader(), installation.botJars()), RunningBroker.get(),
                    services, scheduler, threads);
        } catch (ConfigurationFileException e) {
            System.setProperty(START_FAILURE, e.getMessage());
            throw e;
        }
    }

    private void showBots() {
        beans.show(engine.configuration().bots().values());
    }

    private static Installation installation() {
        String root = System.getProperty(ROOT);
        return root == null ? Installation.of(System.getenv()) : Installation.at(Path.of(root));
    }

    /** In case nobody has told the bots before: the launcher does, an application server need not. */
    @PreDestroy
    @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
    void stop() {
        stopFollowing();
        beans.close();
        running.close();
        engine.close();
        services.close();
        try {
            traces.close();
        } catch (Exception e) {
            LOG.log(Level.WARNING, "The last traces may be missing.", e);
        }
    }

    private void stopFollowing() {
        if (sharing != null) {
            sharing.close();
        }
    }

    private String stopBots() {
        stopFollowing();
        engine.close();
        return engine.waiting().text();
    }

    /** Whether the bots are being stopped together with the server, or have been. */
    public boolean isStopping() {
        return engine.isClosing();
    }

    public BotControl control() {
        return control;
    }

    public Administration administration() {
        return administration;
    }

    /** Who may use the server. */
    public People people() {
        return people;
    }

    /** The login with a provider of OpenID Connect; empty if none is set up, or not as it should be. */
    public Optional<SignOn> signOn() {
        return Optional.ofNullable(signOn);
    }

    /** Looks through the configuration as it is now, and for messages that no bot takes. */
    public ConfigurationCheck.Result check() {
        ConfigurationCheck.Result result = new ConfigurationCheck(where(), catalogue(), System.getenv(), services).run(control.queues());
        List<Problem> shared = sharing == null ? List.of() : sharing.problems();
        if (login.problems().isEmpty() && shared.isEmpty()) {
            return result;
        }
        List<ConfigurationCheck.Step> steps = new ArrayList<>(result.steps());
        if (!login.problems().isEmpty()) {
            steps.add(new ConfigurationCheck.Step("Checking the login with OpenID Connect.", loginProblems()));
        }
        if (!shared.isEmpty()) {
            steps.add(new ConfigurationCheck.Step("Checking the configuration that servers share.", shared));
        }
        return new ConfigurationCheck.Result(steps);
    }

    private List<Problem> loginProblems() {
        return login.problems().stream().map(text -> new Problem(null, null, Severity.ERROR, "Nobody can log in with OpenID Connect: " + text + "."))
                .toList();
    }

    private ConfigurationCheck.Result check(String runtime, KnownBots known) {
        return new ConfigurationCheck(where(), catalogue(), System.getenv(), services).of(runtime, control.queues(), known);
    }

    /** As {@code runtime.yaml} is, or was when it could last be read. */
    public RuntimeConfiguration lastReadable() {
        return engine.lastReadable();
    }

    /** Whether {@code runtime.yaml} cannot be read now. */
    public boolean isConfigurationBroken() {
        return engine.currentConfiguration().mistake() != null;
    }

    public Catalogue catalogue() {
        return engine.catalogue();
    }

    /** The bots that exist, with all they declare; where several servers may share a broker, with what says which of them runs a bot. */
    public Map<String, Object> catalogueDetails() {
        return CatalogueDetails.of(engine.catalogue(), engine.parametersOfServers());
    }

    public Installation where() {
        return engine.installation();
    }

    /** Works within the delivery's transaction; throwing rolls it back. */
    @TransactionAttribute(TransactionAttributeType.MANDATORY)
    public void deliver(Delivery delivery) {
        var outcome = new Outcome(engine.deliver(delivery));
        delivery.atEnd(() -> outcome.afterCompletion(Status.STATUS_UNKNOWN));
        transactions.registerInterposedSynchronization(outcome);
    }

    /** Told by the transaction; by the delivery's end where the container has not ended that, or has told nobody: only the first counts. */
    private static final class Outcome implements Synchronization {

        private final Completion completion;
        private final AtomicBoolean told = new AtomicBoolean();

        private Outcome(Completion completion) {
            this.completion = completion;
        }

        @Override
        public void beforeCompletion() { }

        @Override
        public void afterCompletion(int status) {
            if (told.getAndSet(true)) {
                return;
            }
            if (status == Status.STATUS_COMMITTED) {
                completion.committed();
            } else {
                completion.rolledBack();
            }
        }
    }
}
