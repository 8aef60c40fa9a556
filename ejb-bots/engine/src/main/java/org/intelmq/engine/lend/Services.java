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

    /** The environment variables of the programs that bots start. */
    default Map<String, String> environment() {
        return System.getenv();
    }

    /** The number of messages that wait in the queue. */
    long queueLength(String queue);

    /** A view of the bot's state for one of its instances. */
    TransactionalState state(String botId, CacheParams params);
}
