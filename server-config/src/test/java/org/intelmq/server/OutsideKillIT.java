package org.intelmq.server;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.fppt.jedismock.RedisServer;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.GetResponse;
import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.bson.Document;
import org.intelmq.bots.amqp.AmqpBroker;
import org.intelmq.server.outside.Arrivals;
import org.intelmq.server.outside.CifStub;
import org.intelmq.server.outside.HttpSender;
import org.intelmq.server.outside.KafkaTopic;
import org.intelmq.server.outside.Misp;
import org.intelmq.server.outside.RequestTrackerStub;
import org.intelmq.server.outside.TcpReceiver;
import org.intelmq.server.outside.TcpSender;
import org.intelmq.server.testing.NumberedFeed;
import org.intelmq.server.testing.ServerProcess;
import org.intelmq.stomp.Frame;
import org.intelmq.stomp.StompConnection;
import org.intelmq.stomp.StompParams;
import org.intelmq.stomp.StompServer;
import org.intelmq.testing.Parameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;

/**
 * One server between many other systems, all of them real or strict, is killed while it takes from some and writes to others. Nothing
 * is lost but datagrams; a table says what is there twice. {@code -Dkills=10} for the long run.
 */
class OutsideKillIT {

    private static final int ROWS = 300;
    private static final int KILLS = Integer.getInteger("kills", 1);
    private static final long SEED = Long.getLong("seed", 20261128L);
    private static final int LONGEST_LIFE_MILLIS = 1500;
    private static final Duration LONG_ENOUGH = Duration.ofMinutes(4);
    private static final Pattern COMMENT = Pattern.compile("\"?comment\"?: \"?(\\w+)");
    private static final String CONTACT = "abuse@example.net";

    @TempDir
    private Path root;
    private final List<AutoCloseable> open = new ArrayList<>();
    private final List<String> table = new ArrayList<>();
    private final List<String> wrong = new ArrayList<>();

    private <C extends AutoCloseable> C opened(C resource) {
        open.add(resource);
        return resource;
    }

    /** Whether what comes twice can be told by whom it comes to. */
    private enum Twice { NEVER, BY_IDENTITY, CANNOT_BE_TOLD }

    private void report(String bot, int expected, Arrivals all, Arrivals byIdentity, Twice twice, boolean mayLose) {
        int lost = expected - all.distinct();
        table.add("%-16s %5d events, lost %d, doubled %d%s".formatted(bot, expected, lost, all.doubled(),
                twice == Twice.BY_IDENTITY ? ", for who looks at identities " + byIdentity.doubled() : ""));
        boolean isDoubled = twice == Twice.NEVER && all.doubled() > 0 || twice == Twice.BY_IDENTITY && byIdentity.doubled() > 0;
        if (lost != 0 && !mayLose || isDoubled) {
            wrong.add(table.get(table.size() - 1));
        }
    }

    @Test
    void losesNothingAndDoublesOnlyWhatCannotBeTold() throws Exception {
        try {
            run();
        } finally {
            for (AutoCloseable each : open) {
                each.close();
            }
        }
        System.out.println("killed " + KILLS + " times\n" + String.join("\n", table));
        assertEquals(List.of(), wrong);
    }

    private void run() throws Exception {
        AmqpBroker amqp = AmqpBroker.running();
        amqp.queue("kill-in");
        amqp.queue("kill-out");
        publish(amqp);
        produce();
        MongoServer mongo = new MongoServer(new MemoryBackend());
        int mongoPort = mongo.bind().getPort();
        open.add(mongo::shutdownNow);
        RedisServer redis = RedisServer.newRedisServer().start();
        open.add(redis::stop);
        StompServer stomp = opened(new StompServer(root.resolve("stomp"), ServerProcess.freePort(), null));
        stomp.start();
        KafkaTopic topic = new KafkaTopic("kill-out", event -> (String) event.get("comment"));
        TcpReceiver tcp = opened(new TcpReceiver(event -> (String) event.get("comment")));
        Misp misp = opened(new Misp("comment"));
        RequestTrackerStub tracker = opened(new RequestTrackerStub(COMMENT));
        CifStub indicators = opened(new CifStub());
        Arrivals datagrams = new Arrivals();
        DatagramSocket udp = opened(new DatagramSocket(new InetSocketAddress("127.0.0.1", 0)));
        listen(udp, datagrams);
        int tcpIn = ServerProcess.freePort();
        int apiIn = ServerProcess.freePort();
        configure(Map.ofEntries(Map.entry("AMQP", amqp.port()), Map.entry("KAFKA", KafkaTopic.server()), Map.entry("MONGO", mongoPort),
                Map.entry("REDIS", redis.getBindPort()), Map.entry("STOMP", stomp.port()), Map.entry("TCP", tcp.port()), Map.entry("MISP", misp.url()),
                Map.entry("RT", tracker.url()), Map.entry("CIF", indicators.url()), Map.entry("UDP", udp.getLocalPort()), Map.entry("TCPIN", tcpIn),
                Map.entry("APIIN", apiIn), Map.entry("ROOT", root)));
        List<Arrivals> held = List.of(tcp.events(), misp.added(), tracker.tickets(), indicators.taken());
        held.forEach(each -> each.holdAt(ROWS / 10));

        NumberedFeed feed = new NumberedFeed(root);
        feed.add(ROWS);
        TcpSender frames = opened(new TcpSender(tcpIn, 2, number -> row("tcp", number)));
        int sent = frames.endAfter(ROWS);
        HttpSender posts = opened(new HttpSender(URI.create("http://127.0.0.1:" + apiIn + "/intelmq/push"), ROWS, number -> row("api", number)));
        Random random = new Random(SEED);
        for (int life = 0; life < KILLS; life++) {
            boolean isFirst = life == 0;
            try (ServerProcess server = ServerProcess.start(root)) {
                if (isFirst) {
                    await().atMost(LONG_ENOUGH).until(() -> held.stream().allMatch(Arrivals::holds));
                } else {
                    LockSupport.parkNanos(random.nextInt(LONGEST_LIFE_MILLIS) * 1_000_000L);
                }
                server.kill();
            }
            held.forEach(Arrivals::open);
        }
        Path streamed = root.resolve("var/out/streamed.json");
        try (ServerProcess server = ServerProcess.start(root)) {
            await().atMost(LONG_ENOUGH).pollInterval(Duration.ofMillis(500)).until(() -> frames.isDone() && posts.isDone() && server.hasDrained(feed)
                    && lines(streamed).distinct() == sent + 3 * ROWS);
            assertEquals(0, server.stop());
        }
        streams(streamed, sent);
        outputs(amqp, mongoPort, redis, stomp, topic);
        report("tcp out", ROWS, tcp.events(), null, Twice.CANNOT_BE_TOLD, false);
        report("udp out", ROWS, datagrams, null, Twice.CANNOT_BE_TOLD, true);
        report("misp api", ROWS, misp.added(), null, Twice.NEVER, false);
        report("rt", ROWS, tracker.tickets(), null, Twice.CANNOT_BE_TOLD, false);
        Arrivals identities = indicators.identities();
        table.add("%-16s %5d indicators, lost %d, doubled %d, uuids %d".formatted("cif3", ROWS, ROWS - indicators.taken().distinct(),
                indicators.taken().doubled(), identities.distinct()));
        assertEquals(ROWS, identities.distinct(), "indicators, by their uuid");
        assertEquals(List.of(), Stream.of(misp.faults(), tracker.faults(), indicators.faults()).flatMap(List::stream).toList());
    }

    private static String row(String source, int number) {
        return "192.0.2." + number % 256 + ",80," + source + number;
    }

    private static void publish(AmqpBroker broker) throws Exception {
        try (Connection connection = broker.connect()) {
            Channel channel = connection.createChannel();
            for (int number = 0; number < ROWS; number++) {
                channel.basicPublish("", "kill-in", new AMQP.BasicProperties.Builder().messageId("m" + number).deliveryMode(2).build(),
                        row("amqp", number).getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    private static void produce() throws Exception {
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(Map.of("bootstrap.servers", KafkaTopic.server()), new StringSerializer(),
                new StringSerializer())) {
            for (int number = 0; number < ROWS; number++) {
                producer.send(new ProducerRecord<>("kill-in", row("kafka", number)));
            }
        }
    }

    private static void listen(DatagramSocket socket, Arrivals arrivals) {
        Thread thread = new Thread(() -> {
            try {
                byte[] buffer = new byte[65_536];
                while (true) {
                    DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
                    socket.receive(packet);
                    arrivals.arrived(comment(new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8)));
                }
            } catch (SocketException e) {
                // the test is over
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }, "UDP receiver of a test");
        thread.setDaemon(true);
        thread.start();
    }

    private static String comment(String text) {
        Matcher found = COMMENT.matcher(text);
        assertTrue(found.find(), text);
        return found.group(1);
    }

    private static Arrivals lines(Path file) throws IOException {
        Arrivals found = new Arrivals();
        if (Files.exists(file)) {
            try (Stream<String> lines = Files.lines(file)) {
                lines.filter(line -> line.endsWith("}")).forEach(line -> found.arrived(comment(line)));
            }
        }
        return found;
    }

    private void streams(Path file, int sentByTcp) throws IOException {
        for (String source : List.of("amqp", "kafka", "tcp", "api")) {
            Arrivals found = new Arrivals();
            try (Stream<String> lines = Files.lines(file)) {
                lines.map(OutsideKillIT::comment).filter(name -> name.startsWith(source)).forEach(found::arrived);
            }
            boolean hasNames = source.equals("amqp") || source.equals("kafka");
            report(source + " in", source.equals("tcp") ? sentByTcp : ROWS, found, null, hasNames ? Twice.NEVER : Twice.CANNOT_BE_TOLD, false);
        }
    }

    private void outputs(AmqpBroker amqp, int mongoPort, RedisServer redis, StompServer stomp, KafkaTopic topic) throws Exception {
        KafkaTopic.Contents kafka = topic.read();
        report("kafka out", ROWS, kafka.all(), kafka.byIdentity(), Twice.BY_IDENTITY, false);
        amqp(amqp);
        try (MongoClient client = MongoClients.create("mongodb://127.0.0.1:" + mongoPort)) {
            MongoCollection<Document> events = client.getDatabase("intelmq").getCollection("events");
            Arrivals found = new Arrivals();
            events.find().forEach(document -> found.arrived(document.getString("comment")));
            report("mongodb", ROWS, found, null, Twice.NEVER, false);
        }
        stomp(stomp);
        try (Jedis jedis = new Jedis("127.0.0.1", redis.getBindPort())) {
            jedis.select(2);
            Arrivals pushed = new Arrivals();
            jedis.lrange("events", 0, -1).forEach(event -> pushed.arrived(comment(event)));
            report("redis", ROWS, pushed, null, Twice.CANNOT_BE_TOLD, false);
            jedis.select(15);
            Arrivals kept = new Arrivals();
            jedis.lrange("batch:" + CONTACT, 0, -1).forEach(event -> kept.arrived(comment(event)));
            report("smtp_batch", ROWS, kept, null, Twice.NEVER, false);
        }
        Arrivals feed = new Arrivals();
        try (Stream<Path> files = Files.list(root.resolve("var/out/misp"))) {
            for (Path file : files.filter(each -> each.toString().matches(".*/[0-9a-f-]{36}\\.json")).toList()) {
                Matcher attribute = Pattern.compile("\"(n\\d+)\"").matcher(Files.readString(file));
                while (attribute.find()) {
                    feed.arrived(attribute.group(1));
                }
            }
        }
        report("misp feed", ROWS, feed, null, Twice.NEVER, false);
    }

    private void amqp(AmqpBroker broker) throws Exception {
        Arrivals all = new Arrivals();
        Arrivals byIdentity = new Arrivals();
        Arrivals identities = new Arrivals();
        try (Connection connection = broker.connect()) {
            Channel channel = connection.createChannel();
            for (GetResponse message = channel.basicGet("kill-out", true); message != null; message = channel.basicGet("kill-out", true)) {
                add(new String(message.getBody(), StandardCharsets.UTF_8), message.getProps().getMessageId(), all, byIdentity, identities);
            }
        }
        report("amqptopic", ROWS, all, byIdentity, Twice.BY_IDENTITY, false);
    }

    private static void add(String event, String identity, Arrivals all, Arrivals byIdentity, Arrivals identities) {
        all.arrived(comment(event));
        if (!identities.has(identity)) {
            byIdentity.arrived(comment(event));
        }
        identities.arrived(identity);
    }

    private void stomp(StompServer server) throws Exception {
        Arrivals all = new Arrivals();
        Arrivals byIdentity = new Arrivals();
        Arrivals identities = new Arrivals();
        long number = server.waiting();
        StompParams reader = Parameters.of(StompParams.class, "server", "127.0.0.1", "port", server.port(), "use_ssl", false);
        try (StompConnection connection = StompConnection.open(reader)) {
            connection.send(new Frame("SUBSCRIBE", Map.of("ack", "auto", "destination", StompServer.QUEUE, "id", "1")));
            for (long i = 0; i < number; i++) {
                Frame frame = connection.read();
                add(frame.text(), frame.header("amqp-message-id"), all, byIdentity, identities);
            }
        }
        report("stomp out", ROWS, all, byIdentity, Twice.BY_IDENTITY, false);
    }

    private void configure(Map<String, Object> places) throws IOException {
        Files.createDirectories(root.resolve("var/in"));
        Files.createDirectories(root.resolve("var/out"));
        Files.writeString(Files.createDirectories(root.resolve("etc")).resolve("mail.txt"), "Dear colleagues");
        String text;
        try (var in = OutsideKillIT.class.getResourceAsStream("outside-kill.yaml")) {
            text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        for (Map.Entry<String, Object> place : places.entrySet()) {
            text = text.replace("$" + place.getKey() + "$", place.getValue().toString());
        }
        Files.writeString(root.resolve("etc/runtime.yaml"), text);
    }
}
