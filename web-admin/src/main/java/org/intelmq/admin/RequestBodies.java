package org.intelmq.admin;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeoutException;

/** The bodies of requests, read before anything is done with them: of limited size, within a limited time, and few large ones at once. */
final class RequestBodies {

    /** Bytes; a message in it is in memory in several forms. */
    static final long MOST = Runtime.getRuntime().maxMemory() / 40;

    private static final int LARGE = 1 << 20;
    private static final int PIECE = 1 << 14;
    private static final Duration LONGEST = Duration.ofMinutes(1);
    /** Of callers who have not shown who they are: each occupies one of the server's threads until its body is there. */
    private static final int MOST_UNKNOWN = 20;
    private static final Duration LONGEST_UNKNOWN = Duration.ofSeconds(10);
    private static final Duration LONGEST_REST = Duration.ofSeconds(10);

    private final long most;
    private final Duration longest;
    private final Semaphore large = new Semaphore(2);
    private final Semaphore unknown = new Semaphore(MOST_UNKNOWN);

    RequestBodies() {
        this(MOST, LONGEST);
    }

    RequestBodies(long most, Duration longest) {
        this.most = most;
        this.longest = longest;
    }

    /** Why a body is not taken, with the status to answer. */
    static final class Refused extends Exception {

        private static final long serialVersionUID = 1L;

        private final int status;

        private Refused(int status, String reason) {
            super(reason);
            this.status = status;
        }

        int status() {
            return status;
        }
    }

    /** What is done with a body, within the time that it counts as one of the large ones. */
    @FunctionalInterface
    interface Work {
        void with(byte[] body) throws Exception;
    }

    /**
     * As {@link #read(InputStream, long, Work)}, for a caller who has not shown who it is: within a shorter time, and few at once. A body that
     * has arrived already, as those of logins have, is always read.
     */
    void readOfUnknown(InputStream in, long announced, Work work) throws Exception {
        boolean isThere = announced >= 0 && announced <= PIECE && in.available() >= announced;
        if (!isThere && !unknown.tryAcquire()) {
            throw new Refused(503, "too many requests of others without a login have not arrived yet: try again in a moment, and send the body at once");
        }
        byte[] whole;
        try {
            whole = received(in, announced, longest.compareTo(LONGEST_UNKNOWN) < 0 ? longest : LONGEST_UNKNOWN, size -> { });
        } finally {
            if (!isThere) {
                unknown.release();
            }
        }
        read(new ByteArrayInputStream(whole), whole.length, work);
    }

    /** What happens while a body grows. */
    @FunctionalInterface
    private interface Growth {
        void to(int bytes) throws Refused;
    }

    /** All of it, but no more than is allowed. */
    private byte[] received(InputStream in, long announced, Duration patience, Growth growth) throws IOException, Refused {
        if (announced > most) {
            throw tooLarge(in);
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        long deadline = System.nanoTime() + patience.toNanos();
        byte[] piece = new byte[PIECE];
        for (int count = next(in, piece); count >= 0; count = next(in, piece)) {
            body.write(piece, 0, count);
            if (body.size() > most) {
                throw tooLarge(in);
            }
            if (System.nanoTime() - deadline > 0) {
                throw late("within " + patience.toSeconds() + " seconds");
            }
            growth.to(body.size());
        }
        return body.toByteArray();
    }

    private static Refused late(String when) {
        return new Refused(408, "the request's body did not arrive " + when);
    }

    /** The server gives up waiting for the next bytes after a while, and says so in its own way. */
    private static int next(InputStream in, byte[] piece) throws IOException, Refused {
        try {
            return in.read(piece);
        } catch (IOException e) {
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                if (cause instanceof TimeoutException || cause instanceof SocketTimeoutException) {
                    throw late("in time: nothing came any more");
                }
            }
            throw e;
        }
    }

    /**
     * Reads the body and works with it.
     *
     * @param announced its length, -1 if that is not told
     */
    void read(InputStream in, long announced, Work work) throws Exception {
        try (LargePlace place = new LargePlace()) {
            byte[] whole = received(in, announced, longest, place::grown);
            requireText(whole);
            work.with(whole);
        }
    }

    /** Taken when a body turns out to be a large one, and kept until the work with it is done. */
    private final class LargePlace implements AutoCloseable {

        private boolean held;

        void grown(int bytes) throws Refused {
            if (!held && bytes > LARGE) {
                held = hold();
            }
        }

        @Override
        public void close() {
            if (held) {
                large.release();
            }
        }
    }

    /** All that is asked of us is text; what would stand in for other bytes is not what was sent. */
    private static void requireText(byte[] body) throws Refused {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body));
        } catch (CharacterCodingException e) {
            throw new Refused(400, "the request's body is not UTF-8: send text in UTF-8, and other data in base64");
        }
    }

    private boolean hold() throws Refused {
        if (!large.tryAcquire()) {
            throw new Refused(503, "other large requests are being processed: try again in a moment");
        }
        return true;
    }

    /** Most clients read no answer before they have sent everything, so the rest is let through unseen for a moment. */
    private Refused tooLarge(InputStream in) throws IOException {
        byte[] piece = new byte[PIECE];
        long deadline = System.nanoTime() + Math.min(longest.toNanos(), LONGEST_REST.toNanos());
        while (in.read(piece) >= 0 && System.nanoTime() - deadline < 0) {
            // nothing is kept of it
        }
        return new Refused(413, "the request's body is larger than " + most + " bytes: send the messages one by one, or give the server more memory "
                + "(INTELMQ_HEAP)");
    }
}
