package org.intelmq.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RecentFailuresTest {

    private final AtomicLong now = new AtomicLong();
    private final RecentFailures failures = new RecentFailures(now::get);

    private static KeptAnswers.Question question(int number) {
        return new KeptAnswers.Question("host-" + number + ".example", 1);
    }

    @Test
    void areKnownForTenSeconds() {
        IOException reason = new IOException("no answer");
        failures.add(question(1), reason);
        assertSame(reason, failures.reason(question(1)));
        assertNull(failures.reason(question(2)));
        now.addAndGet(Duration.ofSeconds(10).toNanos() - 1);
        assertSame(reason, failures.reason(question(1)));
        now.incrementAndGet();
        assertNull(failures.reason(question(1)));
    }

    @Test
    void theOldestMakeRoom() {
        for (int i = 0; i <= 10_000; i++) {
            failures.add(question(i), new IOException("number " + i));
        }
        assertNull(failures.reason(question(0)));
        assertEquals("number 1", failures.reason(question(1)).getMessage());
    }
}
