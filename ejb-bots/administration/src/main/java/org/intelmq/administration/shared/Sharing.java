package org.intelmq.administration.shared;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.intelmq.administration.Refusal;
import org.intelmq.administration.Site;
import org.intelmq.administration.configuration.Agreement;
import org.intelmq.administration.history.Revision;
import org.intelmq.engine.settings.Node;
import org.intelmq.pipeline.Problem;
import org.intelmq.pipeline.Severity;

/**
 * The servers' agreement, in a table of a PostgreSQL. Every two seconds, and before orders to bots, a server looks for what has been agreed on, and
 * offers what was changed in its files by hand. While the database is away, servers run on with their files. Thread-safe: all work is done alone
 * among those who change the configuration of this server.
 */
public final class Sharing implements Agreement, AutoCloseable {

    private static final Logger LOG = Logger.getLogger(Sharing.class.getName());
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(2);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Site site;
    private final SharedDatabase database;
    private final String node;
    private final Follower follower;
    private Connection looking;
    private Connection alone;
    private long nextTry = System.nanoTime();
    private volatile Problem trouble;
    private boolean isAway;
    private volatile boolean closed;

    /** @throws IOException if it cannot be known what this server has followed so far */
    public Sharing(Site site, SharedDatabase database) throws IOException {
        this.site = site;
        this.database = database;
        this.node = Node.of(site.environment()).name();
        this.follower = new Follower(site, node, new Agreed(site.installation().state().resolve("configuration/agreed.json")));
    }

    /** Before bots start: brings this server's files up to date. */
    public void begin() {
        site.store().shareBy(this);
        catchUp();
    }

    /** When the bots have started: from now on they follow, too. */
    public void follow(ScheduledExecutorService scheduler) {
        botsRun();
        lookAgain(scheduler);
    }

    void botsRun() {
        aloneHere(follower::botsRun);
    }

    private void lookAgain(ScheduledExecutorService scheduler) {
        if (!closed) {
            scheduler.schedule(() -> {
                try {
                    catchUp();
                } finally {
                    lookAgain(scheduler);
                }
            }, BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** Puts in force what other servers have changed, and tells them what was changed here by hand. Says in the log if it cannot. */
    public void catchUp() {
        aloneHere(this::look);
    }

    private void aloneHere(Runnable work) {
        try {
            site.store().aloneHere(PATIENCE, work);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() {
        if (closed || System.nanoTime() - nextTry < 0) {
            return;
        }
        try {
            if (looking == null) {
                looking = database.connect(node);
                SharedTable.prepare(looking);
            }
            follower.follow(looking);
            follower.offer(looking);
            well();
        } catch (SQLException e) {
            away(e);
        } catch (IOException | RuntimeException e) {
            trouble("the shared configuration cannot be put in force on this server: " + e.getMessage(), e);
        }
    }

    private void well() {
        if (trouble != null) {
            trouble = null;
            LOG.info("The configuration is shared with the other servers again.");
        }
    }

    private void away(SQLException e) {
        close(looking);
        looking = null;
        nextTry = System.nanoTime() + BETWEEN_LOOKS.toNanos();
        trouble("the database of the shared configuration, " + database + ", cannot be used: " + e.getMessage()
                + "; this server runs on with its files, and refuses to change the configuration until the database is back", e);
    }

    /** The log has it once, although the database may give another reason each time. */
    private void trouble(String text, Exception cause) {
        Problem before = trouble;
        trouble = new Problem(null, null, Severity.ERROR, text);
        boolean isKnown = before != null && (before.equals(trouble) || cause instanceof SQLException && isAway);
        isAway = cause instanceof SQLException;
        LOG.log(isKnown ? Level.FINE : Level.SEVERE, text);
        LOG.log(Level.FINE, "because of this", cause);
    }

    /** What keeps this server from having the same configuration as the others. */
    public List<Problem> problems() {
        Problem now = trouble;
        return now == null ? follower.mistakes() : List.of(now);
    }

    @Override
    public <T> T alone(Callable<T> work) throws Exception {
        Connection connection = locked();
        try {
            alone = connection;
            T answer = work.call();
            offer(connection);
            return answer;
        } finally {
            alone = null;
            close(connection);
        }
    }

    private Connection locked() throws IOException {
        Connection connection = null;
        try {
            connection = database.connect(node);
            SharedTable.prepare(connection);
            if (!SharedTable.lock(connection)) {
                throw new Refusal(Refusal.Kind.CONFLICT, "change-under-way", "another server is just changing the configuration",
                        "Try again when that is done.");
            }
            follower.follow(connection);
            follower.offer(connection);
            return connection;
        } catch (SQLException e) {
            close(connection);
            throw unavailable(e);
        } catch (IOException | RuntimeException e) {
            close(connection);
            throw e;
        }
    }

    private Refusal unavailable(SQLException e) {
        Refusal refusal = new Refusal(Refusal.Kind.UNAVAILABLE, "configuration-away", "the database of the configuration that the servers share, "
                + database + ", cannot be used: " + e.getMessage(), "Nothing has changed, and this server runs on. Try again when the database is back.");
        refusal.initCause(e);
        return refusal;
    }

    /** What was changed besides what has been agreed on: users, and where bots stand in the graph. */
    private void offer(Connection connection) {
        try {
            follower.offer(connection);
        } catch (SQLException | IOException e) {
            LOG.log(Level.WARNING, "The other servers are told later of a change: " + e.getMessage());
        }
    }

    @Override
    public Revision agree(Revision proposed, String content, Effect effect) {
        if (alone == null) {
            throw new IllegalStateException("the servers can only agree on a change that is made alone");
        }
        try {
            Revision agreed = follower.agree(alone, proposed, content, effect);
            if (agreed == null) {
                throw new Refusal(Refusal.Kind.CONFLICT, "changed-meanwhile", "another server has just changed the configuration",
                        "Look at the plan again.");
            }
            return agreed;
        } catch (SQLException e) {
            throw unavailable(e);
        } catch (IOException e) {
            throw new IllegalStateException("it cannot be written down what the servers have agreed on: " + e.getMessage(), e);
        }
    }

    private static void close(Connection connection) {
        try {
            if (connection != null) {
                connection.close();
            }
        } catch (SQLException e) {
            LOG.log(Level.FINE, "the connection is lost anyway", e);
        }
    }

    @Override
    public void close() {
        closed = true;
        aloneHere(() -> {
            close(looking);
            looking = null;
        });
    }
}
