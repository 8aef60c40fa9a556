package org.intelmq.bots.experts.deduplicator;

import java.util.List;
import java.util.Set;
import org.intelmq.bot.Bot;
import org.intelmq.bot.BotContext;
import org.intelmq.bot.BotType;
import org.intelmq.bot.CacheParams;
import org.intelmq.bot.ComparedFields;
import org.intelmq.bot.Defaults;
import org.intelmq.bot.FieldNames;
import org.intelmq.bot.Foreseeing;
import org.intelmq.bot.Outbox;
import org.intelmq.bot.Param;
import org.intelmq.bot.State;
import org.intelmq.message.Message;

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
    private final ComparedFields compared;
    private final State state;

    private DeduplicatorExpert(Params params, BotContext context) {
        this.params = params;
        this.compared = params.bypass() ? null : ComparedFields.of(params.filterKeys(), params.filterType(), context);
        this.state = context.state(params.cache());
    }

    @Override
    public void process(Message event, Outbox out) {
        if (params.bypass() || state.remember(compared.hash().of(event), params.cache().redisCacheTtl())) {
            out.send(event);
        }
    }

    @Override
    public void foresee(List<Message> events) {
        if (!params.bypass()) {
            compared.foresee(state, events);
        }
    }
}
