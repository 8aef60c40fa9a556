package org.intelmq.administration.live;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.intelmq.administration.bots.BotView;

/** What has changed of each bot: the changed fields alone; of a bot that is gone, {@code null}. */
final class StatusSource implements Source {

    private final Supplier<Map<String, BotView>> bots;
    private final Clock clock;
    private Map<String, Map<String, Object>> last = Map.of();

    StatusSource(Supplier<Map<String, BotView>> bots, Clock clock) {
        this.bots = bots;
        this.clock = clock;
    }

    @Override
    public List<Map<String, Object>> news() {
        Map<String, Map<String, Object>> now = new LinkedHashMap<>();
        bots.get().forEach((id, bot) -> now.put(id, PlainForm.of(bot)));
        Map<String, Object> changed = new LinkedHashMap<>();
        now.forEach((id, fields) -> {
            Map<String, Object> before = last.get(id);
            Map<String, Object> different = new LinkedHashMap<>(fields);
            if (before != null) {
                different.entrySet().removeIf(field -> Objects.equals(field.getValue(), before.get(field.getKey())));
            }
            if (!different.isEmpty()) {
                changed.put(id, different);
            }
        });
        last.keySet().stream().filter(id -> !now.containsKey(id)).forEach(id -> changed.put(id, null));
        last = now;
        return changed.isEmpty() ? List.of() : List.of(message(changed));
    }

    /** All there is to know, for somebody new. */
    Map<String, Object> whole() {
        return message(new LinkedHashMap<>(last));
    }

    private Map<String, Object> message(Map<String, Object> changed) {
        Map<String, Object> message = new LinkedHashMap<>();
        message.put("time", clock.instant().toString());
        message.put("bots", changed);
        return message;
    }
}
