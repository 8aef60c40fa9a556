package org.intelmq.admin;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.BooleanSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.intelmq.administration.live.Reader;

/**
 * A connection over which a browser or a command is told what changes. Nobody waits for it: what it does not yet take is kept, up to a limit,
 * beyond which the connection is dropped. Thread-safe.
 */
final class StreamReader implements Reader, WriteListener {

    private static final Logger LOG = Logger.getLogger(StreamReader.class.getName());
    private static final int MOST_FRAMES = 100;
    private static final long MOST_BYTES = 4L << 20;

    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(5);

    private final AsyncContext connection;
    private final BooleanSupplier isWelcome;
    private final Duration betweenLooks;
    private final ServletOutputStream out;
    private final Deque<byte[]> frames = new ArrayDeque<>();
    private long bytes;
    private boolean ended;
    private boolean mustFlush;
    private long nextLook;

    /** @param isWelcome whether the reader's login is good still; if not, the stream ends within seconds */
    StreamReader(AsyncContext connection, BooleanSupplier isWelcome) throws IOException {
        this(connection, isWelcome, BETWEEN_LOOKS);
    }

    StreamReader(AsyncContext connection, BooleanSupplier isWelcome, Duration betweenLooks) throws IOException {
        this.connection = connection;
        this.isWelcome = isWelcome;
        this.betweenLooks = betweenLooks;
        this.nextLook = System.nanoTime() + betweenLooks.toNanos();
        this.out = connection.getResponse().getOutputStream();
    }

    @Override
    public synchronized boolean offer(byte[] frame) {
        if (!isWelcome() || ended || frames.size() >= MOST_FRAMES || bytes + frame.length > MOST_BYTES && !frames.isEmpty()) {
            return false;
        }
        frames.add(frame);
        bytes += frame.length;
        return write();
    }

    private boolean isWelcome() {
        if (System.nanoTime() - nextLook < 0) {
            return true;
        }
        nextLook = System.nanoTime() + betweenLooks.toNanos();
        try {
            return isWelcome.getAsBoolean();
        } catch (UncheckedIOException e) {
            LOG.log(Level.WARNING, e, () -> "A stream ends, because nobody can tell whether its reader may still read.");
            return false;
        }
    }

    @Override
    public synchronized void onWritePossible() {
        write();
    }

    private boolean write() {
        try {
            while (!ended && out.isReady()) {
                byte[] frame = frames.poll();
                if (frame != null) {
                    bytes -= frame.length;
                    mustFlush = true;
                    out.write(frame);
                } else if (mustFlush) {
                    mustFlush = false;
                    out.flush();
                } else {
                    break;
                }
            }
            return !ended;
        } catch (IOException | RuntimeException e) {
            onError(e);
            return false;
        }
    }

    @Override
    public void onError(Throwable problem) {
        LOG.log(Level.FINE, "A reader has disconnected.", problem);
        end();
    }

    @Override
    public void end() {
        synchronized (this) {
            if (ended) {
                return;
            }
            ended = true;
            frames.clear();
        }
        try {
            connection.complete();
        } catch (IllegalStateException e) {
            LOG.log(Level.FINE, "The server has already closed the connection.", e);
        }
    }
}
