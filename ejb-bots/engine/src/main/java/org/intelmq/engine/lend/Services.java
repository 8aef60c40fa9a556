package org.intelmq.engine.lend;

import java.time.Clock;
import java.util.Map;
import org.intelmq.bot.CacheParams;
import org.intelmq.state.TransactionalState;

/** What the engine lends to bots besides what it is itself. Thread-safe. */
public interface Services extends Network {

    Clock clock();

    /** Whether bots are only made to see whether they can be. */
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
