package org.intelmq.access;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Makes guessing slow: after a few failures, each doubles the time until the next try, per user and per address. A user is not held
 * up by others' failures at an address from where that user has logged in before. Thread-safe.
 */
final class LoginDelays {

    private static final int FREE = 4;
    private static final int MOST_DOUBLINGS = 10;
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration FORGOTTEN = Duration.ofHours(1);
    private static final int MOST = 10_000;

    private final Clock clock;
    /** The longest without a failure first. */
    private final Map<String, Failures> failures = new LinkedHashMap<>();
    /** Users with the addresses they have logged in from, the oldest first. */
    private final Set<List<String>> known = Collections.newSetFromMap(new LinkedHashMap<>());

    private record Failures(int count, Instant last) {

        private Instant next() {
            return count <= FREE ? last : last.plus(FIRST.multipliedBy(1L << Math.min(count - FREE - 1, MOST_DOUBLINGS)));
        }
    }

    LoginDelays(Clock clock) {
        this.clock = clock;
    }

    /** How long to wait; zero if a try may be made now. */
    synchronized Duration delay(String name, String address) {
        List<String> keys = new ArrayList<>(List.of(address(address)));
        if (!known.contains(List.of(name, address))) {
            keys.add(user(name));
        }
        return delay(keys);
    }

    /** The same for a token, which says nothing of its user. */
    synchronized Duration tokenDelay(String address) {
        return delay(List.of(tokens(address)));
    }

    private Duration delay(List<String> keys) {
        Instant now = clock.instant();
        failures.values().removeIf(each -> each.last().plus(FORGOTTEN).isBefore(now));
        return keys.stream().map(failures::get).filter(each -> each != null).map(each -> Duration.between(now, each.next()))
                .filter(each -> !each.isNegative()).max(Duration::compareTo).orElse(Duration.ZERO);
    }

    synchronized void failed(String name, String address) {
        failed(List.of(user(name), address(address)));
    }

    synchronized void tokenFailed(String address) {
        failed(List.of(tokens(address)));
    }

    private void failed(List<String> keys) {
        for (String key : keys) {
            Failures before = failures.remove(key);
            failures.put(key, new Failures(before == null ? 1 : before.count() + 1, clock.instant()));
        }
        while (failures.size() > MOST) {
            failures.remove(failures.keySet().iterator().next());
        }
    }

    /** An address is not forgiven: one known password must not help to guess others. */
    synchronized void succeeded(String name, String address) {
        failures.remove(user(name));
        known.add(List.of(name, address));
        while (known.size() > MOST) {
            known.remove(known.iterator().next());
        }
    }

    private static String user(String name) {
        return "user " + name;
    }

    private static String address(String address) {
        return "address " + address;
    }

    private static String tokens(String address) {
        return "tokens " + address;
    }
}
