package org.intelmq.files;

import java.io.IOException;
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
        if (taken.addAndGet(bytes) <= Math.min(limit, most)) {
            return true;
        }
        taken.addAndGet(-bytes);
        return false;
    }

    public void giveBack(long bytes) {
        taken.addAndGet(-bytes);
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
            long more = 2 * bytes;
            if (own + more > limit) {
                throw new TooLargeException("it takes more than the " + limit + " bytes of memory that there are for all that is received: "
                        + "give the server more memory (INTELMQ_HEAP)");
            }
            if (!tryTake(more, limit)) {
                throw new NoRoomException("there is no room for it: all that is received may take " + limit + " bytes of memory together, "
                        + "and others take it now");
            }
            own += more;
        }

        @Override
        public void close() {
            giveBack(own);
            own = 0;
        }
    }
}
