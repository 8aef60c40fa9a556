package org.intelmq.files;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What others have sent and is in memory as a whole (replies, mails, unpacked archives, messages pushed to us) may take so much
 * together: each of them is limited, and many at once would end the server all the same. Thread-safe.
 */
public final class SharedMemory {

    /** Half of the available memory. */
    public static final SharedMemory OF_SERVER = new SharedMemory(Runtime.getRuntime().maxMemory() / 2);

    private final long most;
    private final AtomicLong taken = new AtomicLong();
    private final Object roomMade = new Object();
    private final AtomicInteger waiting = new AtomicInteger();

    /** There is enough room in principle, but others are using it now. */
    public static final class NoRoomException extends IOException {

        private static final long serialVersionUID = 1L;

        private NoRoomException(String message) {
            super(message);
        }
    }

    /** It would be too much even if there were no others. */
    public static final class TooLargeException extends IOException {

        private static final long serialVersionUID = 1L;

        private TooLargeException(String message) {
            super(message);
        }
    }

    /** @param most bytes */
    public SharedMemory(long most) {
        this.most = most;
    }

    /** In bytes. */
    public long most() {
        return most;
    }

    /** Returns false if the total would exceed this limit, or the limit of all. */
    public boolean tryTake(long bytes, long limit) {
        // what is refused is not taken for a moment either: others that look then would be refused too
        while (true) {
            long before = taken.get();
            if (before + bytes > Math.min(limit, most)) {
                return false;
            }
            if (taken.compareAndSet(before, before + bytes)) {
                return true;
            }
        }
    }

    private boolean tryTake(long bytes, long limit, Duration patience) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        // counted before the first look, so that whoever gives back after it wakes us
        waiting.incrementAndGet();
        try {
            synchronized (roomMade) {
                while (!tryTake(bytes, limit)) {
                    long left = end - System.nanoTime();
                    if (left <= 0) {
                        return false;
                    }
                    TimeUnit.NANOSECONDS.timedWait(roomMade, left);
                }
                return true;
            }
        } finally {
            waiting.decrementAndGet();
        }
    }

    public void giveBack(long bytes) {
        taken.addAndGet(-bytes);
        if (waiting.get() > 0) {
            synchronized (roomMade) {
                roomMade.notifyAll();
            }
        }
    }

    /** For one item being worked on. */
    public Share share() {
        return new Share(most);
    }

    /** The same for one that is only let in while all together have no more bytes than this. */
    public Share share(long limit) {
        return new Share(Math.min(limit, most));
    }

    /** The share of the memory that one item has, until it is closed. Not thread-safe. */
    public final class Share implements AutoCloseable {

        private final long limit;
        private long own;

        private Share(long limit) {
            this.limit = limit;
        }

        /** Whether it has none of the memory. */
        public boolean isEmpty() {
            return own == 0;
        }

        /**
         * For bytes that become a report: the report is a copy, so they count twice.
         *
         * @throws NoRoomException   if others have what is left
         * @throws TooLargeException if that would be too much even if there were no others
         */
        public void takeWithReport(long bytes) throws IOException {
            checkLimit(bytes);
            count(bytes, tryTake(2 * bytes, limit));
        }

        /**
         * As {@link #takeWithReport(long)}, but waits for others to give back what they have.
         *
         * @param patience the longest wait
         */
        public void takeWithReport(long bytes, Duration patience) throws IOException, InterruptedException {
            checkLimit(bytes);
            count(bytes, tryTake(2 * bytes, limit, patience));
        }

        private void checkLimit(long bytes) throws TooLargeException {
            if (own + 2 * bytes > limit) {
                throw new TooLargeException("it takes more than the " + limit + " bytes of memory that there are for all that is received: "
                        + "give the server more memory (INTELMQ_HEAP)");
            }
        }

        private void count(long bytes, boolean isTaken) throws NoRoomException {
            if (!isTaken) {
                throw new NoRoomException("there is no room for it: all that is received may take " + limit + " bytes of memory together, "
                        + "and others take it now");
            }
            own += 2 * bytes;
        }

        @Override
        public void close() {
            giveBack(own);
            own = 0;
        }
    }
}
