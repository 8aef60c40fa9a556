package org.intelmq.stream;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.logging.Logger;

/**
 * The connections for which one of our servers has room. A message must be complete within its time limit. When all places are taken, a
 * newcomer gets the place of the client that has kept us waiting longest, so that clients that never finish a message cannot keep others out.
 * A client whose message is complete is left alone until it has its answer. Thread-safe.
 */
public final class Places implements AutoCloseable {

    /** A client this new has not been slow yet. */
    private static final long NEW = TimeUnit.SECONDS.toNanos(1);
    private static final long BETWEEN_WARNINGS = TimeUnit.MINUTES.toNanos(1);
    private static final long BYTES_A_SECOND = 16 << 10;

    private final int most;
    private final Logger log;
    private final LongSupplier nanoTime;
    private final Set<Place> taken = new LinkedHashSet<>();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(Places::thread);
    private boolean warned;
    private long warnedAt;
    private int unsaid;

    public Places(int most, Logger log) {
        this(most, log, System::nanoTime);
        timer.scheduleWithFixedDelay(this::closeOverdue, 1, 1, TimeUnit.SECONDS);
    }

    Places(int most, Logger log, LongSupplier nanoTime) {
        this.most = most;
        this.log = log;
        this.nanoTime = nanoTime;
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "places");
        thread.setDaemon(true);
        return thread;
    }

    /** How long a message of that size may take: the minimum, plus a second for each 16 KiB. */
    public static Duration timeFor(Duration least, long bytes) {
        return least.plusSeconds(bytes / BYTES_A_SECOND);
    }

    private enum Stage { WAITS, BEGUN, WHOLE }

    /** The place of one connection. Thread-safe. */
    public final class Place implements AutoCloseable {

        private final Closeable connection;
        private final String client;
        private Stage stage;
        private long since;
        private Duration limit;
        private boolean hasDelivered;
        private boolean lost;

        private Place(Closeable connection, String client, Duration limit) {
            this.connection = connection;
            this.client = client;
            enter(Stage.BEGUN, limit);
        }

        private void enter(Stage next, Duration within) {
            synchronized (Places.this) {
                hasDelivered |= stage == Stage.WHOLE;
                stage = next;
                limit = within;
                since = nanoTime.getAsLong();
            }
        }

        /**
         * No message is being sent.
         *
         * @param atMost closes the connection if none comes within this time; {@code null} for never
         */
        public void waits(Duration atMost) {
            enter(Stage.WAITS, atMost);
        }

        /** A message has begun, and has to be complete within this time. */
        public void begins(Duration within) {
            enter(Stage.BEGUN, within);
        }

        /** The message is complete: from now on the client waits for us. */
        public void whole() {
            enter(Stage.WHOLE, null);
        }

        private boolean isOverdue(long now) {
            return limit != null && now - since > limit.toNanos();
        }

        /** The lower, the sooner the client has to go. */
        private int worth(long now) {
            return now - since < NEW ? 2 : stage == Stage.BEGUN || !hasDelivered ? 0 : 1;
        }

        /** Gives the place back; the connection stays as it is. */
        @Override
        public void close() {
            synchronized (Places.this) {
                taken.remove(this);
            }
        }

        /** Whether the connection was closed from here, so that the error that follows is not news. */
        public boolean isLost() {
            synchronized (Places.this) {
                return lost;
            }
        }

        private void end() {
            synchronized (Places.this) {
                lost = true;
            }
            try {
                connection.close();
            } catch (IOException e) {
                log.fine("The connection from " + client + " could not be closed: " + e);
            }
        }
    }

    /**
     * @param connection closed when its client takes too long; must close quickly, and from any thread
     * @param client its name in the log
     * @param within the time until the handshake or the first message is complete
     * @return {@code null} if there is no place because all clients wait for us; then the caller closes the connection
     */
    public Place enter(Closeable connection, String client, Duration within) {
        Place slowest = null;
        Place own = null;
        String warning = null;
        synchronized (this) {
            if (taken.size() >= most) {
                long now = nanoTime.getAsLong();
                slowest = taken.stream().filter(place -> place.stage != Stage.WHOLE)
                        .min(Comparator.<Place>comparingInt(place -> place.worth(now)).thenComparingLong(place -> place.since - now)).orElse(null);
                taken.remove(slowest);
                warning = warning(now, slowest, client);
            }
            if (taken.size() < most) {
                own = new Place(connection, client, within);
                taken.add(own);
            }
        }
        if (warning != null) {
            log.warning(warning);
        }
        if (slowest != null) {
            slowest.end();
        }
        return own;
    }

    /** Once a minute: somebody who opens connections on purpose must not fill the log. */
    private String warning(long now, Place slowest, String newcomer) {
        unsaid++;
        if (warned && now - warnedAt < BETWEEN_WARNINGS) {
            return null;
        }
        String times = unsaid > 1 ? " (" + unsaid + " times since this was last logged)" : "";
        warned = true;
        warnedAt = now;
        unsaid = 0;
        return "All " + most + " connections (max_connections) are taken" + times + ": " + (slowest == null
                ? "that from " + newcomer + " is refused, because the others are waiting until their messages are stored."
                : "that from " + slowest.client + ", which has been silent longest, is closed in favour of one from " + newcomer + '.');
    }

    /** Closes the connections whose time is up. */
    void closeOverdue() {
        List<Place> overdue;
        List<String> warnings;
        synchronized (this) {
            long now = nanoTime.getAsLong();
            overdue = taken.stream().filter(place -> place.isOverdue(now)).toList();
            warnings = overdue.stream().filter(place -> place.stage == Stage.BEGUN).map(place -> "The connection from " + place.client
                    + " is closed: no complete message has arrived within " + place.limit.toSeconds() + " s.").toList();
            overdue.forEach(taken::remove);
        }
        warnings.forEach(log::warning);
        overdue.forEach(Place::end);
    }

    /** Stops watching; the connections are left to their server. */
    @Override
    public void close() {
        timer.shutdownNow();
    }
}
