package org.intelmq.bots.collectors.kafka;

import java.io.IOException;
import java.util.List;
import org.intelmq.bot.BotContext;
import org.intelmq.bot.BotType;
import org.intelmq.bot.Intake;
import org.intelmq.bot.Param;
import org.intelmq.bot.StreamBot;
import org.intelmq.bots.kafka.KafkaParams;

/**
 * Offsets are committed to Kafka only after our own commit. A record that comes again after a crash has the same position in its partition,
 * and is taken once.
 */
public final class KafkaCollector implements StreamBot {

    public record Params(
            KafkaParams server,
            @Param(value = "Topics to read.", example = "intelmq-reports")
            List<String> topic) {

        public Params {
            if (topic.isEmpty()) {
                throw new IllegalArgumentException("parameter 'topic' cannot be empty: expected one or more topics");
            }
            topic.forEach(KafkaParams::checkTopic);
        }
    }

    public static final BotType<Params> TYPE = BotType.stream("intelmq.bots.collectors.kafka.collector", "Kafka",
            "Receives messages from topics of Apache Kafka.", Params.class, KafkaCollector::new);

    private final Params params;
    private final BotContext context;

    KafkaCollector(Params params, BotContext context) {
        params.server().check();
        this.params = params;
        this.context = context;
    }

    @Override
    public void run(Intake intake) throws IOException, InterruptedException {
        new KafkaReader(params, context).run(intake);
    }
}
