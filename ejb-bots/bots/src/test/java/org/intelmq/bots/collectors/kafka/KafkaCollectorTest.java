package org.intelmq.bots.collectors.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.intelmq.bot.ConfigurationException;
import org.intelmq.bot.ReportSize;
import org.intelmq.bot.StreamBot;
import org.intelmq.bot.UnavailableException;
import org.intelmq.bots.collectors.MeddlingIntake;
import org.intelmq.bots.kafka.KafkaBroker;
import org.intelmq.message.Fields;
import org.intelmq.message.Message;
import org.intelmq.parameters.ParameterSchema;
import org.intelmq.testing.Parameters;
import org.intelmq.testing.RecordingIntake;
import org.intelmq.testing.TestContext;
import org.intelmq.text.encoding.Base64Text;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class KafkaCollectorTest {

    private static String server;

    @BeforeAll
    static void start() throws Exception {
        server = KafkaBroker.running().address();
    }

    private static KafkaCollector collector(String topic) {
        return new KafkaCollector(Parameters.of(KafkaCollector.Params.class, "bootstrap_servers", server, "topic", topic), new TestContext());
    }

    private static void write(String topic, int from, int to) {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(Map.of("bootstrap.servers", server), new ByteArraySerializer(),
                new ByteArraySerializer())) {
            for (int i = from; i < to; i++) {
                producer.send(new ProducerRecord<>(topic, ("message " + i).getBytes(StandardCharsets.UTF_8)));
            }
        }
    }

    private static long committed(String topic) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", server))) {
            Map<?, OffsetAndMetadata> offsets = admin.listConsumerGroupOffsets("test-bot").partitionsToOffsetAndMetadata().get();
            return offsets.entrySet().stream().filter(each -> each.getKey().toString().startsWith(topic + '-'))
                    .mapToLong(each -> each.getValue().offset()).sum();
        }
    }

    private static List<String> texts(List<Message> messages) {
        return messages.stream().map(each -> Base64Text.decode(each.text(Fields.RAW))).toList();
    }

    @Test
    void takesFromTheBeginningAndTellsKafkaHowFarItIs() throws Exception {
        write("reports", 0, 300);
        try (RecordingIntake intake = new RecordingIntake().run(collector("reports"))) {
            assertEquals(300, texts(intake.await(300)).stream().distinct().count());
            write("reports", 300, 310);
            intake.await(310);
        }
        assertEquals(310, committed("reports"));
        try (RecordingIntake next = new RecordingIntake().run(collector("reports"))) {
            next.awaitConnection();
            write("reports", 310, 311);
            assertEquals(List.of("message 310"), texts(next.await(1)));
        }
    }

    private static void writePacked(String topic, int number, int bytes) throws Exception {
        Map<String, Object> settings = Map.of("bootstrap.servers", server, "compression.type", "gzip", "max.request.size", Integer.MAX_VALUE, "linger.ms", 200,
                "buffer.memory", 200L << 20);
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (int i = 0; i < number; i++) {
                producer.send(new ProducerRecord<>(topic, ("message " + i + "x".repeat(bytes)).getBytes(StandardCharsets.UTF_8)));
            }
        }
    }

    @Test
    void whatIsSmallWhenPackedIsUnpackedInParts() throws Exception {
        writePacked("packed", 200, 1000);
        KafkaCollector.Params params = Parameters.of(KafkaCollector.Params.class, "bootstrap_servers", server, "topic", "packed");
        AtomicInteger takes = new AtomicInteger();
        try (RecordingIntake intake = new RecordingIntake()) {
            intake.run(real -> new KafkaReader(params, new TestContext(), 10_000).run(new MeddlingIntake(real, takes::incrementAndGet)));
            List<String> taken = texts(intake.await(200));
            for (int i = 0; i < 200; i++) {
                assertTrue(taken.get(i).startsWith("message " + i + 'x'), taken.get(i));
            }
        }
        assertTrue(takes.get() >= 20, "all within " + takes + " parts");
    }

    @Test
    void aRecordLargerThanTheMemoryIsSetAside() throws Exception {
        write("giant", 0, 1);
        writePacked("giant", 1, (int) ReportSize.MOST);
        write("giant", 1, 2);
        try (RecordingIntake intake = new RecordingIntake().run(collector("giant"))) {
            assertEquals(List.of("message 0", "message 1"), texts(intake.await(3)).stream().sorted().toList());
            String reason = intake.rejected().get(0).reason().getMessage();
            assertTrue(reason.matches("the record \\d+ of giant-\\d+ is passed over: it has \\d+ bytes, more than the " + ReportSize.MOST
                    + " that can be read whole: .*INTELMQ_HEAP.*"), reason);
        }
    }

    @Test
    void whatComesAgainAfterACrashIsTakenOnce() throws Exception {
        write("read-before-a-crash", 0, 50);
        KafkaCollector collector = collector("read-before-a-crash");
        try (RecordingIntake intake = new RecordingIntake()) {
            StreamBot twice = real -> {
                // taken and committed here, but Kafka is not told
                assertThrows(IllegalStateException.class, () -> collector.run(new MeddlingIntake(real, () -> {
                    throw new IllegalStateException("killed");
                })));
                collector.run(real);
            };
            intake.run(twice);
            intake.await(50);
            write("read-before-a-crash", 50, 51);
            intake.await(51);
            assertEquals(51, texts(intake.taken()).stream().distinct().count());
            assertEquals(51, intake.taken().size());
        }
    }

    @Test
    void aServerThatIsAwayEndsTheRun() throws Exception {
        KafkaCollector collector = new KafkaCollector(Parameters.of(KafkaCollector.Params.class, "bootstrap_servers", "127.0.0.1:1", "topic", "t",
                "request_timeout", "500ms"), new TestContext());
        try (RecordingIntake intake = new RecordingIntake().run(collector)) {
            Throwable told = intake.awaitEnd();
            assertTrue(told instanceof UnavailableException && told.getMessage().startsWith("Kafka at 127.0.0.1:1 cannot be read: "), String.valueOf(told));
        }
    }

    @Test
    void wrongParametersAreRefusedWithWhatIsExpected() {
        String problems = ParameterSchema.of(KafkaCollector.Params.class).read(Map.of("topic", "t", "sasl_mechanism", "GSSAPI"), Set.of()).problems()
                .toString();
        assertTrue(problems.contains("parameter 'sasl_mechanism' cannot be \"GSSAPI\": expected one of PLAIN, SCRAM-SHA-256, SCRAM-SHA-512"),
                problems);
        KafkaCollector.Params params = Parameters.of(KafkaCollector.Params.class, "topic", "t", "ssl_cafile", "/nowhere.pem");
        String told = assertThrows(ConfigurationException.class, () -> new KafkaCollector(params, new TestContext())).getMessage();
        assertTrue(told.startsWith("parameter 'ssl_cafile' cannot be \"/nowhere.pem\": expected a file with the certificates of authorities"), told);
    }
}
