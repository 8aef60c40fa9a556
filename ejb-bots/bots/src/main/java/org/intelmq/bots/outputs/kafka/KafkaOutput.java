package org.intelmq.bots.outputs.kafka;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.intelmq.bot.BatchBot;
import org.intelmq.bot.BotContext;
import org.intelmq.bot.BotType;
import org.intelmq.bot.FieldNames;
import org.intelmq.bot.Outbox;
import org.intelmq.bot.OutputFormat;
import org.intelmq.bot.OutputParams;
import org.intelmq.bot.Param;
import org.intelmq.bot.TakenEvents;
import org.intelmq.bot.UnavailableException;
import org.intelmq.bots.kafka.KafkaParams;
import org.intelmq.message.Field;
import org.intelmq.message.Message;
import org.intelmq.text.encoding.LoneSurrogates;
import org.intelmq.text.python.PythonText;

/**
 * A batch is sent as a whole, and has arrived when all in-sync replicas have it. After a crash it may arrive twice; a reader can recognise it
 * by the header {@code intelmq-id}, which is the event's identity.
 */
public final class KafkaOutput implements BatchBot<Message> {

    /** Compression of what is sent. */
    public enum Compression { NONE, GZIP, SNAPPY, LZ4, ZSTD }

    public record Params(
            KafkaParams server,
            @Param(value = "Topic to write to.", example = "intelmq-events")
            String topic,
            @Param(value = "Field that decides on the partition: events with the same value stay in order.", optional = true, neverEmpty = true,
                    example = "source.ip", fields = FieldNames.LOOKED_AT)
            String keyField,
            @Param(value = "Compression of the messages.", byDefault = "none")
            Compression compressionType,
            OutputParams output) {

        public Params {
            KafkaParams.checkTopic(topic);
        }
    }

    public static final BotType<Params> TYPE = BotType.output("intelmq.bots.outputs.kafka.output", "Kafka",
            "Writes events to a topic of Apache Kafka.", Params.class, KafkaOutput::new).waiting();

    private final Params params;
    private final String name;
    private final OutputFormat format;
    private final Field keyField;
    private final TakenEvents taken = new TakenEvents();
    private Topic topic;

    KafkaOutput(Params params, BotContext context) {
        params.server().check();
        this.params = params;
        this.name = "intelmq-" + context.botId();
        this.format = new OutputFormat(params.output());
        this.keyField = params.keyField() == null ? null : Field.of(params.keyField());
    }

    @Override
    public void process(Message event, Outbox out) throws IOException, InterruptedException {
        processAll(List.of(event), out);
    }

    @Override
    public void processAll(List<Message> events, Outbox out) throws IOException, InterruptedException {
        List<Message> left = taken.left(events);
        if (left.isEmpty()) {
            return;
        }
        List<Topic.Entry> entries = left.stream().map(this::entry).toList();
        if (topic == null) {
            topic = new Topic(params.server(), params.topic(), params.compressionType().name().toLowerCase(Locale.ROOT), name);
        }
        Topic.Outcome outcome = topic.write(entries);
        if (outcome.isWhole()) {
            return;
        }
        taken.add(IntStream.range(0, left.size()).filter(outcome.taken()::get).mapToObj(left::get).toList());
        if (outcome.refusal() != null) {
            throw new IOException("topic '" + params.topic() + "' of " + params.server() + " refused the event: " + outcome.refusal());
        }
        close();
        throw new UnavailableException(params.server() + " has not taken all events for topic '" + params.topic() + "': " + outcome.failure());
    }

    private Topic.Entry entry(Message event) {
        Object key = keyField == null ? null : event.get(keyField);
        return new Topic.Entry(event.id(), key == null ? null : LoneSurrogates.BACKSLASHREPLACE.encode(PythonText.str(key)),
                LoneSurrogates.BACKSLASHREPLACE.encode(format.text(event)));
    }

    @Override
    public void close() {
        if (topic != null) {
            topic.close();
            topic = null;
        }
    }
}
