package org.intelmq.bots.experts.wait;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.intelmq.bot.Bot;
import org.intelmq.message.Event;
import org.intelmq.message.Harmonization;
import org.intelmq.message.Message;
import org.intelmq.testing.RecordingOutbox;
import org.intelmq.testing.TestContext;
import org.junit.jupiter.api.Test;

class WaitExpertTest {

    private final RecordingOutbox out = new RecordingOutbox();

    @SuppressWarnings("unchecked")
    private void process(WaitExpert.Params params, TestContext context) throws Exception {
        ((Bot<Message>) WaitExpert.TYPE.factory().create(params, context)).process(new Event(Harmonization.standard()), out);
    }

    @Test
    void waitsUntilTheQueueIsShortEnough() throws Exception {
        AtomicLong length = new AtomicLong(5);
        process(new WaitExpert.Params("file-output-queue", 2, Duration.ofMillis(1), null), new TestContext().queueLength(queue -> length.getAndDecrement()));
        assertEquals(1, length.get());
        assertEquals(1, out.sent().size());
    }

    @Test
    void holdsAnEventOrLetsItPass() throws Exception {
        long start = System.nanoTime();
        process(new WaitExpert.Params(null, 0, Duration.ofMillis(1), Duration.ofMillis(20)), new TestContext());
        assertEquals(true, System.nanoTime() - start >= 20_000_000);
        process(new WaitExpert.Params(null, 0, Duration.ofMillis(1), null), new TestContext());
        assertEquals(2, out.sent().size());
    }
}
