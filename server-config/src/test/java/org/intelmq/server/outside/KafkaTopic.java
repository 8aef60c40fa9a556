package org.intelmq.server.outside;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.intelmq.bots.kafka.KafkaBroker;
import org.intelmq.message.Json;

/** A topic of a real Kafka, read from its beginning as often as asked. */
public final class KafkaTopic {

    private final String name;
    private final Function<Map<?, ?>, String> of;

    /** @param of name of an event in the test */
    public KafkaTopic(String name, Function<Map<?, ?>, String> of) {
        this.name = name;
        this.of = of;
    }

    public static String server() throws Exception {
        return KafkaBroker.running().address();
    }

    /** What a reader sees that looks at the identities of events, and one that does not. */
    public record Contents(Arrivals all, Arrivals byIdentity) { }

    /** How many there are, without reading them. */
    public long length() throws Exception {
        try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
            return length(consumer, partitions(consumer));
        }
    }

    private static KafkaConsumer<byte[], byte[]> consumer() throws Exception {
        return new KafkaConsumer<>(Map.of("bootstrap.servers", server()), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private List<TopicPartition> partitions(KafkaConsumer<byte[], byte[]> consumer) {
        return consumer.partitionsFor(name).stream().map(each -> new TopicPartition(name, each.partition())).toList();
    }

    private static long length(KafkaConsumer<byte[], byte[]> consumer, List<TopicPartition> partitions) {
        return consumer.endOffsets(partitions).values().stream().mapToLong(Long::longValue).sum();
    }

    public Contents read() throws Exception {
        Contents contents = new Contents(new Arrivals(), new Arrivals());
        Set<String> identities = new HashSet<>();
        try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
            List<TopicPartition> partitions = partitions(consumer);
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            for (long left = length(consumer, partitions); left > 0;) {
                for (ConsumerRecord<byte[], byte[]> entry : consumer.poll(Duration.ofSeconds(1))) {
                    String event = of.apply((Map<?, ?>) Json.parse(new String(entry.value(), StandardCharsets.UTF_8)));
                    contents.all().arrived(event);
                    if (identities.add(new String(entry.headers().lastHeader("intelmq-id").value(), StandardCharsets.UTF_8))) {
                        contents.byIdentity().arrived(event);
                    }
                    left--;
                }
            }
        }
        return contents;
    }
}
