package org.intelmq.state;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.intelmq.bot.CacheParams;

/** The states of all bots: one file per bot in a directory, or Redis or PostgreSQL if a bot's parameters say so. Thread-safe. */
public final class BotMemories implements AutoCloseable {

    private final Path directory;
    private final Clock clock;
    private final Map<String, StateStore> embedded = new HashMap<>();
    private final Map<String, SharedStore> shared = new HashMap<>();

    public BotMemories(Path directory, Clock clock) {
        this.directory = directory;
        this.clock = clock;
    }

    /**
     * A view for another instance of the bot.
     *
     * @throws org.intelmq.bot.UnavailableException if its Redis or PostgreSQL is unreachable
     */
    public synchronized TransactionalState open(String botId, CacheParams params) {
        closeIdle();
        return switch (params.store()) {
            case EMBEDDED -> embedded.computeIfAbsent(botId, this::openFile).session();
            case REDIS -> shared.computeIfAbsent(botId, missing -> new RedisStore(missing, params)).session();
            case POSTGRESQL -> shared.computeIfAbsent(botId, missing -> new PostgresStore(missing, params, clock)).session();
        };
    }

    private StateStore openFile(String botId) {
        try {
            return StateStore.open(directory.resolve(botId + ".state"), clock);
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    /** Releases the states of stopped bots, so that a restarted bot uses its new parameters. */
    private void closeIdle() {
        embedded.values().removeIf(store -> store.isIdle() && closed(store));
        shared.values().removeIf(store -> store.isIdle() && closed(store));
    }

    private static boolean closed(AutoCloseable store) {
        try {
            store.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        return true;
    }

    @Override
    public synchronized void close() {
        embedded.values().removeIf(BotMemories::closed);
        shared.values().removeIf(BotMemories::closed);
    }
}
