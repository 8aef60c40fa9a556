package org.intelmq.engine.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.List;
import org.intelmq.control.Distribution;
import org.intelmq.message.Event;
import org.intelmq.message.Fields;
import org.intelmq.message.Harmonization;
import org.junit.jupiter.api.Test;

class TimesTest {

    private final Times times = new Times();

    private static long upTo(Distribution distribution, double end) {
        return distribution.counts().get(distribution.ends().indexOf(end));
    }

    @Test
    void countsWhatTookUpToEachEnd() {
        DurationHistogram histogram = new DurationHistogram(-3, 0);
        assertEquals(List.of(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0), histogram.read().ends());
        histogram.record(1_000_000, 1);
        histogram.record(1_000_001, 2);
        histogram.record(5_000_000_000L, 1);
        histogram.record(-5, 1);
        Distribution read = histogram.read();
        assertEquals(List.of(2L, 4L, 4L, 4L, 4L, 4L, 4L, 4L, 4L, 4L, 5L), read.counts());
        assertEquals(5.003000002, read.sum(), 1e-12);
        assertEquals(5, read.count());
    }

    @Test
    void aBatchCountsOnceAndEachOfItsMessagesWithItsShare() {
        times.worked(100_000_000, 200);
        assertEquals(1, times.read().batch().count());
        assertEquals(200, upTo(times.read().event(), 0.0005));
        assertEquals(0, upTo(times.read().event(), 0.00025));
        times.waited(90, 3);
        assertEquals(3, upTo(times.read().queued(), 0.1));
    }

    @Test
    void theWayOfAReportBeginsWithItsObservation() {
        Event event = new Event(Harmonization.standard());
        assertEquals(null, Times.observed(event));
        event.put(Fields.TIME_OBSERVATION, "2026-11-28T10:00:00+00:00");
        times.arrived(Times.observed(event), Instant.parse("2026-11-28T10:00:20Z"));
        times.arrived(null, Instant.EPOCH);
        times.arrived("yesterday", Instant.EPOCH);
        assertEquals(1, times.read().path().count());
        assertEquals(20, times.read().path().sum(), 1e-9);
    }
}
