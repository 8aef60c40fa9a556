package org.intelmq.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.intelmq.bot.Dns;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** Against a name server of this test's own on 127.0.0.1. */
@Timeout(60)
class DnsJavaTest {

    private final AtomicInteger questions = new AtomicInteger();
    /** Names of which a question was lost: the first of each. */
    private final Set<String> lost = new HashSet<>();
    private DatagramSocket socket;
    private DnsJava dns;

    @BeforeEach
    void start() throws IOException {
        socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        Thread server = new Thread(this::serve);
        server.setDaemon(true);
        server.start();
        dns = new DnsJava(new InetSocketAddress(InetAddress.getLoopbackAddress(), socket.getLocalPort()), Duration.ofSeconds(1));
    }

    @AfterEach
    void stop() {
        socket.close();
    }

    private void serve() {
        byte[] buffer = new byte[4096];
        while (true) {
            try {
                DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
                socket.receive(packet);
                Message query = new Message(Arrays.copyOf(buffer, packet.getLength()));
                byte[] answer = answer(query);
                if (answer != null) {
                    socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
                }
            } catch (IOException e) {
                return;
            }
        }
    }

    private byte[] answer(Message query) throws IOException {
        questions.incrementAndGet();
        Record question = query.getQuestion();
        String name = question.getName().toString(true);
        if (name.startsWith("lost") && lost.add(name)) {
            return null;
        }
        Message answer = new Message(query.getHeader().getID());
        answer.getHeader().setFlag(Flags.QR);
        answer.addRecord(question, Section.QUESTION);
        String data = switch (name.contains(".") ? name.substring(0, name.indexOf('.')) : name) {
            case "silent" -> null;
            case "missing" -> "NXDOMAIN";
            case "empty" -> "";
            case "broken" -> "SERVFAIL";
            case "text" -> "\"1 | 192.0.2.0/24 | AT | \" \"caf\\195\\169\"";
            case "alias" -> "target.example.";
            default -> "192.0.2." + Math.abs(name.hashCode() % 200);
        };
        if (data == null) {
            return null;
        }
        switch (data) {
            case "NXDOMAIN" -> answer.getHeader().setRcode(Rcode.NXDOMAIN);
            case "SERVFAIL" -> answer.getHeader().setRcode(Rcode.SERVFAIL);
            case "" -> { }
            default -> {
                boolean alias = name.startsWith("alias");
                answer.addRecord(Record.fromString(question.getName(), alias ? Type.CNAME : question.getType(), DClass.IN, 60, data, Name.root),
                        Section.ANSWER);
                if (alias) {
                    answer.addRecord(Record.fromString(Name.fromString("target.example."), Type.A, DClass.IN, 60, "192.0.2.77", Name.root), Section.ANSWER);
                }
            }
        }
        return answer.toWire();
    }

    @Test
    void tellsHowLongAnAnswerLives() throws Exception {
        assertEquals(Duration.ofSeconds(60), dns.answer("host.example", "A").get().timeToLive());
        assertNull(dns.answer("missing.example", "A").get().timeToLive());
    }

    @Test
    void givesTheDataOfTheRecords() throws Exception {
        assertEquals(List.of("192.0.2." + Math.abs("host.example".hashCode() % 200)), dns.lookup("host.example", "A").get());
        assertEquals(List.of("\"1 | 192.0.2.0/24 | AT | \" \"caf\\195\\169\""), dns.lookup("text.example.", "TXT").get());
        assertEquals(List.of("192.0.2.77"), dns.lookup("alias.example", "A").get());
    }

    @Test
    void isEmptyWhereNothingExists() throws Exception {
        assertEquals(List.of(), dns.lookup("missing.example", "A").get());
        assertEquals(List.of(), dns.lookup("empty.example", "A").get());
    }

    @Test
    void failsWhenNoServerAnswersOrCanAnswer() {
        for (String name : List.of("silent.example", "broken.example")) {
            ExecutionException e = assertThrows(ExecutionException.class, () -> dns.lookup(name, "A").get());
            assertInstanceOf(IOException.class, e.getCause());
            assertTrue(e.getCause().getMessage().startsWith("DNS look-up of " + name + ". A failed: "), e.getCause().getMessage());
        }
        assertThrows(ExecutionException.class, () -> dns.lookup("x".repeat(64) + ".example", "A").get());
    }

    @Test
    void doesNotWaitAgainForWhomItHasJustWaited() throws Exception {
        assertThrows(ExecutionException.class, () -> dns.lookup("silent.example", "A").get());
        int before = questions.get();
        ExecutionException again = assertThrows(ExecutionException.class, () -> dns.lookup("silent.example", "A").get());
        assertTrue(again.getCause().getMessage().startsWith("DNS look-up of silent.example. A failed: "), again.getCause().getMessage());
        assertEquals(before, questions.get());
        assertThrows(ExecutionException.class, () -> dns.lookup("broken.example", "A").get());
        before = questions.get();
        assertThrows(ExecutionException.class, () -> dns.lookup("broken.example", "A").get());
        assertTrue(questions.get() > before, "a quick refusal is asked about again");
    }

    @Test
    void asksTheSameQuestionOnceAndKeepsTheAnswer() throws Exception {
        List<CompletableFuture<List<String>>> answers = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            answers.add(dns.lookup("same.example", "A"));
        }
        CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new)).get();
        dns.lookup("same.example", "A").get();
        assertEquals(1, questions.get());
    }

    @Test
    void asksAgainForWhatTheCallerRemembers() throws Exception {
        Dns.Answer first = dns.answerToRemember("own.example", "A").get();
        assertEquals(first, dns.answerToRemember("own.example", "A").get());
        assertEquals(2, questions.get());
        assertEquals(first, dns.answer("own.example", "A").get());
        assertEquals(first, dns.answerToRemember("own.example", "A").get());
        assertEquals(3, questions.get());
    }

    @Test
    void keepsThatThereIsNothing() throws Exception {
        assertEquals(List.of(), dns.lookup("missing.example", "A").get());
        assertEquals(List.of(), dns.lookup("missing.example", "A").get());
        assertEquals(1, questions.get());
    }

    @Test
    void asksAgainForWhatIsLost() throws Exception {
        List<CompletableFuture<List<String>>> answers = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            answers.add(dns.lookup("lost-" + i + ".example", "A"));
        }
        CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new)).get();
        assertEquals(300, answers.stream().filter(answer -> answer.join().size() == 1).count());
    }

    @Test
    void takesABulkOfQuestions() throws Exception {
        List<CompletableFuture<List<String>>> answers = new ArrayList<>();
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < 5000; i++) {
                answers.add(dns.lookup("host-" + i + ".example", "A"));
            }
            CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new)).get();
        }
        assertEquals(10_000, answers.stream().filter(answer -> answer.join().size() == 1).count());
    }
}
