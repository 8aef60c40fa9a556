package org.intelmq.engine.failure;

import java.util.concurrent.Semaphore;

/**
 * Room in memory for the deliveries under way: small ones are hardly limited, large ones wait for each other, and one that may end the server
 * has all of it. Fair, thread-safe.
 */
final class DeliveryRoom {

    /** A message is in memory in several forms while a bot works on it: as received, decoded, changed, and encoded for the next bot. */
    private static final long FORMS = 4;
    private static final long PLACE_BYTES = 64 << 10;

    private final int places;
    private final Semaphore free;

    /** @param bytes that all deliveries may take together */
    DeliveryRoom(long bytes) {
        this.places = (int) Math.max(1, Math.min(Integer.MAX_VALUE, bytes / PLACE_BYTES));
        this.free = new Semaphore(places, true);
    }

    /** Half of the available memory. */
    static DeliveryRoom ofServer() {
        return new DeliveryRoom(Runtime.getRuntime().maxMemory() / 2);
    }

    /**
     * Waits until there is room; a delivery that is larger than all of it gets all of it.
     *
     * @param bytes of the delivery as it was received
     * @return the places that were taken, to be given back
     */
    int take(long bytes) throws InterruptedException {
        return acquire((int) Math.min(places, 1 + bytes * FORMS / PLACE_BYTES));
    }

    /** Waits until nothing else is under way, and keeps everything else from beginning. */
    int takeAll() throws InterruptedException {
        return acquire(places);
    }

    private int acquire(int wanted) throws InterruptedException {
        free.acquire(wanted);
        return wanted;
    }

    void giveBack(int taken) {
        free.release(taken);
    }
}
