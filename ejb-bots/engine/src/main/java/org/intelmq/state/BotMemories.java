package org.intelmq.state;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.intelmq.bot.CacheParams;

/** The states of all bots: one file per bot in a directory, or Redis if a bot's parameters say so. Thread-safe. */
public final class BotMemories implements AutoCloseable {

    private final Path directory;
    private final Clock clock;
    private final Map<String, StateStore> embedded = new HashMap<>();
    private final Map<String, RedisStore> inRedis = new HashMap<>();

    public BotMemories(Path directory, Clock clock) {
        this.directory = directory;
        this.clock = clock;
    }

    /**
     * A view for another instance of the bot.
     *
     * @throws org.intelmq.bot.UnavailableException if its Redis is unreachable
     */
    public synchronized TransactionalState open(String botId, CacheParams params) {
        closeIdle();
        if (params.isRedis()) {
            return inRedis.computeIfAbsent(botId, missing -> new RedisStore(missing, params)).session();
        }
        return embedded.computeIfAbsent(botId, this::openFile).session();
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
        inRedis.values().removeIf(store -> store.isIdle() && closed(store));
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
        inRedis.values().removeIf(BotMemories::closed);
    }
}
