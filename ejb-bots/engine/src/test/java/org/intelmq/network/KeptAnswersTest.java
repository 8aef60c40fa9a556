package org.intelmq.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.intelmq.bot.Dns;
import org.junit.jupiter.api.Test;

class KeptAnswersTest {

    private static final Dns.Answer ANSWER = new Dns.Answer(List.of("192.0.2.1"), Duration.ofSeconds(5));
    private static final KeptAnswers.Question FIRST = new KeptAnswers.Question("first.example", 1);
    private static final KeptAnswers.Question SECOND = new KeptAnswers.Question("second.example", 1);
    private static final KeptAnswers.Question THIRD = new KeptAnswers.Question("third.example", 1);

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1);
    private final KeptAnswers kept = new KeptAnswers(2, nanos::get);

    @Test
    void keepsAnAnswerForItsTime() {
        kept.put(FIRST, ANSWER, Duration.ofSeconds(5));
        nanos.addAndGet(Duration.ofSeconds(5).toNanos() - 1);
        assertEquals(ANSWER, kept.get(FIRST));
        nanos.incrementAndGet();
        assertNull(kept.get(FIRST));
        assertNull(kept.get(new KeptAnswers.Question("first.example", 28)));
    }

    @Test
    void makesRoomWhereNobodyAskedForTheLongestTime() {
        kept.put(FIRST, ANSWER, Duration.ofSeconds(5));
        kept.put(SECOND, ANSWER, Duration.ofSeconds(5));
        assertEquals(ANSWER, kept.get(FIRST));
        kept.put(THIRD, ANSWER, Duration.ofSeconds(5));
        assertNull(kept.get(SECOND));
        assertEquals(ANSWER, kept.get(FIRST));
        assertEquals(ANSWER, kept.get(THIRD));
    }

    @Test
    void doesNotKeepWhatIsValidOnce() {
        kept.put(FIRST, ANSWER, Duration.ZERO);
        assertNull(kept.get(FIRST));
    }
}
