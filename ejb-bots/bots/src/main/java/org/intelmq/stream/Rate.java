package org.intelmq.stream;

import java.util.concurrent.TimeUnit;

/** How much is taken in a second at most, with room for the burst of one second. Thread-safe. */
public final class Rate {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final int most;
    private final long nanosForOne;
    private boolean used;
    private long paidUntil;

    /** @param most a second; 0 for no limit */
    public Rate(int most) {
        this.most = most;
        this.nanosForOne = most == 0 ? 0 : SECOND / most;
    }

    /** Takes one if that is within the rate. */
    public boolean tryTake() {
        return tryTake(System.nanoTime());
    }

    synchronized boolean tryTake(long now) {
        if (most == 0) {
            return true;
        }
        if (!used || paidUntil - now < 0) {
            paidUntil = now;
            used = true;
        }
        if (paidUntil - now > SECOND - nanosForOne) {
            return false;
        }
        paidUntil += nanosForOne;
        return true;
    }

    /** Takes one when that is within the rate. */
    public void take() throws InterruptedException {
        while (!tryTake()) {
            TimeUnit.NANOSECONDS.sleep(Math.max(nanosForOne, TimeUnit.MILLISECONDS.toNanos(1)));
        }
    }
}
