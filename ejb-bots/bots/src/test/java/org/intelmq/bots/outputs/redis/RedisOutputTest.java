package org.intelmq.bots.outputs.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.github.fppt.jedismock.RedisServer;
import java.util.List;
import org.intelmq.bot.UnavailableException;
import org.intelmq.message.Event;
import org.intelmq.message.Harmonization;
import org.intelmq.message.Message;
import org.intelmq.testing.Parameters;
import org.intelmq.testing.RecordingOutbox;
import org.intelmq.testing.TestContext;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;

class RedisOutputTest {

    private static Message event(String comment) {
        return new Event(Harmonization.standard()).add("comment", comment);
    }

    @Test
    void pushesEventsAndWaitsForARedisThatIsAway() throws Exception {
        RedisServer server = RedisServer.newRedisServer().start();
        int port = server.getBindPort();
        RedisOutput output = new RedisOutput(Parameters.of(RedisOutput.Params.class, "redis_queue", "queue", "redis_server_port", port), new TestContext());
        try (output) {
            output.processAll(List.of(event("a"), event("b")), new RecordingOutbox());
            try (Jedis redis = new Jedis("127.0.0.1", port)) {
                redis.select(2);
                assertEquals(List.of("{\"__type\": \"Event\", \"comment\": \"b\"}", "{\"__type\": \"Event\", \"comment\": \"a\"}"),
                        redis.lrange("queue", 0, -1));
            }
            server.stop();
            assertThrows(UnavailableException.class, () -> output.process(event("c"), new RecordingOutbox()));
        }
    }

    @Test
    void nestsAndLeavesTheTypeAwayIfAsked() throws Exception {
        RedisServer server = RedisServer.newRedisServer().start();
        int port = server.getBindPort();
        Message event = new Event(Harmonization.standard()).add("source.ip", "192.0.2.1").add("extra.a", "b").add("extra.n", Double.NaN);
        try (RedisOutput output = new RedisOutput(Parameters.of(RedisOutput.Params.class, "redis_queue", "q", "redis_server_port", port,
                "hierarchical_output", true, "with_type", false), new TestContext()); Jedis redis = new Jedis("127.0.0.1", port)) {
            output.process(event, new RecordingOutbox());
            redis.select(2);
            assertEquals(List.of("{\"extra\": {\"a\": \"b\", \"n\": null}, \"source\": {\"ip\": \"192.0.2.1\"}}"), redis.lrange("q", 0, -1));
        } finally {
            server.stop();
        }
    }
}
