package org.intelmq.engine;

import java.time.Clock;
import java.util.function.BiFunction;
import org.intelmq.bot.CacheParams;
import org.intelmq.bot.Dns;
import org.intelmq.bot.Http;
import org.intelmq.bot.HttpParams;
import org.intelmq.engine.lend.Services;
import org.intelmq.state.TransactionalState;

/**
 * What bots are lent in a test: a clock, states, and no network.
 *
 * @param states the state of a bot with this id for one of its instances
 */
record TestServices(Clock clock, BiFunction<String, CacheParams, TransactionalState> states) implements Services {

    /** For bots that remember nothing. */
    TestServices(Clock clock) {
        this(clock, (bot, params) -> {
            throw new IllegalStateException("no state in this test");
        });
    }

    @Override
    public long queueLength(String queue) {
        return 0;
    }

    @Override
    public Http http(HttpParams params) {
        throw new IllegalStateException("no HTTP in this test");
    }

    @Override
    public Dns dns() {
        throw new IllegalStateException("no DNS in this test");
    }

    @Override
    public TransactionalState state(String botId, CacheParams params) {
        return states.apply(botId, params);
    }
}
