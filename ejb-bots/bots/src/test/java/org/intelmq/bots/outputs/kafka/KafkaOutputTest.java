package org.intelmq.bots.outputs.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.intelmq.bot.UnavailableException;
import org.intelmq.bots.kafka.KafkaBroker;
import org.intelmq.message.Event;
import org.intelmq.message.Harmonization;
import org.intelmq.message.Message;
import org.intelmq.testing.Parameters;
import org.intelmq.testing.RecordingOutbox;
import org.intelmq.testing.TestContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class KafkaOutputTest {

    private static String server;

    @BeforeAll
    static void start() throws Exception {
        server = KafkaBroker.running().address();
    }

    private static KafkaOutput output(String topic, Object... more) {
        List<Object> parameters = new ArrayList<>(List.of("bootstrap_servers", server, "topic", topic));
        parameters.addAll(List.of(more));
        return new KafkaOutput(Parameters.of(KafkaOutput.Params.class, parameters.toArray()), new TestContext());
    }

    private static Message event(int number) {
        Message event = new Event(Harmonization.standard()).add("source.ip", "192.0.2." + number % 200).add("extra.n", number);
        event.identify("report-1." + number);
        return event;
    }

    private static List<Message> events(int number) {
        return new ArrayList<>(IntStream.range(0, number).mapToObj(KafkaOutputTest::event).toList());
    }

    private static List<ConsumerRecord<byte[], byte[]>> read(String topic) {
        Map<String, Object> settings = Map.of("bootstrap.servers", server);
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream().map(each -> new TopicPartition(topic, each.partition())).toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            long all = consumer.endOffsets(partitions).values().stream().mapToLong(Long::longValue).sum();
            List<ConsumerRecord<byte[], byte[]>> found = new ArrayList<>();
            while (found.size() < all) {
                consumer.poll(Duration.ofSeconds(1)).forEach(found::add);
            }
            return found;
        }
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static String identity(ConsumerRecord<byte[], byte[]> entry) {
        return text(entry.headers().lastHeader("intelmq-id").value());
    }

    @Test
    void writesABatchWithIdentitiesAndKeepsOrderBehindAKey() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", server))) {
            admin.createTopics(List.of(new NewTopic("keyed", 4, (short) 1))).all().get();
        }
        try (KafkaOutput output = output("keyed", "key_field", "source.ip", "compression_type", "lz4", "message_with_type", true)) {
            output.processAll(events(1_000), new RecordingOutbox());
        }
        List<ConsumerRecord<byte[], byte[]>> found = read("keyed");
        assertEquals(1_000, found.stream().map(KafkaOutputTest::identity).distinct().count());
        assertEquals(200, found.stream().map(each -> text(each.key()) + " " + each.partition()).distinct().count());
        ConsumerRecord<byte[], byte[]> last = found.stream().filter(each -> identity(each).equals("report-1.999")).findFirst().orElseThrow();
        assertEquals("{\"__type\": \"Event\", \"extra.n\": 999, \"source.ip\": \"192.0.2.199\"}", text(last.value()));
    }

    @Test
    void anEventThatKafkaRefusesFailsAndTheRestIsWrittenOnce() throws Exception {
        List<Message> events = events(5);
        events.get(2).add("event_description.text", "x".repeat(1_000_000)).add("comment", "x".repeat(1_000_000));
        try (KafkaOutput output = output("refused")) {
            assertThrows(IOException.class, () -> output.processAll(events, new RecordingOutbox()));
            for (Message event : events) {
                if (event == events.get(2)) {
                    IOException problem = assertThrows(IOException.class, () -> output.process(event, new RecordingOutbox()));
                    assertTrue(problem.getMessage().startsWith("topic 'refused' of Kafka at 127.0.0.1:"), problem.getMessage());
                } else {
                    output.process(event, new RecordingOutbox());
                }
            }
        }
        assertEquals(List.of("report-1.0", "report-1.1", "report-1.3", "report-1.4"),
                read("refused").stream().map(KafkaOutputTest::identity).sorted().toList());
    }

    @Test
    void whatComesAgainAfterACrashIsKnownByItsIdentity() throws Exception {
        try (KafkaOutput killed = output("crash")) {
            killed.processAll(events(10), new RecordingOutbox());
        }
        try (KafkaOutput next = output("crash")) {
            next.processAll(events(20), new RecordingOutbox());
        }
        List<ConsumerRecord<byte[], byte[]>> found = read("crash");
        assertEquals(30, found.size());
        assertEquals(20, found.stream().map(KafkaOutputTest::identity).distinct().count());
    }

    @Test
    void waitsForAServerThatIsAway() throws Exception {
        try (KafkaOutput output = new KafkaOutput(Parameters.of(KafkaOutput.Params.class, "bootstrap_servers", "127.0.0.1:1", "topic", "t",
                "request_timeout", "500ms"), new TestContext())) {
            Thread.currentThread().interrupt();
            assertThrows(InterruptedException.class, () -> output.processAll(events(2), new RecordingOutbox()));
            UnavailableException away = assertThrows(UnavailableException.class, () -> output.processAll(events(2), new RecordingOutbox()));
            assertTrue(away.getMessage().startsWith("Kafka at 127.0.0.1:1 has not taken all events for topic 't': "), away.getMessage());
        }
    }
}
