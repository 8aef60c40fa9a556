package org.intelmq.replay;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.intelmq.bot.CacheParams;
import org.intelmq.bot.Dns;
import org.intelmq.bot.Http;
import org.intelmq.bot.HttpParams;
import org.intelmq.engine.lend.Network;
import org.intelmq.engine.lend.Services;
import org.intelmq.state.BotMemories;
import org.intelmq.state.TransactionalState;

/** What replayed bots borrow: the recorded clock and answers, and a state in files of its own, whatever their parameters say. */
public final class ReplayServices implements Services, AutoCloseable {

    private final Clock clock = new RecordedClock();
    private final BotMemories states;
    private final ScriptedHttp http;
    private Function<HttpParams, Http> reached;
    private Map<String, String> environment = System.getenv();
    private Instant now = Instant.EPOCH;
    private Dns dns;

    /** @param network gives answers that are not recorded; {@code null} for none */
    ReplayServices(Path stateFolder, Network network) {
        this.http = new ScriptedHttp(network);
        this.states = new BotMemories(stateFolder, clock);
    }

    /**
     * Begins a case. Existing bots get its answers, and its time or the present, from now on.
     *
     * @param unserved told what is asked for and not recorded at all
     */
    void begin(Map<String, Object> record, Dns answers, Consumer<String> unserved) {
        now = record.containsKey("clock") ? OffsetDateTime.parse((String) record.get("clock")).toInstant() : Instant.now();
        http.begin(Plain.list(record.get("http")), unserved);
        dns = answers;
    }

    /** From now on bots contact real servers instead of getting recorded exchanges. */
    public void reach(Function<HttpParams, Http> web) {
        reached = web;
    }

    /** From now on programs that bots start have these environment variables. */
    public void environment(Map<String, String> variables) {
        environment = Map.copyOf(variables);
    }

    @Override
    public Map<String, String> environment() {
        return environment;
    }

    /** What the bot remembers under a key, after the clock has moved on by that time. {@code null} for nothing. */
    public String remembered(String botId, String key, Duration later) {
        now = now.plus(later);
        try (TransactionalState state = states.open(botId, CacheParams.ownFile())) {
            return state.get(key);
        }
    }

    public ScriptedHttp http() {
        return http;
    }

    @Override
    public Clock clock() {
        return clock;
    }

    @Override
    public Http http(HttpParams params) {
        return reached == null ? http.under(params) : reached.apply(params);
    }

    @Override
    public Dns dns() {
        return (name, type) -> dns.lookup(name, type);
    }

    @Override
    public long queueLength(String queue) {
        return 0;
    }

    @Override
    public TransactionalState state(String botId, CacheParams params) {
        return states.open(botId, new CacheParams(CacheParams.Store.EMBEDDED, params.redisCacheHost(), params.redisCachePort(),
                params.redisCacheDb(), null, params.redisCacheTtl()));
    }

    @Override
    public void close() {
        states.close();
    }

    private final class RecordedClock extends Clock {

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return Clock.fixed(now, zone);
        }

        @Override
        public Instant instant() {
            return now;
        }
    }
}
