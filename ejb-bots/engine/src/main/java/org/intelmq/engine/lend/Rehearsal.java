package org.intelmq.engine.lend;

import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import org.intelmq.bot.CacheParams;
import org.intelmq.bot.Dns;
import org.intelmq.bot.Download;
import org.intelmq.bot.Http;
import org.intelmq.bot.HttpParams;
import org.intelmq.bot.UnavailableException;
import org.intelmq.state.TransactionalState;

/** What bots are given when they are only created to check their configuration: no other system is contacted, nothing is remembered. Thread-safe. */
public record Rehearsal(Network network) implements Services {

    @Override
    public boolean isRehearsal() {
        return true;
    }

    @Override
    public Clock clock() {
        return Clock.systemUTC();
    }

    @Override
    public long queueLength(String queue) {
        return 0;
    }

    @Override
    public TransactionalState state(String botId, CacheParams params) {
        return new NothingRemembered();
    }

    /** Created, because certificates and proxies may be wrong, but never used. */
    @Override
    public Http http(HttpParams params) {
        return new Silent(network.http(params));
    }

    @Override
    public Dns dns() {
        return (name, type) -> CompletableFuture.failedFuture(notAsked());
    }

    private static UnavailableException notAsked() {
        return new UnavailableException("other systems are not contacted while the configuration is checked");
    }

    private record Silent(Http http) implements Http {

        @Override
        public HttpResponse<InputStream> send(HttpRequest request) {
            throw notAsked();
        }

        @Override
        public Download download(HttpRequest request) {
            throw notAsked();
        }

        @Override
        public HttpRequest.Builder request(URI address) {
            return http.request(address);
        }
    }
}
