package org.intelmq.engine.lend;

import java.time.Clock;
import java.util.Map;
import org.intelmq.bot.CacheParams;
import org.intelmq.state.TransactionalState;

/** What the engine provides to bots from outside. Thread-safe. */
public interface Services extends Network {

    Clock clock();

    /** Whether bots are only created to check their configuration. */
    default boolean isRehearsal() {
        return false;
    }

    /** What the programs that bots start find in their environment. */
    default Map<String, String> environment() {
        return System.getenv();
    }

    /** How many messages wait in the queue. */
    long queueLength(String queue);

    /** A view for one instance of the bot on what the bot remembers. */
    TransactionalState state(String botId, CacheParams params);
}
