package org.intelmq.server.outside;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;

/** Some clients of a TCP collector, as other IntelMQs are: each sends its next message once the one before is answered with Ok, else the same again. */
public final class TcpSender implements AutoCloseable {

    private static final int TIMEOUT_MILLIS = 20_000;
    private static final long PAUSE_MILLIS = 100;

    private final int port;
    private final IntFunction<String> text;
    private final AtomicInteger messages = new AtomicInteger(Integer.MAX_VALUE);
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger taken = new AtomicInteger();
    private final AtomicInteger again = new AtomicInteger();
    private final CountDownLatch over = new CountDownLatch(1);

    /** @param text of the message with a number */
    public TcpSender(int port, int clients, IntFunction<String> text) {
        this.port = port;
        this.text = text;
        for (int client = 0; client < clients; client++) {
            Thread thread = new Thread(this::send, "TCP sender of a test");
            thread.setDaemon(true);
            thread.start();
        }
    }

    /** Sends so many more than are on their way now, and no others. Returns how many that makes in all. */
    public int endAfter(int more) {
        messages.set(next.get() + more);
        return messages.get();
    }

    public boolean isDone() {
        return taken.get() == messages.get();
    }

    /** Messages that were sent and not answered, and so sent again. */
    public int again() {
        return again.get();
    }

    private void send() {
        try {
            Socket socket = null;
            for (int number = next.getAndIncrement(); number < messages.get(); number = next.getAndIncrement()) {
                byte[] frame = text.apply(number).getBytes(StandardCharsets.UTF_8);
                while (socket == null || !exchange(socket, frame)) {
                    if (over.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
                        return;
                    }
                    socket = connect();
                }
                taken.incrementAndGet();
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private Socket connect() {
        try {
            Socket socket = new Socket();
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MILLIS);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            return socket;
        } catch (IOException e) {
            return null;
        }
    }

    private boolean exchange(Socket socket, byte[] frame) {
        boolean isSent = false;
        try {
            OutputStream out = socket.getOutputStream();
            byte[] whole = new byte[4 + frame.length];
            ByteBuffer.wrap(whole).putInt(frame.length).put(frame);
            out.write(whole);
            isSent = true;
            if (new String(socket.getInputStream().readNBytes(2), StandardCharsets.US_ASCII).equals("Ok")) {
                return true;
            }
            socket.close();
        } catch (SocketException | SocketTimeoutException e) {
            // the other side was killed
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        again.addAndGet(isSent ? 1 : 0);
        return false;
    }

    @Override
    public void close() {
        over.countDown();
    }
}
