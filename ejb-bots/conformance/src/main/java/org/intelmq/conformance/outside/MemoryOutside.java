package org.intelmq.conformance.outside;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.intelmq.replay.BotCase;
import org.intelmq.replay.Comparison;
import org.intelmq.replay.Plain;
import org.intelmq.replay.ReplayServices;

/** What the original's bot kept in a Redis that was its cache, and ours in its memory: each value, for as long as it was to be kept. */
final class MemoryOutside implements Outside {

    /** {@code redis} in {@code after}, of a case that no Redis was given to. */
    static final class Kind implements OutsideKind {

        @Override
        public Set<String> given() {
            return Set.of();
        }

        @Override
        public boolean isIn(Map<String, Object> record) {
            Set<String> given = Plain.map(record.get("given")).keySet();
            return Plain.map(record.get("after")).containsKey("redis") && given.stream().noneMatch(name -> name.contains("redis"))
                    && !String.valueOf(record.get("bot")).endsWith(RedisOutside.BOT);
        }

        @Override
        public Set<String> compared() {
            return Set.of("after.redis");
        }

        @Override
        public Outside start(Map<String, Object> record, Path folder) {
            return new MemoryOutside();
        }
    }

    private ReplayServices services;

    @Override
    public Map<String, Object> places() {
        return Map.of();
    }

    @Override
    public void attach(ReplayServices lent) {
        services = lent;
    }

    @Override
    public void compare(Map<String, Object> record, Comparison comparison) {
        Map<String, Object> kept = Plain.map(Plain.map(record.get("after")).get("redis"));
        String bot = BotCase.botId(record);
        Map<String, Object> now = new LinkedHashMap<>();
        Map<String, Object> afterwards = new LinkedHashMap<>();
        long longest = kept.values().stream().mapToLong(entry -> seconds(Plain.map(entry))).max().orElse(0);
        for (String key : kept.keySet()) {
            now.put(key, services.remembered(bot, key, Duration.ZERO));
        }
        Map<String, Object> expected = new LinkedHashMap<>();
        kept.forEach((key, entry) -> expected.put(key, Plain.map(entry).get("value")));
        comparison.compare("after.redis", expected, now);
        Duration wait = Duration.ofSeconds(longest + 1);
        for (String key : kept.keySet()) {
            afterwards.put(key, services.remembered(bot, key, wait));
            wait = Duration.ZERO;
        }
        expected.replaceAll((key, value) -> null);
        comparison.compare("after.redis, " + longest + " s later", expected, afterwards);
    }

    private static long seconds(Map<String, Object> entry) {
        return ((Number) entry.get("ttl")).longValue();
    }

    @Override
    public void close() { }
}
