package org.intelmq.bots.experts.threshold;

import java.util.List;
import java.util.Map;
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

public final class ThresholdExpert implements Bot<Message>, Foreseeing<Message> {

    public static final BotType<Params> TYPE = BotType.expert("intelmq.bots.experts.threshold.expert", "Threshold",
            "Passes on one of many similar events: the one that reaches the threshold. Counting starts again if none arrives for redis_cache_ttl.",
            Params.class, ThresholdExpert::new).remembering();

    public record Params(
            @Param(value = "Number of similar events of which the last is passed on.", byDefault = "100")
            int threshold,
            @Param(value = "Fields to leave out of the comparison, or the only ones to compare: see filter_type.", byDefault = "raw, time.observation",
                    fields = FieldNames.LOOKED_AT)
            Set<String> filterKeys,
            @Param(value = "How to use filter_keys: blacklist leaves them out of the comparison, whitelist compares nothing else.", byDefault = "blacklist")
            String filterType,
            @Param(value = "Fields to set in the event that passes; by default a comment.", optional = true, example = "comment: Threshold reached",
                    fields = FieldNames.KEYS_FILLED)
            Map<String, Object> addKeys,
            @Param(value = "Whether to pass every event on.", byDefault = "false")
            boolean bypass,
            @Defaults({"redis_cache_db: 11", "redis_cache_ttl: 3600"})
            CacheParams cache) {

        public Params {
            if (threshold <= 0) {
                throw new IllegalArgumentException("parameter 'threshold' cannot be " + threshold + ": expected a number above 0");
            }
            if (cache.redisCacheTtl().isZero()) {
                throw new IllegalArgumentException("parameter 'redis_cache_ttl' cannot be 0: expected how long events are counted together");
            }
            addKeys = addKeys == null ? Map.of("comment", "Threshold reached") : addKeys;
        }
    }

    private final Params params;
    private final ComparedFields compared;
    private final State state;

    private ThresholdExpert(Params params, BotContext context) {
        this.params = params;
        this.compared = params.bypass() ? null : ComparedFields.of(params.filterKeys(), params.filterType(), context);
        this.state = context.state(params.cache());
    }

    @Override
    public void process(Message event, Outbox out) {
        if (params.bypass()) {
            out.send(event);
            return;
        }
        String key = compared.hash().hex(event);
        String before = state.get(key);
        long count = before == null ? 1 : Long.parseLong(before) + 1;
        state.put(key, Long.toString(count), params.cache().redisCacheTtl());
        if (count == params.threshold()) {
            event.update(params.addKeys());
            event.put("extra.count", count);
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
