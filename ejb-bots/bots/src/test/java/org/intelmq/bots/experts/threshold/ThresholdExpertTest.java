package org.intelmq.bots.experts.threshold;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.intelmq.bot.Bot;
import org.intelmq.message.Event;
import org.intelmq.message.Harmonization;
import org.intelmq.message.InvalidArgument;
import org.intelmq.message.Message;
import org.intelmq.parameters.ParameterSchema;
import org.intelmq.testing.RecordingOutbox;
import org.intelmq.testing.TestContext;
import org.junit.jupiter.api.Test;

class ThresholdExpertTest {

    private final RecordingOutbox out = new RecordingOutbox();

    private static ParameterSchema.Reading<ThresholdExpert.Params> read(Map<String, Object> parameters) {
        return ParameterSchema.of(ThresholdExpert.Params.class).read(parameters, Set.of());
    }

    @SuppressWarnings("unchecked")
    private static Bot<Message> bot(Map<String, Object> parameters) throws Exception {
        return (Bot<Message>) ThresholdExpert.TYPE.factory().create(read(parameters).value(), new TestContext());
    }

    private static Event event(String address) {
        Event event = new Event(Harmonization.standard());
        event.add("source.ip", address);
        return event;
    }

    @Test
    void letsTheEventThatReachesTheThresholdPass() throws Exception {
        Bot<Message> bot = bot(Map.of("threshold", 3, "filter_type", "whitelist", "filter_keys", List.of("source.ip")));
        for (int i = 0; i < 5; i++) {
            bot.process(event("192.0.2.1"), out);
            bot.process(event("192.0.2." + (10 + i)), out);
        }
        assertEquals(1, out.sent().size());
        assertEquals(3L, out.sent().get(0).get("extra.count"));
        assertEquals("Threshold reached", out.sent().get(0).get("comment"));
    }

    @Test
    void setsTheFieldsAskedForOrNone() throws Exception {
        bot(Map.of("threshold", 1, "add_keys", Map.of("status", "many"))).process(event("192.0.2.1"), out);
        bot(Map.of("threshold", 1, "add_keys", Map.of())).process(event("192.0.2.1"), out);
        assertEquals("many", out.sent().get(0).get("status"));
        assertEquals(2, out.sent().get(1).size());
    }

    @Test
    void namesWhatItCannotWorkWith() throws Exception {
        assertTrue(read(Map.of("threshold", 0)).problems().get(0).startsWith("parameter 'threshold' cannot be 0"));
        assertTrue(read(Map.of("redis_cache_ttl", 0)).problems().get(0).startsWith("parameter 'redis_cache_ttl' cannot be 0"));
        Bot<Message> bot = bot(Map.of("filter_type", "greylist"));
        assertThrows(InvalidArgument.class, () -> bot.process(event("192.0.2.1"), out));
    }
}
