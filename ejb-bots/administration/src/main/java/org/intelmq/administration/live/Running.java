package org.intelmq.administration.live;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.intelmq.administration.bots.Overview;
import org.intelmq.administration.dumps.PurgedDumps;
import org.intelmq.administration.jobs.Jobs;
import org.intelmq.administration.statistics.StatisticsHistory;
import org.intelmq.control.BotControl;
import org.intelmq.control.QueueControl;
import org.intelmq.control.Rehearsals;
import org.intelmq.pipeline.BotConfiguration;
import org.intelmq.pipeline.CurrentConfiguration;
import org.intelmq.pipeline.Installation;

/** What operations know of a server at work: its figures now and over the day, and those who follow them. Thread-safe. */
public final class Running implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(Running.class.getName());
    private static final int MINUTE = 60;

    private final QueueControl queues;
    private final Installation installation;
    private final CurrentConfiguration configuration;
    private final Clock clock;
    private final StatisticsHistory history;
    private final Overview overview;
    private final Live live;
    private final Jobs jobs;
    private final Rehearsals rehearsals;
    private final ScheduledFuture<?> recording;
    /** By the one thread that records. */
    private boolean isIncomplete;

    /** Where no engine has read {@code runtime.yaml}. */
    public Running(BotControl control, QueueControl queues, Rehearsals rehearsals, Installation installation, Map<String, String> environment,
                   ScheduledExecutorService scheduler, Clock clock) {
        this(control, queues, rehearsals, installation, new CurrentConfiguration(installation.runtimeConfiguration(), environment), scheduler,
                clock);
    }

    /**
     * For a server at work.
     *
     * @param configuration that of the engine
     * @param scheduler     stays the caller's; {@code null} if nothing is written down or sent
     */
    public Running(BotControl control, QueueControl queues, Rehearsals rehearsals, Installation installation,
                   CurrentConfiguration configuration, ScheduledExecutorService scheduler, Clock clock) {
        this.queues = queues;
        this.rehearsals = rehearsals;
        this.installation = installation;
        this.configuration = configuration;
        this.clock = clock;
        this.history = new StatisticsHistory(installation.state().resolve("history"), clock);
        this.overview = new Overview(control, queues, configuration::lastReadable, history::earlierSuccess);
        this.live = new Live(this::source, scheduler, clock);
        this.jobs = new Jobs(scheduler == null ? Runnable::run : scheduler, clock, job -> live.job(PlainForm.of(job)));
        long untilMinute = (long) MINUTE - Math.floorMod(clock.instant().getEpochSecond(), MINUTE);
        this.recording = scheduler == null ? null : scheduler.scheduleAtFixedRate(this::record, untilMinute, MINUTE, TimeUnit.SECONDS);
    }

    private void record() {
        try {
            history.record(overview.bots().values());
            history.recordDisk(Files.getFileStore(installation.state()).getUsableSpace());
            PurgedDumps.forget(installation.log(), clock.instant());
            isIncomplete = false;
        } catch (RuntimeException | IOException e) {
            // such as while the disk is full: the next minute may be a better one
            LOG.log(isIncomplete ? Level.FINE : Level.WARNING, "The history of the bots will lack minutes until it can be written again.", e);
            isIncomplete = true;
        }
    }

    private Source source(LiveTopic topic) {
        BotConfiguration bot = topic.bot() == null ? null : configuration.lastReadable().bot(topic.bot());
        return switch (topic.kind()) {
            case STATUS -> new StatusSource(overview::bots, clock);
            case LOG -> new LogSource(log(bot));
            case TAP -> new TapSource(topic, !bot.destinations().isEmpty(), queues, clock);
            default -> null;
        };
    }

    private Path log(BotConfiguration bot) {
        return installation.log(bot).resolve(bot.id() + ".log");
    }

    public CurrentConfiguration configuration() {
        return configuration;
    }

    public QueueControl queues() {
        return queues;
    }

    public Overview overview() {
        return overview;
    }

    public StatisticsHistory history() {
        return history;
    }

    public Live live() {
        return live;
    }

    public Jobs jobs() {
        return jobs;
    }

    public Rehearsals rehearsals() {
        return rehearsals;
    }

    @Override
    public void close() {
        if (recording != null) {
            recording.cancel(false);
        }
        jobs.close();
        live.close();
    }
}
