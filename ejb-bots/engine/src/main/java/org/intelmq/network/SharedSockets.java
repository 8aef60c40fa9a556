package org.intelmq.network;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.xbill.DNS.Message;
import org.xbill.DNS.io.UdpIoClient;

/**
 * Sends questions over UDP, many from one socket: dnsjava opens a socket for each, which costs more than all the rest. A socket is replaced
 * after {@value #MOST_QUESTIONS} questions or five seconds, and the system chooses each port, so whoever forges answers has to guess port and
 * number as before. Datagrams with numbers that nobody waits for are ignored. A question is sent again after a fifth of its time, and once more after
 * three fifths: a lost datagram should not cost as much as a name server that is down. Thread-safe.
 */
final class SharedSockets implements UdpIoClient {

    static final int MOST_QUESTIONS = 200;
    private static final Duration LONGEST_USE = Duration.ofSeconds(5);
    private static final Duration LOOK = Duration.ofMillis(100);
    private static final int SHARE_OF_TIME = 5;
    /** More at a time might get lost for the same reason as before. */
    private static final int MOST_SENT_AGAIN = 100;
    /** One name in ten may be slow to find out without anything being lost. */
    private static final int SHARE_OF_LOST = 10;
    private static final int LARGEST_DATAGRAM = 65_535;
    private static final int HEADER_BYTES = 12;

    private static final Logger LOG = Logger.getLogger(SharedSockets.class.getName());

    private final Runnable lost;
    private final Map<InetSocketAddress, Socket> current = new HashMap<>();
    private final Set<Socket> open = new HashSet<>();
    /** {@code null} while no socket is open. */
    private Selector selector;

    /** A question; times are as {@code System.nanoTime()}. */
    private static final class Waiting {
        private final Socket socket;
        private final CompletableFuture<byte[]> answer = new CompletableFuture<>();
        private final byte[] question;
        private final long deadline;
        private long pause;
        private long again;

        Waiting(Socket socket, byte[] question, Duration timeout) {
            long now = System.nanoTime();
            this.socket = socket;
            this.question = question;
            this.deadline = now + timeout.toNanos();
            this.pause = timeout.toNanos() / SHARE_OF_TIME;
            this.again = now + pause;
        }

        void isSentAgain(long now) {
            pause *= 2;
            again = now + pause;
        }

        boolean send() throws IOException {
            return socket.channel.write(ByteBuffer.wrap(question)) > 0;
        }
    }

    private static final class Socket {
        private final InetSocketAddress server;
        private final DatagramChannel channel;
        private final long opened = System.nanoTime();
        private final Map<Integer, Waiting> waiting = new HashMap<>();
        private int questions;

        Socket(InetSocketAddress server, DatagramChannel channel) {
            this.server = server;
            this.channel = channel;
        }

        boolean isUsedUp(long now) {
            return questions == MOST_QUESTIONS || now - opened > LONGEST_USE.toNanos() || !channel.isOpen();
        }
    }

    /** @param lost told when so many questions got no answer that the name server can hardly have kept up */
    SharedSockets(Runnable lost) {
        this.lost = lost;
    }

    @Override
    public CompletableFuture<byte[]> sendAndReceiveUdp(InetSocketAddress local, InetSocketAddress remote, Message query, byte[] data, int max,
                                                       Duration timeout) {
        int number = query.getHeader().getID();
        Waiting waiting = null;
        try {
            synchronized (this) {
                Socket socket = socket(local, remote, number);
                waiting = new Waiting(socket, data, timeout);
                socket.waiting.put(number, waiting);
            }
            if (!waiting.send()) {
                throw new IOException("the system has no room for more datagrams at the moment");
            }
            return waiting.answer;
        } catch (IOException e) {
            if (waiting != null) {
                take(waiting.socket, number);
            }
            return CompletableFuture.failedFuture(e);
        }
    }

    private Socket socket(InetSocketAddress local, InetSocketAddress remote, int number) throws IOException {
        Socket socket = current.get(remote);
        if (socket == null || socket.isUsedUp(System.nanoTime()) || socket.waiting.containsKey(number)) {
            socket = open(local, remote);
            current.put(remote, socket);
        }
        socket.questions++;
        return socket;
    }

    private Socket open(InetSocketAddress local, InetSocketAddress remote) throws IOException {
        DatagramChannel channel = DatagramChannel.open();
        try {
            channel.configureBlocking(false);
            channel.bind(local);
            channel.connect(remote);
            boolean isFirst = selector == null;
            if (isFirst) {
                selector = Selector.open();
            }
            Socket socket = new Socket(remote, channel);
            channel.register(selector, SelectionKey.OP_READ, socket);
            if (isFirst) {
                Selector watched = selector;
                Thread thread = new Thread(() -> receive(watched), "intelmq-dns-answers");
                thread.setDaemon(true);
                thread.start();
            } else {
                selector.wakeup();
            }
            open.add(socket);
            return socket;
        } catch (IOException | RuntimeException | Error e) {
            channel.close();
            if (open.isEmpty() && selector != null) {
                // nobody watches it
                selector.close();
                selector = null;
            }
            throw e;
        }
    }

    private synchronized Waiting take(Socket socket, int number) {
        return socket.waiting.remove(number);
    }

    private void receive(Selector watched) {
        long looked = System.nanoTime();
        try (watched) {
            ByteBuffer buffer = ByteBuffer.allocateDirect(LARGEST_DATAGRAM);
            boolean goesOn = true;
            while (goesOn) {
                watched.select(key -> read((Socket) key.attachment(), buffer), LOOK.toMillis());
                long now = System.nanoTime();
                if (now - looked >= LOOK.toNanos()) {
                    looked = now;
                    goesOn = tidyUp(now);
                }
            }
        } catch (IOException | RuntimeException | Error e) {
            giveUp(e);
        }
    }

    private void read(Socket socket, ByteBuffer buffer) {
        try {
            while (socket.channel.read(buffer.clear()) > 0) {
                buffer.flip();
                Waiting waiting = buffer.remaining() < HEADER_BYTES ? null : take(socket, buffer.getShort(0) & 0xffff);
                if (waiting != null) {
                    byte[] answer = new byte[buffer.remaining()];
                    buffer.get(answer);
                    waiting.answer.complete(answer);
                }
            }
        } catch (IOException e) {
            List<Waiting> failed;
            synchronized (this) {
                failed = close(socket);
            }
            failed.forEach(waiting -> waiting.answer.completeExceptionally(e));
        }
    }

    /** Sends again what is not answered, ends what has waited too long, and closes what is used up. False if nothing is open any more. */
    private boolean tidyUp(long now) {
        List<Waiting> late = new ArrayList<>();
        List<Waiting> unanswered = new ArrayList<>();
        int all = 0;
        boolean goesOn;
        synchronized (this) {
            for (Socket socket : List.copyOf(open)) {
                all += socket.waiting.size();
                for (Iterator<Waiting> each = socket.waiting.values().iterator(); each.hasNext(); ) {
                    Waiting waiting = each.next();
                    if (now - waiting.deadline >= 0) {
                        each.remove();
                        late.add(waiting);
                    } else if (now - waiting.again >= 0) {
                        unanswered.add(waiting);
                    }
                }
                if (socket.waiting.isEmpty() && (socket.isUsedUp(now) || current.get(socket.server) != socket)) {
                    close(socket);
                }
            }
            goesOn = !open.isEmpty();
            if (!goesOn) {
                selector = null;
            }
        }
        late.forEach(waiting -> waiting.answer.completeExceptionally(new SocketTimeoutException("no answer in time")));
        if (unanswered.size() > all / SHARE_OF_LOST) {
            lost.run();
        }
        unanswered.stream().limit(MOST_SENT_AGAIN).forEach(waiting -> sendAgain(waiting, now));
        return goesOn;
    }

    private static void sendAgain(Waiting waiting, long now) {
        try {
            if (waiting.send()) {
                waiting.isSentAgain(now);
            }
        } catch (IOException e) {
            // whoever closed the socket has ended the question, too
            LOG.log(Level.FINE, e, () -> "a question to " + waiting.socket.server + " cannot be sent again");
        }
    }

    private void giveUp(Throwable reason) {
        List<Waiting> failed = new ArrayList<>();
        synchronized (this) {
            List.copyOf(open).forEach(socket -> failed.addAll(close(socket)));
            selector = null;
        }
        failed.forEach(waiting -> waiting.answer.completeExceptionally(reason));
    }

    /** Returns who still waits for it. */
    private List<Waiting> close(Socket socket) {
        open.remove(socket);
        current.remove(socket.server, socket);
        List<Waiting> failed = List.copyOf(socket.waiting.values());
        socket.waiting.clear();
        try {
            socket.channel.close();
        } catch (IOException e) {
            LOG.log(Level.FINE, "a socket for questions to " + socket.server + " did not close properly", e);
        }
        return failed;
    }
}
