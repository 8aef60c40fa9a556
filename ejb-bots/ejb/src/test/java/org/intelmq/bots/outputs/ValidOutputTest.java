package org.intelmq.bots.outputs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.github.fppt.jedismock.RedisServer;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetupTest;
import jakarta.mail.Multipart;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.intelmq.bot.Bot;
import org.intelmq.bot.BotGroup;
import org.intelmq.bot.BotType;
import org.intelmq.catalogue.Catalogue;
import org.intelmq.message.Event;
import org.intelmq.message.Field;
import org.intelmq.message.Harmonization;
import org.intelmq.message.IfPresent;
import org.intelmq.message.Message;
import org.intelmq.testing.CannedHttp;
import org.intelmq.testing.Parameters;
import org.intelmq.testing.RecordingOutbox;
import org.intelmq.testing.TestContext;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.Master;
import org.xbill.DNS.Name;
import redis.clients.jedis.Jedis;

/**
 * Whatever is in an event, what an output writes is valid in its format, as a strict reader of that format sees it. An event may be
 * refused, and then nothing of it is written.
 */
class ValidOutputTest {

    private static final JsonFactory STRICT = JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build();
    private static final List<String> ODD = List.of("plain", "tab\there", "two\nlines", "cr\rlf\r\n", "quote\"back\\slash\\x41", "nul\u0000c", "esc\u001b[2J",
            "sep\u2028p",
            "ü€😀", "a;b$c", "#comment", "' OR 1=1 --", "-", "NaN", "{\"a\": NaN}", "a,b", "\\N", "\\.");
    private static final List<Object> VALUES = List.of(Double.NaN, Double.POSITIVE_INFINITY, 1e300, -0.0, Long.MAX_VALUE,
            new BigInteger("123456789012345678901234567890"), true, Arrays.asList(null, Double.NaN, "x\n", Map.of("k\"", Double.NEGATIVE_INFINITY)), Map.of());

    /** Outputs to servers: the test of each plays the server, and reads strictly what it is sent. */
    private static final Set<String> READ_IN_THEIR_OWN_TESTS = Set.of(
            "amqptopic.output",
            "cif3.output",
            "clickhouse.output",
            "elasticsearch.output",
            "kafka.output",
            "mcafee.output_esm_ip",
            "misp.output_api",
            "misp.output_feed",
            "mongodb.output",
            "rt.output",
            "stomp.output",
            "tcp.output",
            "udp.output");

    private interface Reader {
        /** @return how many events it found */
        int read() throws Exception;
    }

    /** How an output is made, and how what it has written is read. */
    private record Checked(Map<String, Object> parameters, Reader reader) { }

    @TempDir
    private Path folder;
    private final GreenMail mail = new GreenMail(ServerSetupTest.SMTP.dynamicPort());
    private final CannedHttp http = new CannedHttp().at("http://siem.example/", 200, new byte[0]);

    private static List<Message> events() {
        List<Message> events = new ArrayList<>();
        for (String odd : ODD) {
            Message event = event();
            for (String field : List.of("comment", "source.url", "source.fqdn", "source.account", "feed.provider", "extra.text", "extra.orgc",
                    "source.as_name")) {
                event.offer(Field.of(field), field.equals("source.url") ? "http://a.example/" + odd : odd, IfPresent.REPLACE);
            }
            events.add(event);
        }
        for (Object value : VALUES) {
            events.add(event().add("extra.value", value).add("extra.list", Arrays.asList(value, value)));
        }
        events.add(event().add("source.fqdn", "*.wild.example"));
        return events;
    }

    private static Message event() {
        return new Event(Harmonization.standard()).add("feed.name", "f").add("feed.accuracy", 100).add("classification.type", "scanner")
                .add("source.ip", "192.0.2.1").add("source.asn", 4294967295L).add("source.abuse_contact", "a@example.com");
    }

    private Map<String, Checked> outputs(int redisPort) {
        Map<String, Checked> outputs = new LinkedHashMap<>();
        outputs.put("blackhole.output", new Checked(Map.of(), () -> 0));
        outputs.put("bro_file.output", new Checked(Map.of("file", file("bro")), () -> {
            List<String> lines = List.of(Files.readString(folder.resolve("bro")).split("\n", -1));
            assertEquals("", lines.get(lines.size() - 1));
            for (String line : lines.subList(1, lines.size() - 1)) {
                assertEquals(5, line.split("\t", -1).length, line);
                assertTrue(line.chars().allMatch(c -> c >= ' ' || c == '\t') && !line.startsWith("#"), line);
            }
            return (int) lines.stream().filter(line -> line.contains("Intel::ADDR")).count();
        }));
        outputs.put("file.output", new Checked(Map.of("file", file("lines"), "hierarchical_output", true),
                () -> json(Files.readString(folder.resolve("lines")).split("\n"))));
        outputs.put("files.output", new Checked(Map.of("dir", file("new"), "tmp", file("tmp")), () -> {
            try (Stream<Path> files = Files.list(folder.resolve("new"))) {
                List<String> texts = new ArrayList<>();
                for (Path file : files.toList()) {
                    texts.add(Files.readString(file));
                }
                return json(texts.toArray(String[]::new));
            }
        }));
        outputs.put("redis.output", new Checked(Map.of("redis_queue", "q", "redis_server_port", redisPort), () -> {
            try (Jedis redis = new Jedis("127.0.0.1", redisPort)) {
                redis.select(2);
                return json(redis.lrange("q", 0, -1).toArray(String[]::new));
            }
        }));
        outputs.put("restapi.output", new Checked(Map.of("host", "http://siem.example/"),
                () -> json(http.asked().stream().map(asked -> new String(asked.body(), StandardCharsets.UTF_8)).toArray(String[]::new))));
        outputs.put("rpz_file.output", new Checked(Map.of("file", file("zone"), "cname", "sink.example.", "rpz_domain", "rpz.example",
                "hostmaster_rpz_domain", "hm.rpz.example",
                "organization_name", "a\nb"), () -> {
            try (Master zone = new Master(folder.resolve("zone").toString(), Name.fromString("rpz.example."))) {
                int records = 0;
                while (zone.nextRecord() != null) {
                    records++;
                }
                return records;
            }
        }));
        outputs.put("smtp_batch.output", new Checked(Map.of("redis_cache_port", redisPort), () -> {
            try (Jedis redis = new Jedis("127.0.0.1", redisPort)) {
                redis.select(15);
                return json(redis.lrange("test-bot:a@example.com", 0, -1).toArray(String[]::new));
            }
        }));
        outputs.put("smtp.output", new Checked(Map.of("smtp_port", mailPort(), "starttls", false, "mail_to", "a@localhost", "text",
                "{ev[comment]}", "fieldnames", "source.ip,comment,extra.text,extra.value,extra.list"), this::mails));
        outputs.put("templated_smtp.output", new Checked(Map.of("smtp_port", mailPort(), "mail_from", "b@localhost", "mail_to", "a@localhost",
                "attachments", List.of(Map.of("content-type", "application/json", "text", "{{ event | tojson }}", "name", "{{ event['comment'] }}"))),
                this::mails));
        outputs.put("sql.output", new Checked(Map.of(), () -> {
            String address = "jdbc:h2:file:" + folder + "/sql-output/intelmq-events;DATABASE_TO_UPPER=FALSE";
            try (Connection connection = DriverManager.getConnection(address, "intelmq", null);
                    ResultSet rows = connection.createStatement().executeQuery("SELECT \"extra\" FROM \"events\"")) {
                int count = 0;
                while (rows.next()) {
                    count += rows.getString(1) == null ? 1 : json(rows.getString(1));
                }
                return count;
            }
        }));
        outputs.put("touch.output", new Checked(Map.of("path", folder.toString()), () -> 0));
        return outputs;
    }

    private int mailPort() {
        return mail.isRunning() ? mail.getSmtp().getPort() : 0;
    }

    /** Nothing of an event becomes a head line, and each part is there with its name. */
    private int mails() throws Exception {
        Set<String> heads = new TreeSet<>();
        for (MimeMessage received : mail.getReceivedMessages()) {
            received.getAllHeaderLines().asIterator().forEachRemaining(line -> heads.add(line.split(":", 2)[0]));
            Multipart parts = (Multipart) received.getContent();
            assertEquals(2, parts.getCount());
            assertTrue(parts.getBodyPart(1).getInputStream().readAllBytes().length > 0);
            if (parts.getBodyPart(1).isMimeType("application/json")) {
                json(new String(parts.getBodyPart(1).getInputStream().readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        heads.removeAll(Set.of("Return-Path", "Received"));
        assertEquals(Set.of("Content-Type", "Date", "From", "MIME-Version", "Message-ID", "Subject", "To"), heads);
        return mail.getReceivedMessages().length;
    }

    private String file(String name) {
        return folder.resolve(name).toString();
    }

    /** Each is one object, and nothing more. */
    private static int json(String... texts) throws IOException {
        for (String text : texts) {
            try (JsonParser parser = STRICT.createParser(text)) {
                parser.nextToken();
                parser.skipChildren();
                assertTrue(parser.nextToken() == null && text.startsWith("{"), text);
            }
        }
        return texts.length;
    }

    @TestFactory
    Stream<DynamicTest> ofEveryOutput() {
        return outputs(0).keySet().stream().map(name -> DynamicTest.dynamicTest(name, () -> check(name)));
    }

    private void check(String name) throws Exception {
        RedisServer redis = RedisServer.newRedisServer().start();
        mail.start();
        try {
            Checked checked = outputs(redis.getBindPort()).get(name);
            int written = write(Catalogue.load(getClass().getClassLoader()).find("intelmq.bots.outputs." + name), checked.parameters());
            int found = checked.reader().read();
            if (!List.of("blackhole.output", "touch.output", "rpz_file.output").contains(name)) {
                assertEquals(written, found, "events that " + name + " took and the reader found");
            }
            assertTrue(written > ODD.size() / 2, written + " events were taken");
        } finally {
            redis.stop();
            mail.stop();
        }
    }

    @SuppressWarnings("unchecked")
    private <P extends Record> int write(BotType<P> type, Map<String, Object> parameters) throws Exception {
        Object[] given = parameters.entrySet().stream().flatMap(entry -> Stream.of(entry.getKey(), entry.getValue())).toArray();
        int written = 0;
        try (Bot<Message> output = (Bot<Message>) type.factory().create(Parameters.of(type.params(), given),
                new TestContext().dataDirectory(folder).http(http))) {
            for (Message event : events()) {
                try {
                    RecordingOutbox out = new RecordingOutbox();
                    output.process(event, out);
                    out.commit();
                    written++;
                } catch (IllegalArgumentException refused) {
                    assertTrue(refused.getMessage() != null, refused::toString);
                }
            }
        }
        return written;
    }

    @Test
    void noOutputIsLeftOut() {
        var checked = new TreeSet<>(outputs(0).keySet());
        checked.addAll(READ_IN_THEIR_OWN_TESTS);
        assertEquals(checked, new TreeSet<>(Catalogue.load(getClass().getClassLoader()).types().stream()
                .filter(type -> type.group() == BotGroup.OUTPUT).map(type -> type.module().replace("intelmq.bots.outputs.", "")).toList()));
    }
}
