package org.intelmq.bots.experts.deduplicator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

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

class DeduplicatorExpertTest {

    private final RecordingOutbox out = new RecordingOutbox();

    @SuppressWarnings("unchecked")
    private static Bot<Message> bot(Map<String, Object> parameters) throws Exception {
        ParameterSchema.Reading<DeduplicatorExpert.Params> reading = ParameterSchema.of(DeduplicatorExpert.Params.class).read(parameters, Set.of());
        assertEquals(List.of(), reading.problems());
        return (Bot<Message>) DeduplicatorExpert.TYPE.factory().create(reading.value(), new TestContext());
    }

    private static Event event(String address, String raw) {
        Event event = new Event(Harmonization.standard());
        event.add("source.ip", address);
        event.add("raw", raw);
        return event;
    }

    @Test
    void dropsAnEventSeenBeforeWhateverItsRaw() throws Exception {
        Bot<Message> bot = bot(Map.of("filter_keys", "raw, time.observation"));
        bot.process(event("192.0.2.1", "one"), out);
        bot.process(event("192.0.2.1", "two"), out);
        bot.process(event("192.0.2.2", "one"), out);
        assertEquals(List.of(event("192.0.2.1", "one"), event("192.0.2.2", "one")), out.sent());
    }

    @Test
    void comparesTheKeysOfAWhitelistAlone() throws Exception {
        Bot<Message> bot = bot(Map.of("filter_keys", "raw", "filter_type", "whitelist"));
        bot.process(event("192.0.2.1", "one"), out);
        bot.process(event("192.0.2.2", "one"), out);
        assertEquals(1, out.sent().size());
    }

    @Test
    void aBlankBeforeANameSwitchesNoFieldOff() throws Exception {
        Bot<Message> bot = bot(Map.of("filter_keys", List.of("source.ip", " source.port "), "filter_type", "whitelist"));
        Event withPort = event("192.0.2.1", "two");
        withPort.add("source.port", 80);
        bot.process(event("192.0.2.1", "one"), out);
        bot.process(withPort, out);
        bot.process(withPort, out);
        assertEquals(2, out.sent().size());
    }

    @Test
    void letsEverythingPassOnBypass() throws Exception {
        Bot<Message> bot = bot(Map.of("filter_keys", "raw", "bypass", true));
        bot.process(event("192.0.2.1", "one"), out);
        bot.process(event("192.0.2.1", "one"), out);
        assertEquals(2, out.sent().size());
    }

    @Test
    void refusesEventsWhileTheFilterTypeIsUnknown() throws Exception {
        Bot<Message> bot = bot(Map.of("filter_keys", "raw", "filter_type", "greylist"));
        assertThrows(InvalidArgument.class, () -> bot.process(event("192.0.2.1", "one"), out));
    }

    @Test
    void remembersForADayInDatabaseSixByDefault() {
        DeduplicatorExpert.Params params = ParameterSchema.of(DeduplicatorExpert.Params.class).read(Map.of("filter_keys", "raw"), Set.of()).value();
        assertEquals(6, params.cache().redisCacheDb());
        assertEquals(86_400, params.cache().redisCacheTtl().toSeconds());
    }
}
