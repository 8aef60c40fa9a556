package org.intelmq.administration.statistics;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.intelmq.administration.bots.BotView;
import org.intelmq.files.PrivateFiles;

/** The last day of each bot by the minute, kept over restarts: a small file a bot, of which a minute writes 44 bytes. Thread-safe. */
public final class StatisticsHistory {

    private static final Logger LOG = Logger.getLogger(StatisticsHistory.class.getName());
    private static final String TOTALS = "_all";
    private static final String DISK = "_disk";
    private static final int LEAST_MINUTES = 60;

    private final Path folder;
    private final Clock clock;
    private final Map<String, Optional<Instant>> earlierSuccess = new HashMap<>();
    private final Map<String, Minute> last = new HashMap<>();
    private long received;
    private long delivered;
    private long failed;
    private boolean complained;

    /** @param folder is made if it is missing */
    public StatisticsHistory(Path folder, Clock clock) {
        this.folder = folder;
        this.clock = clock;
    }

    /** Writes down the minute that ends now. */
    public synchronized void record(Collection<BotView> bots) {
        long minute = minute(clock.instant());
        try {
            PrivateFiles.createDirectories(folder);
            long waiting = 0;
            for (BotView bot : bots) {
                long sent = bot.sent().values().stream().mapToLong(Long::longValue).sum();
                Minute now = new Minute(minute, bot.received(), sent, bot.failed(), bot.waiting());
                ring(bot.id()).add(now);
                addToTotals(bot, now, last.put(bot.id(), now));
                waiting += bot.waiting();
            }
            ring(TOTALS).add(new Minute(minute, received, delivered, failed, waiting));
            complained = false;
        } catch (IOException e) {
            if (!complained) {
                complained = true;
                LOG.log(Level.WARNING, "The history of the bots is not written, because " + folder + " cannot be: it lacks these minutes.", e);
            }
        }
    }

    /** Step by step, so that a bot that goes takes nothing with it. */
    private void addToTotals(BotView bot, Minute now, Minute before) {
        boolean first = before == null;
        received += "Collector".equals(bot.group()) ? now.sent() - (first ? 0 : before.sent()) : 0;
        delivered += "Output".equals(bot.group()) ? now.received() - (first ? 0 : before.received()) : 0;
        failed += now.failed() - (first ? 0 : before.failed());
    }

    /** Writes down how many bytes are free on the disk. */
    public synchronized void recordDisk(long free) throws IOException {
        PrivateFiles.createDirectories(folder);
        ring(DISK).add(new Minute(minute(clock.instant()), 0, 0, 0, free));
    }

    /** In how many days the disk is full if it fills as it did over the last day; {@code null} if it does not, or an hour is not known yet. */
    public synchronized Double daysLeft(long free) throws IOException {
        long now = minute(clock.instant());
        List<Minute> minutes = ring(DISK).read(now - Ring.MINUTES, now);
        if (minutes.isEmpty() || now - minutes.get(0).minute() < LEAST_MINUTES || minutes.get(0).waiting() <= free) {
            return null;
        }
        double lostAMinute = (minutes.get(0).waiting() - free) / (double) (now - minutes.get(0).minute());
        return free / lostAMinute / Ring.MINUTES;
    }

    /**
     * Of one bot.
     *
     * @param from {@code null} for a day ago
     * @param to   {@code null} for now
     */
    public Series of(String bot, Instant from, Instant to) throws IOException {
        return series(bot, from, to);
    }

    /** Of the installation: received is what collectors brought, sent what outputs delivered, failed and waiting what all bots have. */
    public Series totals(Instant from, Instant to) throws IOException {
        return series(TOTALS, from, to);
    }

    private synchronized Series series(String name, Instant from, Instant to) throws IOException {
        long last = minute(to == null ? clock.instant() : to);
        long first = Math.max(from == null ? 0 : minute(from), last - Ring.MINUTES + 1);
        return Series.of(ring(name).read(first - 1, last), first, last);
    }

    /** When something went through before the server started, to the minute; {@code null} if that is more than a day ago. */
    public synchronized Instant earlierSuccess(String bot) {
        return earlierSuccess.computeIfAbsent(bot, this::readEarlierSuccess).orElse(null);
    }

    private Optional<Instant> readEarlierSuccess(String bot) {
        try {
            long now = minute(clock.instant());
            List<Minute> minutes = ring(bot).read(now - Ring.MINUTES, now);
            for (int i = minutes.size() - 1; i > 0; i--) {
                if (minutes.get(i).received() > minutes.get(i - 1).received()) {
                    return Optional.of(Instant.EPOCH.plus(minutes.get(i).minute(), ChronoUnit.MINUTES));
                }
            }
        } catch (IOException e) {
            LOG.log(Level.FINE, "The history of bot '" + bot + "' cannot be read.", e);
        }
        return Optional.empty();
    }

    private Ring ring(String name) {
        return new Ring(folder.resolve(name + ".ring"));
    }

    private static long minute(Instant time) {
        return Math.floorDiv(time.getEpochSecond(), 60);
    }
}
