package org.intelmq.access;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes guessing slow: after a few failures, each doubles the time until the next try, per user and per address. Thread-safe. */
final class LoginDelays {

    private static final int FREE = 4;
    private static final int MOST_DOUBLINGS = 10;
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration FORGOTTEN = Duration.ofHours(1);
    private static final int MOST = 10_000;

    private final Clock clock;
    /** The longest without a failure first. */
    private final Map<String, Failures> failures = new LinkedHashMap<>();

    private record Failures(int count, Instant last) {

        private Instant next() {
            return count <= FREE ? last : last.plus(FIRST.multipliedBy(1L << Math.min(count - FREE - 1, MOST_DOUBLINGS)));
        }
    }

    LoginDelays(Clock clock) {
        this.clock = clock;
    }

    private static List<String> keys(String name, String address) {
        return List.of("user " + name, "address " + address);
    }

    /** How long to wait; zero if a try may be made now. */
    synchronized Duration delay(String name, String address) {
        Instant now = clock.instant();
        failures.values().removeIf(each -> each.last().plus(FORGOTTEN).isBefore(now));
        return keys(name, address).stream().map(failures::get).filter(each -> each != null).map(each -> Duration.between(now, each.next()))
                .filter(each -> !each.isNegative()).max(Duration::compareTo).orElse(Duration.ZERO);
    }

    synchronized void failed(String name, String address) {
        for (String key : keys(name, address)) {
            Failures before = failures.remove(key);
            failures.put(key, new Failures(before == null ? 1 : before.count() + 1, clock.instant()));
        }
        while (failures.size() > MOST) {
            failures.remove(failures.keySet().iterator().next());
        }
    }

    /** An address is not forgiven: one known password must not help to guess others. */
    synchronized void succeeded(String name) {
        failures.remove("user " + name);
    }
}
