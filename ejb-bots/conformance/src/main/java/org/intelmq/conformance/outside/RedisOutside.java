package org.intelmq.conformance.outside;

import com.github.fppt.jedismock.RedisServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.intelmq.message.Json;
import org.intelmq.replay.Comparison;
import org.intelmq.replay.Plain;
import redis.clients.jedis.Jedis;

/** A Redis with a bot's events, a list a contact, and what is in it afterwards. */
final class RedisOutside implements Outside {

    /** {@code redis} in {@code after}; with it the files and the input of a tool. */
    static final class Kind implements OutsideKind {

        @Override
        public Set<String> given() {
            return Set.of("events_in_redis", "files", "stdin");
        }

        @Override
        public boolean isIn(Map<String, Object> record) {
            return String.valueOf(record.get("bot")).endsWith(BOT);
        }

        @Override
        public Set<String> compared() {
            return Set.of("after.redis");
        }

        @Override
        public boolean owns(String parameter) {
            return !parameter.startsWith("smtp");
        }

        @Override
        public Outside start(Map<String, Object> record, Path folder) throws IOException {
            return new RedisOutside(record, folder);
        }
    }

    /** The one whose Redis is more than its memory. */
    static final String BOT = ".outputs.smtp_batch.output";

    private static final int DATABASE = 15;
    private static final String PREFIX = "test-bot:";

    private final RedisServer server = RedisServer.newRedisServer().start();
    private final Path folder;

    private RedisOutside(Map<String, Object> record, Path folder) throws IOException {
        this.folder = folder;
        Map<String, Object> given = Plain.map(record.get("given"));
        for (Map.Entry<String, Object> file : Plain.map(given.get("files")).entrySet()) {
            Files.writeString(folder.resolve(file.getKey()), (String) file.getValue());
        }
        try (Jedis redis = connected()) {
            for (Map<String, Object> event : Plain.<Map<String, Object>>list(given.get("events_in_redis"))) {
                Map<String, Object> fields = new TreeMap<>(event);
                fields.remove("__type");
                String text = Json.write(fields).replace("{time}", String.valueOf(Moments.of(record).get("time")));
                redis.rpush(PREFIX + event.get("source.abuse_contact"), text);
            }
        }
    }

    private Jedis connected() {
        Jedis redis = new Jedis("127.0.0.1", server.getBindPort());
        redis.select(DATABASE);
        return redis;
    }

    @Override
    public Map<String, Object> places() {
        return Map.of(PORT, (long) server.getBindPort(), "root", folder.toString());
    }

    /** Where only the number of events was recorded, only that counts. */
    @Override
    public void compare(Map<String, Object> record, Comparison comparison) {
        Map<String, Object> expected = new TreeMap<>(Plain.map(Plain.map(record.get("after")).get("redis")));
        Map<String, Object> got = new TreeMap<>();
        try (Jedis redis = connected()) {
            for (String key : redis.keys(PREFIX + '*')) {
                List<Object> events = new ArrayList<>();
                redis.lrange(key, 0, -1).forEach(event -> events.add(Json.parse(event)));
                got.put(key, expected.get(key) instanceof List<?> ? events : (Object) (long) events.size());
            }
        }
        comparison.compare("after.redis", expected, got);
    }

    @Override
    public void close() throws IOException {
        server.stop();
    }
}
