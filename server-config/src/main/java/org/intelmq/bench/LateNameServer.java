package org.intelmq.bench;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicLong;

/** A name server on the loopback address that knows an answer to everything and gives it after a while. */
final class LateNameServer implements AutoCloseable {

    private static final int HEADER = 12;
    private static final int A = 1;
    private static final int PTR = 12;
    private static final int LIFE_SECONDS = 3600;
    /** An odd factor: names that are alike get addresses that are not. */
    private static final int SPREAD = 0x9E3779B1;

    private final DatagramChannel channel;
    private final long delayNanos;
    private final AtomicLong questions = new AtomicLong();
    private final Deque<Late> late = new ArrayDeque<>();

    private record Late(long due, ByteBuffer answer, SocketAddress to) { }

    private LateNameServer(DatagramChannel channel, long delayMillis) {
        this.channel = channel;
        this.delayNanos = delayMillis * 1_000_000;
    }

    static LateNameServer start(long delayMillis) throws IOException {
        DatagramChannel channel = DatagramChannel.open();
        channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        channel.setOption(StandardSocketOptions.SO_RCVBUF, 4 << 20);
        channel.configureBlocking(false);
        LateNameServer server = new LateNameServer(channel, delayMillis);
        Thread thread = new Thread(server::serve, "late name server");
        thread.setDaemon(true);
        thread.start();
        return server;
    }

    InetSocketAddress address() throws IOException {
        return (InetSocketAddress) channel.getLocalAddress();
    }

    /** That it was asked so far. */
    long questions() {
        return questions.get();
    }

    private void serve() {
        ByteBuffer question = ByteBuffer.allocate(4096);
        try (Selector selector = Selector.open()) {
            channel.register(selector, SelectionKey.OP_READ);
            while (channel.isOpen()) {
                selector.selectedKeys().clear();
                selector.select(late.isEmpty() ? 100 : 1);
                for (SocketAddress from = channel.receive(question.clear()); from != null; from = channel.receive(question.clear())) {
                    questions.incrementAndGet();
                    late.add(new Late(System.nanoTime() + delayNanos, answer(question.flip()), from));
                }
                while (!late.isEmpty() && late.peek().due() <= System.nanoTime()) {
                    Late next = late.poll();
                    channel.send(next.answer(), next.to());
                }
            }
        } catch (ClosedChannelException e) {
            // closed
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The question again, with one record for its name. */
    private static ByteBuffer answer(ByteBuffer question) {
        int end = HEADER;
        StringBuilder name = new StringBuilder();
        while (question.get(end) != 0) {
            int length = question.get(end);
            name.append(new String(question.array(), end + 1, length, StandardCharsets.US_ASCII)).append('.');
            end += length + 1;
        }
        int type = question.getShort(end + 1);
        end += 5;
        byte[] data = data(name.toString(), type);
        ByteBuffer answer = ByteBuffer.allocate(end + HEADER + data.length).put(question.array(), 0, end);
        answer.putShort(2, (short) 0x8180).putShort(4, (short) 1).putShort(6, (short) 1).putShort(8, (short) 0).putShort(10, (short) 0);
        return answer.putShort((short) 0xc00c).putShort((short) type).putShort((short) 1).putInt(LIFE_SECONDS).putShort((short) data.length).put(data).flip();
    }

    private static byte[] data(String name, int type) {
        int hash = name.hashCode();
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        if (type == A) {
            int address = hash * SPREAD;
            return new byte[] {(byte) (11 + (address >>> 24) % 80), (byte) (address >> 16), (byte) (address >> 8), (byte) address};
        }
        if (type == PTR) {
            for (String label : new String[] {"h" + Integer.toHexString(hash), "example", "net"}) {
                text(data, label);
            }
            data.write(0);
            return data.toByteArray();
        }
        int system = 1 + Math.floorMod(hash, 5000);
        text(data, name.startsWith("AS") ? name.substring(2, name.indexOf('.')) + " | AT | ripencc | 2002-04-17 | EXAMPLE-AS, AT"
                : system + " | 0.0.0.0/0 | AT | ripencc | 2002-04-17");
        return data.toByteArray();
    }

    private static void text(ByteArrayOutputStream data, String text) {
        data.write(text.length());
        data.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
