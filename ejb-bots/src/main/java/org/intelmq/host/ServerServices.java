package org.intelmq.host;

import java.time.Clock;
import org.intelmq.bot.CacheParams;
import org.intelmq.bot.Dns;
import org.intelmq.bot.Http;
import org.intelmq.bot.HttpParams;
import org.intelmq.engine.Services;
import org.intelmq.state.TransactionalState;

/** What the server lends to bots. */
final class ServerServices implements Services {

    @Override
    public Clock clock() {
        return Clock.systemUTC();
    }

    @Override
    public Http http(HttpParams params) {
        throw new IllegalStateException("HTTP is not wired yet");
    }

    @Override
    public Dns dns() {
        throw new IllegalStateException("DNS is not wired yet");
    }

    @Override
    public TransactionalState state(String botId, CacheParams params) {
        throw new IllegalStateException("state is not wired yet");
    }
}
