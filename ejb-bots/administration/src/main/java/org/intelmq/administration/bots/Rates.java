package org.intelmq.administration.bots;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Events a second since the last look; whoever looks within a second of another sees the same. Thread-safe. */
final class Rates {

    private static final long SHORTEST_NANOS = 900_000_000L;
    private static final double NANOS_A_SECOND = 1e9;

    private record Look(long nanos, long events, double rate) { }

    private final Map<String, Look> looks = new HashMap<>();

    /** @param nanos as {@link System#nanoTime} counts them */
    synchronized double rate(String bot, long events, long nanos) {
        Look last = looks.get(bot);
        if (last != null && nanos - last.nanos() < SHORTEST_NANOS) {
            return last.rate();
        }
        // a count that went down has begun again
        double rate = last == null || events < last.events() ? 0 : (events - last.events()) * NANOS_A_SECOND / (nanos - last.nanos());
        looks.put(bot, new Look(nanos, events, rate));
        return rate;
    }

    synchronized void keep(Set<String> bots) {
        looks.keySet().retainAll(bots);
    }
}
