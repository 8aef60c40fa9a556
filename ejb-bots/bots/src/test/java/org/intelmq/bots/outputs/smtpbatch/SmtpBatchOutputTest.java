package org.intelmq.bots.outputs.smtpbatch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.fppt.jedismock.RedisServer;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.intelmq.bot.BotTool;
import org.intelmq.bot.ConfigurationException;
import org.intelmq.bot.UnavailableException;
import org.intelmq.message.Event;
import org.intelmq.message.Harmonization;
import org.intelmq.message.Message;
import org.intelmq.testing.Parameters;
import org.intelmq.testing.RecordingOutbox;
import org.intelmq.testing.SmtpStub;
import org.intelmq.testing.SmtpStub.Safety;
import org.intelmq.testing.TestContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;

class SmtpBatchOutputTest {

    private static final String KEY = "test-bot:abuse@example.com";

    @TempDir
    private Path directory;
    private RedisServer redis;
    private SmtpStub mailServer;

    @BeforeEach
    void start() throws IOException {
        redis = RedisServer.newRedisServer().start();
        mailServer = new SmtpStub(Safety.NONE, null, true);
        Files.writeString(directory.resolve("template.txt"), "Dear network owner,\n");
    }

    @AfterEach
    void stop() throws IOException {
        redis.stop();
        mailServer.close();
    }

    private SmtpBatchOutput.Params params(Object... namesAndValues) {
        List<Object> all = new ArrayList<>(List.of("redis_cache_port", redis.getBindPort(), "email_from", "cert@example.com",
                "mail_template", directory.resolve("template.txt").toString(), "smtp_server", Map.of("host", "127.0.0.1", "port", mailServer.port())));
        all.addAll(Arrays.asList(namesAndValues));
        return Parameters.of(SmtpBatchOutput.Params.class, all.toArray());
    }

    private static Message event(String id, String contact, String ip) {
        Message event = new Event(Harmonization.standard()).add("source.ip", ip).add("raw", "line1\nline2")
                .add("time.observation", "2024-05-17T10:00:00+00:00");
        if (contact != null) {
            event.add("source.abuse_contact", contact);
        }
        event.identify(id);
        return event;
    }

    private void keep(SmtpBatchOutput.Params params, Message... events) throws Exception {
        try (SmtpBatchOutput output = new SmtpBatchOutput(params, new TestContext())) {
            RecordingOutbox out = new RecordingOutbox();
            output.processAll(List.of(events), out);
            out.commit();
        }
    }

    private String use(SmtpBatchOutput.Params params, int expectedCode, String typed, String... arguments) throws Exception {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        BotTool.Caller caller = new BotTool.Caller("test-bot", Clock.fixed(TestContext.NOW, ZoneOffset.UTC), directory, http -> null,
                new BufferedReader(new StringReader(typed)), new PrintStream(said, true, StandardCharsets.UTF_8));
        assertEquals(expectedCode, BatchTool.run(params, caller, List.of(arguments)));
        return said.toString(StandardCharsets.UTF_8);
    }

    private List<String> kept(String key) {
        try (Jedis jedis = new Jedis("127.0.0.1", redis.getBindPort())) {
            jedis.select(15);
            return jedis.lrange(key, 0, -1);
        }
    }

    private static MimeMessage read(SmtpStub.Mail mail) throws Exception {
        return new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(mail.content()));
    }

    @Test
    void keepsEventsAsIntelmqDoesAndEachOnce() throws Exception {
        try (SmtpBatchOutput output = new SmtpBatchOutput(params(), new TestContext())) {
            output.process(event("1", "abuse@example.com", "192.0.2.1"), new RecordingOutbox());
            // its delivery was cut short, and it comes again together with others
            keep(params(), event("1", "abuse@example.com", "192.0.2.1"), event("2", "abuse@example.com", "192.0.2.2"), event("3", null, "192.0.2.3"));
        }
        assertEquals(List.of("192.0.2.1", "192.0.2.2").stream().map(ip -> "{\"raw\": \"bGluZTEKbGluZTI=\", \"source.abuse_contact\": \"abuse@example.com\", "
                + "\"source.ip\": \"" + ip + "\", \"time.observation\": \"2024-05-17T10:00:00+00:00\"}").toList(), kept(KEY));
    }

    @Test
    void sendsOneMailAContactAndTakesItsEventsOffTheList() throws Exception {
        keep(params(), event("1", "abuse@example.com", "192.0.2.1"), event("2", "abuse@example.com", "192.0.2.2"), event("3", "noc@example.net", "192.0.2.3"));
        String said = use(params("bcc", "copy@example.com"), 0, "", "--cli", "--send");
        assertTrue(said.endsWith("Sending now!\nabuse@example.com noc@example.net \n2× mail sent.\n\n"), said);
        assertEquals(List.of("abuse@example.com", "copy@example.com"), mailServer.mails().get(0).to());
        assertEquals("IntelMQ warning (2024-05-17) (abuse@example.com)", read(mailServer.mails().get(0)).getSubject());
        assertEquals(List.of(), kept(KEY));
    }

    @Test
    void whatIsRefusedStaysAndIsToldByTheExitCode() throws Exception {
        keep(params(), event("1", "abuse@example.com", "192.0.2.1"));
        mailServer.refuse("abuse@example.com", "550 no such user");
        assertTrue(use(params(), 1, "", "--send").endsWith("0× mail sent.\n\n"));
        assertEquals(1, kept(KEY).size());
    }

    @Test
    void aMailWhoseSendingWasCutShortIsSentAgainTheSame() throws Exception {
        keep(params(), event("1", "abuse@example.com", "192.0.2.1"));
        String entry = kept(KEY).get(0);
        use(params(), 0, "", "--send");
        // killed after the server took the mail, before its events were taken off; one more came since
        try (Jedis jedis = new Jedis("127.0.0.1", redis.getBindPort())) {
            jedis.select(15);
            jedis.rpush(KEY, entry, entry.replace("192.0.2.1", "192.0.2.9"));
            jedis.hset("test-bot.sending", KEY, "1");
        }
        assertTrue(use(params(), 0, "", "--send").contains("it may have arrived"));
        assertEquals(read(mailServer.mails().get(0)).getMessageID(), read(mailServer.mails().get(1)).getMessageID());
        assertEquals(1, kept(KEY).size());
        assertFalse(use(params(), 0, "", "--send").contains("it may have arrived"));
        assertEquals(3, mailServer.mails().size());
    }

    @Test
    void configuredOptionsCountUnlessTheyAreTyped() throws Exception {
        keep(params(), event("1", "abuse@example.com", "192.0.2.1"), event("2", "noc@example.net", "192.0.2.1"));
        String said = use(params("testing_to", "tester@example.com", "limit_results", 1), 0, "\nx\n");
        assertTrue(said.contains("Number of mails in the queue: 1\n") && said.contains("1× mail sent to: tester@example.com\n"), said);
        assertEquals("IntelMQ warning (2024-05-17) (intended for abuse@example.com)", read(mailServer.mails().get(0)).getSubject());
        String typed = use(params("ignore_older_than_days", 1, "limit_results", 1), 0, "x\n", "--limit-results", "0");
        assertTrue(typed.contains("Number of mails in the queue: 2\n"), typed);
        assertTrue(assertThrows(ConfigurationException.class, () -> use(params(), 0, "", "--sent")).getMessage().startsWith("there is no option --sent"));
    }

    @Test
    void groupsAndTemplatesAsIntelmq34Does() throws Exception {
        Object[] given = {"additional_grouping_keys", List.of("extra.kind"), "templating", Map.of("subject", true), "subject",
                "{{ extra_kind }} -- {{ current_time.strftime('%Y-%m-%d') }}"};
        keep(params(given), event("1", "abuse@example.com", "192.0.2.1").add("extra.kind", "a"),
                event("2", "abuse@example.com", "192.0.2.2").add("extra.kind", "b"), event("3", "abuse@example.com", "192.0.2.3").add("extra.kind", "a"));
        use(params(given), 0, "", "--send");
        List<String> subjects = new ArrayList<>();
        for (SmtpStub.Mail mail : mailServer.mails()) {
            subjects.add(read(mail).getSubject());
        }
        subjects.sort(null);
        assertEquals(List.of("a -- 2024-05-17 (abuse@example.com)", "b -- 2024-05-17 (abuse@example.com)"), subjects);
    }

    @Test
    void waitsForARedisThatIsAway() throws Exception {
        SmtpBatchOutput.Params params = params("redis_cache_port", 1);
        assertThrows(UnavailableException.class, () -> keep(params, event("1", "abuse@example.com", "192.0.2.1")));
    }

    /** Hands on what the one client of a Unix socket says to the Redis of the test, and its answers, until the client has gone. */
    private void handOn(ServerSocketChannel server) throws Exception {
        ExecutorService answers = Executors.newSingleThreadExecutor();
        try (SocketChannel client = server.accept(); SocketChannel target = SocketChannel.open(new InetSocketAddress("127.0.0.1", redis.getBindPort()))) {
            Future<?> answering = answers.submit(() -> copy(target, client));
            copy(client, target);
            target.shutdownOutput();
            answering.get(10, TimeUnit.SECONDS);
        } finally {
            answers.shutdownNow();
        }
    }

    private static Void copy(SocketChannel from, SocketChannel to) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(4096);
        while (from.read(bytes) >= 0) {
            bytes.flip();
            while (bytes.hasRemaining()) {
                to.write(bytes);
            }
            bytes.clear();
        }
        return null;
    }

    @Test
    void findsItsRedisByTheSocketsPathToo() throws Exception {
        Path socket = directory.resolve("redis.sock");
        ExecutorService background = Executors.newSingleThreadExecutor();
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of(socket))) {
            Future<Void> handing = background.submit(() -> {
                handOn(server);
                return null;
            });
            keep(params("redis_cache_host", socket.toString()), event("1", "abuse@example.com", "192.0.2.1"));
            handing.get(10, TimeUnit.SECONDS);
        } finally {
            background.shutdownNow();
        }
        assertEquals(1, kept(KEY).size());
        String said = assertThrows(UnavailableException.class, () -> keep(params("redis_cache_host", "unix:///nowhere/redis.sock"),
                event("2", "abuse@example.com", "192.0.2.2"))).getMessage();
        assertTrue(said.startsWith("Redis at unix:///nowhere/redis.sock cannot be reached: "), said);
    }
}
