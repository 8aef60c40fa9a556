package org.intelmq.engine.check;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.intelmq.pipeline.BotConfiguration;
import org.intelmq.pipeline.Problem;

/**
 * What checks have found about bots in the last minute. While somebody types, one bot changes and the others need not be created again.
 * Changes in files that bots read are noticed after a minute. Thread-safe.
 */
public final class KnownBots {

    private static final Duration KEPT = Duration.ofMinutes(1);
    private static final int MOST = 5000;

    private final Clock clock;
    private final Map<BotConfiguration, Found> found = new ConcurrentHashMap<>();

    private record Found(Instant at, List<Problem> problems) { }

    public KnownBots(Clock clock) {
        this.clock = clock;
    }

    List<Problem> of(BotConfiguration bot, Supplier<List<Problem>> check) {
        Instant oldest = clock.instant().minus(KEPT);
        Found known = found.get(bot);
        if (known != null && known.at().isAfter(oldest)) {
            return known.problems();
        }
        if (found.size() >= MOST) {
            found.values().removeIf(each -> !each.at().isAfter(oldest));
        }
        List<Problem> problems = List.copyOf(check.get());
        if (found.size() < MOST) {
            found.put(bot, new Found(clock.instant(), problems));
        }
        return problems;
    }

    /** Called when files that bots read have changed. */
    public void forget() {
        found.clear();
    }
}
