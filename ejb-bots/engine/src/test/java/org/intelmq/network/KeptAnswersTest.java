package org.intelmq.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.intelmq.bot.Dns;
import org.junit.jupiter.api.Test;

class KeptAnswersTest {

    private static final Dns.Answer ANSWER = new Dns.Answer(List.of("192.0.2.1"), Duration.ofSeconds(5));
    private static final KeptAnswers.Question FIRST = question(0);
    private static final int ROOM = 100;

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1);
    private final KeptAnswers kept = new KeptAnswers(ROOM * KeptAnswers.bytes(FIRST, ANSWER), nanos::get);

    private static KeptAnswers.Question question(int number) {
        return new KeptAnswers.Question("host-%03d.example".formatted(number), 1);
    }

    @Test
    void keepsAnAnswerForItsTime() {
        kept.put(FIRST, ANSWER, Duration.ofSeconds(5));
        nanos.addAndGet(Duration.ofSeconds(5).toNanos() - 1);
        assertEquals(ANSWER, kept.get(FIRST));
        nanos.incrementAndGet();
        assertNull(kept.get(FIRST));
        assertNull(kept.get(new KeptAnswers.Question(FIRST.name(), 28)));
    }

    @Test
    void makesRoomWhereNobodyAskedForTheLongestTime() {
        for (int i = 0; i < ROOM; i++) {
            kept.put(question(i), ANSWER, Duration.ofSeconds(5));
        }
        assertEquals(ANSWER, kept.get(FIRST));
        kept.put(question(ROOM), ANSWER, Duration.ofSeconds(5));
        assertNull(kept.get(question(1)));
        assertEquals(ANSWER, kept.get(FIRST));
        for (int i = 2; i <= ROOM; i++) {
            assertEquals(ANSWER, kept.get(question(i)));
        }
    }

    @Test
    void countsWhatIsReplacedOrOutOfDateNoLonger() {
        for (int i = 0; i < 3 * ROOM; i++) {
            kept.put(FIRST, ANSWER, Duration.ofSeconds(5));
        }
        nanos.addAndGet(Duration.ofSeconds(5).toNanos());
        assertNull(kept.get(FIRST));
        for (int i = 0; i < ROOM; i++) {
            kept.put(question(i), ANSWER, Duration.ofSeconds(5));
        }
        assertEquals(ANSWER, kept.get(FIRST));
    }

    @Test
    void doesNotKeepALongAnswer() {
        kept.put(FIRST, new Dns.Answer(Collections.nCopies(ROOM, "192.0.2.1"), Duration.ofSeconds(5)), Duration.ofSeconds(5));
        assertNull(kept.get(FIRST));
    }

    @Test
    void doesNotKeepWhatIsValidOnce() {
        kept.put(FIRST, ANSWER, Duration.ZERO);
        assertNull(kept.get(FIRST));
    }
}
