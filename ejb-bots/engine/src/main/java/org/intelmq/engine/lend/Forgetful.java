package org.intelmq.engine.lend;

import java.time.Clock;
import java.util.Map;
import org.intelmq.bot.CacheParams;
import org.intelmq.bot.Dns;
import org.intelmq.bot.Http;
import org.intelmq.bot.HttpParams;
import org.intelmq.state.TransactionalState;

/** Everything that bots are lent except their memory: for trials that must leave no trace. Thread-safe. */
public record Forgetful(Services lent) implements Services {

    @Override
    public Clock clock() {
        return lent.clock();
    }

    @Override
    public Map<String, String> environment() {
        return lent.environment();
    }

    @Override
    public long queueLength(String queue) {
        return lent.queueLength(queue);
    }

    @Override
    public TransactionalState state(String botId, CacheParams params) {
        return new NothingRemembered();
    }

    @Override
    public Http http(HttpParams params) {
        return lent.http(params);
    }

    @Override
    public Dns dns() {
        return lent.dns();
    }
}
