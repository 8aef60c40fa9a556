package org.intelmq.administration.configuration;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits for what nobody tells us of, such as a queue that runs empty. Stateless. */
final class Waiting {

    private static final long BETWEEN_LOOKS_MILLIS = 50;

    private Waiting() { }

    /** @return whether the condition has come true in time */
    static boolean until(BooleanSupplier condition, Duration longest) throws InterruptedException {
        long deadline = System.nanoTime() + longest.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                return false;
            }
            Thread.sleep(BETWEEN_LOOKS_MILLIS);
        }
        return true;
    }
}
