package org.intelmq.bots.experts.aggregate;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.intelmq.bot.Bot;
import org.intelmq.bot.BotContext;
import org.intelmq.bot.BotType;
import org.intelmq.bot.CacheParams;
import org.intelmq.bot.ConfigurationException;
import org.intelmq.bot.Defaults;
import org.intelmq.bot.FieldNames;
import org.intelmq.bot.Foreseeing;
import org.intelmq.bot.Outbox;
import org.intelmq.bot.Param;
import org.intelmq.bot.State;
import org.intelmq.message.Field;
import org.intelmq.message.Fields;
import org.intelmq.message.Json;
import org.intelmq.message.Message;
import org.intelmq.message.MessageHash;
import org.intelmq.message.MessageJson;
import org.intelmq.text.time.IsoTime;
import org.intelmq.text.time.RelativeTime;

public final class AggregateExpert implements Bot<Message>, Foreseeing<Message> {

    public static final BotType<Params> TYPE = BotType.expert("intelmq.bots.experts.aggregate.expert", "Aggregate",
            "Sends one event for many similar ones, with their number in extra.count, once the time span is over, if there were enough; spans are "
                    + "checked every 10 seconds when an event arrives.", Params.class, AggregateExpert::new).remembering();

    public record Params(
            @Param(value = "Fields that must be equal for events to be counted together.", byDefault = "classification.type, classification.identifier",
                    fields = FieldNames.LOOKED_AT)
            Set<String> fields,
            @Param(value = "Number of events that must be counted for one to be sent.", byDefault = "10")
            long threshold,
            @Param(value = "How long events are counted together.", byDefault = "1 hour")
            String timespan,
            @Defaults("redis_cache_db: 8")
            CacheParams cache) { }

    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(10);
    private static final Field COUNT = Field.of("extra.count");
    private static final Field LAST = Field.of("extra.time_end");
    private static final String PREFIX = "aggregation.";

    private final BotContext context;
    private final MessageHash hash;
    private final long threshold;
    private final Duration timespan;
    private final State state;
    private Instant nextLook = Instant.MIN;

    private AggregateExpert(Params params, BotContext context) {
        this.context = context;
        this.hash = new MessageHash(params.fields().stream().map(Field::of).collect(Collectors.toSet()), true);
        this.threshold = params.threshold();
        this.timespan = span(params.timespan());
        this.state = context.state(params.cache());
    }

    private static Duration span(String text) {
        try {
            return RelativeTime.parse(text);
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException("parameter 'timespan' cannot be \"" + text + "\": expected a number and a unit such as 1 hour", e);
        }
    }

    @Override
    public void process(Message event, Outbox out) {
        Instant now = context.clock().instant();
        if (!now.isBefore(nextLook)) {
            state.forEach(PREFIX, (key, group) -> finish(key, (Map<?, ?>) Json.parse(group), now, out));
            nextLook = now.plus(BETWEEN_LOOKS);
        }
        count(event, now);
    }

    @Override
    public void foresee(List<Message> events) {
        state.foresee(() -> events.stream().map(event -> PREFIX + hash.hex(event)).toList());
    }

    private void finish(String key, Map<?, ?> group, Instant now, Outbox out) {
        String start = (String) group.get("start");
        if (!now.isAfter(IsoTime.parse(start).toInstant(ZoneOffset.UTC).plus(timespan))) {
            return;
        }
        if ((Long) group.get("count") >= threshold) {
            Message event = MessageJson.parse((String) group.get("event"), context.harmonization(), "Event");
            event.put(Fields.TIME_SOURCE, start);
            event.put(COUNT, group.get("count"));
            event.put(LAST, group.get("last"));
            out.send(event);
        }
        state.remove(key);
    }

    @SuppressWarnings("unchecked")
    private void count(Message event, Instant now) {
        String key = PREFIX + hash.hex(event);
        String known = state.get(key);
        Map<String, Object> group = new LinkedHashMap<>();
        if (known == null) {
            group.put("event", MessageJson.toJson(event, false, false));
            group.put("start", IsoTime.format(LocalDateTime.ofInstant(now, ZoneOffset.UTC)));
            group.put("count", 0L);
        } else {
            group.putAll((Map<String, Object>) Json.parse(known));
        }
        group.put("last", event.has(Fields.TIME_SOURCE) ? event.text(Fields.TIME_SOURCE) : event.text(Fields.TIME_OBSERVATION));
        group.put("count", (Long) group.get("count") + (event.has(COUNT) ? Long.parseLong(event.text(COUNT).strip()) : 1));
        state.put(key, Json.write(group), Duration.ZERO);
    }
}
