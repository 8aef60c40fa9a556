package org.intelmq.administration;

import java.time.Clock;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.intelmq.access.People;
import org.intelmq.administration.bots.Overview;
import org.intelmq.administration.configuration.ConfigurationStore;
import org.intelmq.administration.jobs.Jobs;
import org.intelmq.administration.live.Live;
import org.intelmq.administration.live.Running;
import org.intelmq.administration.statistics.StatisticsHistory;
import org.intelmq.catalogue.Catalogue;
import org.intelmq.control.BotControl;
import org.intelmq.control.QueueControl;
import org.intelmq.control.Rehearsals;
import org.intelmq.engine.check.ConfigurationCheck;
import org.intelmq.engine.workbench.Workbench;
import org.intelmq.pipeline.Installation;
import org.intelmq.pipeline.RuntimeConfiguration;

/**
 * What operations work on. Thread-safe.
 *
 * @param environment where {@code INTELMQ_<PARAMETER>} overrides a parameter of every bot
 * @param check       looks through the configuration as it is then
 * @param store       the configuration, its history and its drafts
 * @param workbench   where bots are tried out
 * @param people      who may use the server
 * @param running     what is known of the server at work
 * @param caller      who asks; {@code null} while nobody does
 */
public record Site(BotControl control, Catalogue catalogue, Installation installation, Map<String, String> environment,
                   Supplier<ConfigurationCheck.Result> check, ConfigurationStore store, Workbench workbench, People people, Running running,
                   Caller caller) {

    /** For an interface through which nobody looks at queues or follows changes. */
    public Site(BotControl control, Catalogue catalogue, Installation installation, Map<String, String> environment,
                Supplier<ConfigurationCheck.Result> check, ConfigurationStore store, Workbench workbench, People people, Caller caller) {
        this(control, catalogue, installation, environment, check, store, workbench, people,
                installation == null ? null : new Running(control, null, null, installation, environment, null, Clock.systemUTC()), caller);
    }

    /** The same, asked by somebody. */
    Site askedBy(Caller other) {
        return new Site(control, catalogue, installation, environment, check, store, workbench, people, running, other);
    }

    /** For changes of who may use the server: alone among all servers that share that, if there are any. */
    public <T> T amongServers(Callable<T> work) throws Exception {
        return store != null && store.isShared() ? store.alone(work) : work.call();
    }

    /** {@code runtime.yaml} as it is now; while it is broken, what could last be read of it, with which the bots keep running. */
    public RuntimeConfiguration configuration() {
        return running.configuration().lastReadable();
    }

    /**
     * {@code runtime.yaml} as it is now, for operations that need it whole.
     *
     * @throws org.intelmq.yaml.ConfigurationFileException if it cannot be read
     */
    public RuntimeConfiguration readableConfiguration() {
        return running.configuration().get();
    }

    public QueueControl queues() {
        return running.queues();
    }

    /** What all bots are doing. */
    public Overview overview() {
        return running.overview();
    }

    /** What they did over the last day. */
    public StatisticsHistory history() {
        return running.history();
    }

    /** Long work under way. */
    public Jobs jobs() {
        return running.jobs();
    }

    public Rehearsals rehearsals() {
        return running.rehearsals();
    }

    /** Those who follow what changes. */
    public Live live() {
        return running.live();
    }
}
