package org.intelmq.services;

import java.time.Clock;
import java.util.function.ToLongFunction;
import org.intelmq.bot.CacheParams;
import org.intelmq.bot.Dns;
import org.intelmq.bot.Http;
import org.intelmq.bot.HttpParams;
import org.intelmq.engine.lend.Services;
import org.intelmq.network.DnsJava;
import org.intelmq.network.JdkHttp;
import org.intelmq.pipeline.Installation;
import org.intelmq.state.BotMemories;
import org.intelmq.state.TransactionalState;

/** Everything that the server lends to bots, with real systems behind it. Thread-safe. */
public final class ServerServices implements Services, AutoCloseable {

    private final BotMemories states;
    private final ToLongFunction<String> queueLength;
    /** Created when a bot first asks for it: the library is large, and most bots do not need it. */
    private Dns dns;

    /** @param queueLength tells how many messages wait in a queue */
    public ServerServices(Installation installation, ToLongFunction<String> queueLength) {
        this.queueLength = queueLength;
        this.states = new BotMemories(installation.state().resolve("bot-states"), clock());
    }

    @Override
    public Clock clock() {
        return Clock.systemUTC();
    }

    @Override
    public Http http(HttpParams params) {
        return new JdkHttp(params);
    }

    @Override
    public synchronized Dns dns() {
        if (dns == null) {
            dns = new DnsJava();
        }
        return dns;
    }

    @Override
    public long queueLength(String queue) {
        return queueLength.applyAsLong(queue);
    }

    @Override
    public TransactionalState state(String botId, CacheParams params) {
        return states.open(botId, params);
    }

    @Override
    public void close() {
        states.close();
    }
}
