package org.intelmq.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/** Against a socket on 127.0.0.1, which this test reads and answers itself. */
@Timeout(60)
class SharedSocketsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final AtomicInteger lost = new AtomicInteger();
    private final SharedSockets sockets = new SharedSockets(lost::incrementAndGet);
    private DatagramSocket server;

    @BeforeEach
    void open() throws IOException {
        server = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        server.setReceiveBufferSize(1 << 20);
    }

    @AfterEach
    void close() {
        server.close();
    }

    private CompletableFuture<byte[]> ask(int number, Duration timeout) throws IOException {
        Message question = Message.newQuery(Record.newRecord(Name.fromString("host.example."), Type.A, DClass.IN));
        question.getHeader().setID(number);
        return sockets.sendAndReceiveUdp(null, (InetSocketAddress) server.getLocalSocketAddress(), question, question.toWire(), 512, timeout);
    }

    private DatagramPacket received() throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[512], 512);
        server.receive(packet);
        return packet;
    }

    private void answer(int number, SocketAddress to) throws IOException {
        Message answer = new Message(number);
        byte[] bytes = answer.toWire();
        server.send(new DatagramPacket(bytes, bytes.length, to));
    }

    private static int number(byte[] message) {
        return (message[0] & 0xff) << 8 | message[1] & 0xff;
    }

    @Test
    void givesEachQuestionItsAnswerInWhateverOrder() throws Exception {
        List<CompletableFuture<byte[]>> answers = new ArrayList<>();
        List<DatagramPacket> questions = new ArrayList<>();
        for (int i = 0; i < 150; i++) {
            answers.add(ask(60_000 + i, PATIENCE));
            questions.add(received());
        }
        for (int i = 149; i >= 0; i--) {
            answer(number(questions.get(i).getData()), questions.get(i).getSocketAddress());
        }
        for (int i = 0; i < 150; i++) {
            assertEquals(60_000 + i, number(answers.get(i).get()));
        }
    }

    @Test
    void changesThePortAgainAndAgain() throws Exception {
        Set<SocketAddress> ports = new HashSet<>();
        for (int i = 0; i < 3 * SharedSockets.MOST_QUESTIONS; i++) {
            CompletableFuture<byte[]> answer = ask(i, PATIENCE);
            DatagramPacket question = received();
            ports.add(question.getSocketAddress());
            answer(i, question.getSocketAddress());
            answer.get();
        }
        assertEquals(3, ports.size());
    }

    @Test
    void keepsEqualNumbersApart() throws Exception {
        CompletableFuture<byte[]> first = ask(7, PATIENCE);
        CompletableFuture<byte[]> second = ask(7, PATIENCE);
        SocketAddress ofFirst = received().getSocketAddress();
        answer(7, received().getSocketAddress());
        second.get();
        assertEquals(false, first.isDone());
        answer(7, ofFirst);
        first.get();
    }

    @Test
    void ignoresNumbersThatNobodyWaitsFor() throws Exception {
        CompletableFuture<byte[]> answer = ask(8, PATIENCE);
        SocketAddress port = received().getSocketAddress();
        server.send(new DatagramPacket(new byte[] {0, 8}, 2, port));
        answer(9, port);
        answer(8, port);
        assertEquals(8, number(answer.get()));
    }

    @Test
    void takesNoAnswerFromAnotherAddress() throws Exception {
        CompletableFuture<byte[]> answer = ask(8, PATIENCE);
        SocketAddress port = received().getSocketAddress();
        byte[] forged = new Message(8).toWire();
        forged[11] = 1;
        try (DatagramSocket other = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            other.send(new DatagramPacket(forged, forged.length, port));
        }
        answer(8, port);
        assertEquals(0, answer.get()[11]);
    }

    @Test
    void sendsAgainWhatIsNotAnswered() throws Exception {
        CompletableFuture<byte[]> answer = ask(11, Duration.ofSeconds(5));
        DatagramPacket first = received();
        DatagramPacket again = received();
        assertArrayEquals(Arrays.copyOf(first.getData(), first.getLength()), Arrays.copyOf(again.getData(), again.getLength()));
        assertEquals(first.getSocketAddress(), again.getSocketAddress());
        assertEquals(1, lost.get());
        answer(11, again.getSocketAddress());
        assertEquals(11, number(answer.get()));
    }

    @Test
    void oneSlowNameAmongManyIsNoLoss() throws Exception {
        List<CompletableFuture<byte[]>> all = new ArrayList<>();
        all.add(ask(0, Duration.ofSeconds(5)));
        for (int i = 1; i < 30; i++) {
            all.add(ask(i, PATIENCE));
        }
        SocketAddress port = null;
        int slow = 0;
        for (int i = 0; i < 31; i++) {
            DatagramPacket question = received();
            port = question.getSocketAddress();
            slow += number(question.getData()) == 0 ? 1 : 0;
        }
        assertEquals(2, slow);
        for (int i = 0; i < 30; i++) {
            answer(i, port);
        }
        for (CompletableFuture<byte[]> each : all) {
            each.get();
        }
        assertEquals(0, lost.get());
    }

    @Test
    void endsInTimeWithoutAnAnswer() throws Exception {
        CompletableFuture<byte[]> answer = ask(10, Duration.ofMillis(1));
        assertInstanceOf(SocketTimeoutException.class, assertThrows(ExecutionException.class, answer::get).getCause());
        CompletableFuture<byte[]> next = ask(10, PATIENCE);
        received();
        answer(10, received().getSocketAddress());
        next.get();
    }

    @Test
    void failsAtOnceWhereNobodyListens() throws Exception {
        InetSocketAddress address = (InetSocketAddress) server.getLocalSocketAddress();
        server.close();
        Message question = Message.newQuery(Record.newRecord(Name.fromString("host.example."), Type.A, DClass.IN));
        CompletableFuture<byte[]> answer = sockets.sendAndReceiveUdp(null, address, question, question.toWire(), 512, PATIENCE);
        assertInstanceOf(IOException.class, assertThrows(ExecutionException.class, answer::get).getCause());
    }
}
