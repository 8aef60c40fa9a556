package org.intelmq.bots.collectors.kafka;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RecordDeserializationException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.intelmq.bot.BotContext;
import org.intelmq.bot.Intake;
import org.intelmq.bot.UnavailableException;
import org.intelmq.bot.UndecodableException;
import org.intelmq.bots.kafka.KafkaSettings;
import org.intelmq.files.SharedMemory;
import org.intelmq.message.Fields;
import org.intelmq.message.IfPresent;
import org.intelmq.message.Report;
import org.intelmq.stream.PushedMemory;
import org.intelmq.text.encoding.Base64Text;

/** Reads the topics. In a class of its own, so that Kafka's classes are loaded only when a bot that needs them runs. */
final class KafkaReader {

    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration CLOSING = Duration.ofSeconds(5);
    /** After this many polls without a record, the servers are asked whether they are there. */
    private static final int QUIET_POLLS = 30;
    /** What servers send at once, and what is unpacked at once, unless a single record is larger. */
    private static final int MOST_AT_ONCE = (int) Math.min(50 << 20, Runtime.getRuntime().maxMemory() / 8);
    /** Full queues hold up reading for longer than Kafka would otherwise wait. */
    private static final int HELD_UP_MILLIS = (int) Duration.ofHours(6).toMillis();

    private final KafkaCollector.Params params;
    private final BotContext context;
    private final PushedMemory memory;
    private final BoundedValues values;

    KafkaReader(KafkaCollector.Params params, BotContext context) {
        this(params, context, MOST_AT_ONCE);
    }

    /** @param most bytes of values that are unpacked at once, unless a single one is larger */
    KafkaReader(KafkaCollector.Params params, BotContext context, long most) {
        this.values = new BoundedValues(most);
        this.params = params;
        this.context = context;
        this.memory = PushedMemory.ofServer(context.log());
    }

    /** Runs until the bot is to stop. */
    void run(Intake intake) throws IOException, InterruptedException {
        KafkaConsumer<byte[], byte[]> consumer = KafkaSettings.make(params.server(),
                () -> new KafkaConsumer<>(settings(), new ByteArrayDeserializer(), values));
        try {
            intake.closeAtStop(consumer::wakeup);
            warnOfMissing(consumer);
            intake.connected();
            consumer.subscribe(params.topic());
            read(consumer, intake);
        } catch (WakeupException | InterruptException e) {
            throw (InterruptedException) new InterruptedException("the bot is being stopped").initCause(e);
        } catch (KafkaException e) {
            throw new UnavailableException(params.server() + " cannot be read: " + KafkaSettings.reason(e), e);
        } finally {
            Thread.interrupted();
            consumer.close(CloseOptions.timeout(CLOSING));
        }
    }

    private Map<String, Object> settings() {
        Map<String, Object> settings = KafkaSettings.of(params.server(), "intelmq-" + context.botId());
        int timeout = (int) Math.min(params.server().requestTimeout().toMillis(), Integer.MAX_VALUE);
        settings.put(ConsumerConfig.GROUP_ID_CONFIG, context.botId());
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, MOST_AT_ONCE);
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        settings.put(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG, HELD_UP_MILLIS);
        settings.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, timeout);
        settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, timeout);
        return settings;
    }

    /** Throws if no server answers. */
    private void warnOfMissing(KafkaConsumer<?, ?> consumer) {
        Set<String> there = consumer.listTopics().keySet();
        List<String> missing = params.topic().stream().filter(topic -> !there.contains(topic)).toList();
        if (!missing.isEmpty()) {
            context.log().warning(params.server() + " has no topics " + missing + " that this user may read: they are read as soon as they exist.");
        }
    }

    private void read(KafkaConsumer<byte[], byte[]> consumer, Intake intake) throws IOException, InterruptedException {
        int quiet = 0;
        while (true) {
            ConsumerRecords<byte[], byte[]> arrived = next(consumer, intake);
            if (arrived.isEmpty()) {
                if (++quiet % QUIET_POLLS == 0) {
                    consumer.listTopics();
                }
                continue;
            }
            quiet = 0;
            List<Intake.Item> items = new ArrayList<>(arrived.count());
            for (ConsumerRecord<byte[], byte[]> each : arrived) {
                if (each.value() != null && each.value().length > 0) {
                    items.add(new Intake.Item(report(each.value()), identity(each)));
                }
            }
            try (SharedMemory.Share share = memory.share()) {
                memory.await(share, values.bytes());
                intake.take(items);
            }
            consumer.commitSync();
        }
    }

    private ConsumerRecords<byte[], byte[]> next(KafkaConsumer<byte[], byte[]> consumer, Intake intake) throws InterruptedException {
        values.startAgain();
        try {
            return consumer.poll(POLL);
        } catch (RecordDeserializationException e) {
            String name = "the record " + e.offset() + " of " + e.topicPartition();
            Report told = context.newReport();
            told.add(Fields.RAW, name + " of " + params.server());
            intake.reject(told, new UndecodableException(name + " is passed over: " + e.getCause().getMessage(), e));
            consumer.seek(e.topicPartition(), e.offset() + 1);
            consumer.commitSync();
            return ConsumerRecords.empty();
        }
    }

    private Report report(byte[] value) {
        Report report = context.newReport();
        report.addUnsanitized(Fields.RAW, Base64Text.encode(value), IfPresent.REPLACE, true);
        return report;
    }

    /** Includes the time, because a topic that was created again counts from the beginning. */
    private static String identity(ConsumerRecord<?, ?> each) {
        return each.topic() + '/' + each.partition() + '/' + each.offset() + '@' + each.timestamp();
    }
}
