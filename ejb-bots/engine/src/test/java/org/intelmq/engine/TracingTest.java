package org.intelmq.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.intelmq.bot.BotGroup;
import org.intelmq.engine.observe.Tracing;
import org.intelmq.engine.wire.Wire;
import org.intelmq.jms.Parcel;
import org.intelmq.message.Event;
import org.intelmq.message.Fields;
import org.intelmq.message.Harmonization;
import org.junit.jupiter.api.Test;

class TracingTest extends WordPipeline {

    private final List<String> spans = new ArrayList<>();
    private final List<String> ends = new ArrayList<>();

    /** Each span is called as its bot, and a number. */
    private final class Recorded implements Tracing {

        @Override
        public Step begin(String bot, BotGroup group, int messages, String parent) {
            String context = bot + "-" + (spans.size() + 1);
            spans.add(context + " " + group + " " + messages + " from " + parent);
            return new Step() {

                @Override
                public String context() {
                    return context;
                }

                @Override
                public void end(Throwable failure) {
                    ends.add(context + (failure == null ? "" : " " + failure.getClass().getSimpleName()));
                }
            };
        }
    }

    @Test
    void aSpanAStepLeadsFromBotToBotThroughQueuesAndPastThem() throws IOException {
        harness.engine().traceWith(new Recorded());
        pipeline("a b", "", "test.collect");
        harness.run();
        assertEquals(List.of("words-1 COLLECTOR 1 from null", "split-2 PARSER 1 from words-1", "picky-3 EXPERT 2 from split-2",
                "collect-4 OUTPUT 2 from picky-3"), spans);
        assertEquals(List.of("words-1", "split-2", "picky-3", "collect-4"), ends);
        assertEquals(List.of("a", "b"), written);
    }

    @Test
    void aStepThatIsRolledBackSaysSo() throws IOException {
        harness.engine().traceWith(new Recorded());
        pipeline("a", "", "test.collect");
        outputAway = true;
        harness.run();
        assertEquals(ends.size(), spans.size());
        assertTrue(spans.contains("collect-4 OUTPUT 1 from picky-3"), spans::toString);
    }

    @Test
    void withoutTracesNothingTravels() throws IOException {
        Event event = new Event(Harmonization.standard());
        event.add(Fields.COMMENT, "x");
        Parcel parcel = Wire.encode(Parcel.Kind.EVENTS, List.of(event), 0, 0).get(0);
        assertNull(parcel.trace());
        assertEquals("t", parcel.withTrace("t").withId("i").trace());
        pipeline("a b", "", "test.collect");
        harness.run();
        assertEquals(List.of(), spans);
    }
}
