package org.intelmq.bots.experts.aggregate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.intelmq.bot.Bot;
import org.intelmq.bot.ConfigurationException;
import org.intelmq.message.Event;
import org.intelmq.message.Harmonization;
import org.intelmq.message.Message;
import org.intelmq.parameters.ParameterSchema;
import org.intelmq.testing.MovableClock;
import org.intelmq.testing.RecordingOutbox;
import org.intelmq.testing.TestContext;
import org.junit.jupiter.api.Test;

class AggregateExpertTest {

    private final RecordingOutbox out = new RecordingOutbox();
    private final MovableClock clock = new MovableClock(TestContext.NOW);

    @SuppressWarnings("unchecked")
    private Bot<Message> bot(Map<String, Object> parameters) throws Exception {
        return (Bot<Message>) AggregateExpert.TYPE.factory()
                .create(ParameterSchema.of(AggregateExpert.Params.class).read(parameters, Set.of()).value(), new TestContext().clock(clock));
    }

    private static Event event(String type, String time) {
        Event event = new Event(Harmonization.standard());
        event.add("classification.type", type);
        event.add("time.observation", time);
        return event;
    }

    @Test
    void sendsOneEventForManyWhenTheirTimeIsOver() throws Exception {
        Bot<Message> bot = bot(Map.of("threshold", 3, "timespan", "1 minute"));
        for (int second = 1; second <= 4; second++) {
            bot.process(event("ddos", "2024-05-17T10:00:0" + second + "+00:00"), out);
        }
        Event counted = event("dos", "2024-05-17T10:00:05+00:00");
        counted.add("extra.count", 3);
        bot.process(counted, out);
        bot.process(event("spam", "2024-05-17T10:00:06+00:00"), out);
        assertEquals(0, out.sent().size());
        clock.pass(Duration.ofSeconds(61));
        bot.process(event("scanner", "2024-05-17T10:01:00+00:00"), out);
        assertEquals(Set.of(
                "{\"classification.type\": \"ddos\", \"time.observation\": \"2024-05-17T10:00:01+00:00\", \"time.source\": \"2024-05-17T10:20:30+00:00\", "
                        + "\"extra.count\": 4, \"extra.time_end\": \"2024-05-17T10:00:04+00:00\", \"__type\": \"Event\"}",
                "{\"classification.type\": \"dos\", \"extra.count\": 3, \"time.observation\": \"2024-05-17T10:00:05+00:00\", "
                        + "\"time.source\": \"2024-05-17T10:20:30+00:00\", \"extra.time_end\": \"2024-05-17T10:00:05+00:00\", \"__type\": \"Event\"}"),
                Set.of(out.sent().get(0).toString(), out.sent().get(1).toString()));
        clock.pass(Duration.ofSeconds(29));
        bot.process(event("scanner", "2024-05-17T10:01:00+00:00"), out);
        assertEquals(2, out.sent().size());
    }

    @Test
    void refusesATimespanThatIsNone() {
        assertThrows(ConfigurationException.class, () -> bot(Map.of("timespan", "soon")));
    }
}
