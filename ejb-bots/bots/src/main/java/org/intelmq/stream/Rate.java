package org.intelmq.stream;

import java.util.concurrent.TimeUnit;

/** Limits how much is taken per second, and allows a burst of one second's amount. Thread-safe. */
public final class Rate {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final int most;
    private final long nanosForOne;
    private boolean used;
    private long paidUntil;

    /** @param most per second; 0 for no limit */
    public Rate(int most) {
        this.most = most;
        this.nanosForOne = most == 0 ? 0 : SECOND / most;
    }

    /** Takes one if the rate allows it now. */
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

    /** Waits until the rate allows it, and takes one. */
    public void take() throws InterruptedException {
        while (!tryTake()) {
            TimeUnit.NANOSECONDS.sleep(Math.max(nanosForOne, TimeUnit.MILLISECONDS.toNanos(1)));
        }
    }
}
