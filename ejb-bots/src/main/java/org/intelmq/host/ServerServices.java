package org.intelmq.host;

import java.time.Clock;
import org.intelmq.bot.CacheParams;
import org.intelmq.bot.Dns;
import org.intelmq.bot.Http;
import org.intelmq.bot.HttpParams;
import org.intelmq.engine.Services;
import org.intelmq.jms.Broker;
import org.intelmq.network.DnsJava;
import org.intelmq.network.JdkHttp;
import org.intelmq.pipeline.Installation;
import org.intelmq.state.BotStates;
import org.intelmq.state.TransactionalState;

/** What the server lends to bots. Thread-safe. */
final class ServerServices implements Services, AutoCloseable {

    private final BotStates states;
    private final Dns dns = new DnsJava();

    ServerServices(Installation installation) {
        this.states = new BotStates(installation.state().resolve("bot-states"), clock());
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
    public Dns dns() {
        return dns;
    }

    @Override
    public long queueLength(String queue) {
        return Broker.running().length(queue);
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
