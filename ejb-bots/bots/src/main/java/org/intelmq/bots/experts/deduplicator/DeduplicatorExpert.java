package org.intelmq.bots.experts.deduplicator;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.intelmq.bot.Bot;
import org.intelmq.bot.BotContext;
import org.intelmq.bot.BotType;
import org.intelmq.bot.CacheParams;
import org.intelmq.bot.Defaults;
import org.intelmq.bot.FieldNames;
import org.intelmq.bot.Foreseeing;
import org.intelmq.bot.Outbox;
import org.intelmq.bot.Param;
import org.intelmq.bot.State;
import org.intelmq.message.Field;
import org.intelmq.message.Message;
import org.intelmq.message.MessageHash;

public final class DeduplicatorExpert implements Bot<Message>, Foreseeing<Message> {

    public static final BotType<Params> TYPE = BotType.expert("intelmq.bots.experts.deduplicator.expert", "Deduplicator",
            "Drops events that are equal to an earlier one. You choose which fields count; time.observation never does.",
            Params.class, DeduplicatorExpert::new).remembering();

    public record Params(
            @Param(value = "Fields to leave out of the comparison, or the only ones to compare: see filter_type.", example = "raw, time.observation",
                    fields = FieldNames.LOOKED_AT)
            Set<String> filterKeys,
            @Param(value = "How to use filter_keys: blacklist leaves them out of the comparison, whitelist compares nothing else.", byDefault = "blacklist")
            String filterType,
            @Param(value = "Whether to pass every event on.", byDefault = "false")
            boolean bypass,
            @Defaults({"redis_cache_db: 6", "redis_cache_ttl: 86400"})
            CacheParams cache) { }

    private final Params params;
    private final Set<Field> filter;
    private final State state;
    private MessageHash hash;

    private DeduplicatorExpert(Params params, BotContext context) {
        this.params = params;
        this.filter = params.filterKeys().stream().map(Field::of).collect(Collectors.toSet());
        this.state = context.state(params.cache());
        if (!params.bypass() && !MessageHash.isFilterType(params.filterType())) {
            // as in IntelMQ, it is each message that fails
            context.log().warning("parameter 'filter_type' cannot be \"" + params.filterType() + "\": expected whitelist or blacklist");
        }
    }

    @Override
    public void process(Message event, Outbox out) {
        if (params.bypass() || state.remember(hash().of(event), params.cache().redisCacheTtl())) {
            out.send(event);
        }
    }

    @Override
    public void foresee(List<Message> events) {
        if (!params.bypass()) {
            state.foresee(() -> events.stream().map(hash()::hex).toList());
        }
    }

    private MessageHash hash() {
        if (hash == null) {
            hash = MessageHash.of(filter, params.filterType());
        }
        return hash;
    }
}
