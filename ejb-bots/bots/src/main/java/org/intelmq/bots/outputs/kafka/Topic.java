package org.intelmq.bots.outputs.kafka;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.intelmq.bots.kafka.KafkaParams;
import org.intelmq.bots.kafka.KafkaSettings;

/** A topic that is written to. Not thread-safe. */
final class Topic implements AutoCloseable {

    private static final String ID = "intelmq-id";
    private static final int MOST_BYTES = 10 << 20;
    private static final int BATCH_BYTES = 128 << 10;
    private static final int TRIES = 4;
    private static final Duration CLOSING = Duration.ofSeconds(5);

    /**
     * What is written for an event.
     *
     * @param id {@code null} if it has none
     * @param key decides the partition; {@code null} for any
     */
    record Entry(String id, byte[] key, byte[] value) { }

    /**
     * The outcome of entries, by index.
     *
     * @param refusal why an entry that was not taken never will be; {@code null} if there is none
     * @param failure why those that were not taken have to come again later; {@code null} if there are none
     */
    record Outcome(BitSet taken, String refusal, String failure) {

        boolean isWhole() {
            return refusal == null && failure == null;
        }
    }

    private final String name;
    private final Producer<byte[], byte[]> producer;

    Topic(KafkaParams server, String name, String compression, String clientId) {
        this.name = name;
        int timeout = (int) Math.min(server.requestTimeout().toMillis(), Integer.MAX_VALUE / TRIES);
        Map<String, Object> settings = KafkaSettings.of(server, clientId);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        // a second one under way may be taken for the first when a partition has just got a leader, and the first then never is
        settings.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
        settings.put(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES);
        settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, compression);
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 5);
        settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, MOST_BYTES);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, timeout);
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, timeout);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, TRIES * timeout);
        producer = KafkaSettings.make(server, () -> new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer()));
    }

    Outcome write(List<Entry> entries) throws InterruptedException {
        List<Future<RecordMetadata>> sent = new ArrayList<>(entries.size());
        try {
            for (Entry entry : entries) {
                Future<RecordMetadata> future = producer.send(entryOf(entry));
                sent.add(future);
                if (isFailed(future)) {
                    break;
                }
            }
            producer.flush();
            return outcome(sent, entries.size());
        } catch (InterruptException e) {
            Thread.interrupted();
            throw (InterruptedException) new InterruptedException(e.getMessage()).initCause(e);
        } catch (KafkaException e) {
            return new Outcome(new BitSet(), null, KafkaSettings.reason(e));
        }
    }

    private ProducerRecord<byte[], byte[]> entryOf(Entry entry) {
        ProducerRecord<byte[], byte[]> result = new ProducerRecord<>(name, entry.key(), entry.value());
        if (entry.id() != null) {
            result.headers().add(ID, entry.id().getBytes(StandardCharsets.UTF_8));
        }
        return result;
    }

    /** If the server does not answer, no other entry is sent, because each would have to wait for it. */
    private static boolean isFailed(Future<?> future) throws InterruptedException {
        if (!future.isDone()) {
            return false;
        }
        try {
            future.get();
            return false;
        } catch (ExecutionException e) {
            return !isOfRecord(e.getCause());
        }
    }

    private static Outcome outcome(List<Future<RecordMetadata>> sent, int all) throws InterruptedException {
        BitSet taken = new BitSet();
        String refusal = null;
        String failure = sent.size() < all ? "not all were sent" : null;
        for (int i = 0; i < sent.size(); i++) {
            try {
                sent.get(i).get();
                taken.set(i);
            } catch (ExecutionException e) {
                if (isOfRecord(e.getCause())) {
                    refusal = KafkaSettings.reason(e.getCause());
                } else {
                    failure = KafkaSettings.reason(e.getCause());
                }
            }
        }
        return new Outcome(taken, refusal, failure);
    }

    /** Whether the cause is this record, whatever becomes of others. */
    private static boolean isOfRecord(Throwable reason) {
        return reason instanceof RecordTooLargeException || reason instanceof RecordBatchTooLargeException || reason instanceof InvalidRecordException;
    }

    @Override
    public void close() {
        producer.close(CLOSING);
    }
}
