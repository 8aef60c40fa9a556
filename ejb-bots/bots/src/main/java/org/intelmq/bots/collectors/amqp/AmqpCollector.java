package org.intelmq.bots.collectors.amqp;

import com.rabbitmq.client.Delivery;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import org.intelmq.bot.BotContext;
import org.intelmq.bot.BotType;
import org.intelmq.bot.Form;
import org.intelmq.bot.Intake;
import org.intelmq.bot.Param;
import org.intelmq.bot.StreamBot;
import org.intelmq.bot.UndecodableException;
import org.intelmq.bots.amqp.AmqpConnection;
import org.intelmq.bots.amqp.AmqpParams;
import org.intelmq.files.SharedMemory;
import org.intelmq.message.Fields;
import org.intelmq.message.IfPresent;
import org.intelmq.message.InvalidKey;
import org.intelmq.message.InvalidValue;
import org.intelmq.message.Message;
import org.intelmq.message.MessageJson;
import org.intelmq.message.Report;
import org.intelmq.stream.PushedMemory;
import org.intelmq.text.encoding.Base64Text;

/**
 * The server keeps each message until it is acknowledged. A message with an id is taken once, even if it comes again after a crash. One
 * without an id could be either a repetition or a new message with the same content, so it is taken again.
 */
public final class AmqpCollector implements StreamBot {

    public record Params(
            AmqpParams server,
            @Param(value = "Queue to read, which must exist.", example = "intelmq", form = Form.LINE)
            String queueName,
            @Param(value = "Whether the messages are IntelMQ's own reports or events, which are passed on unchanged.", byDefault = "false")
            boolean expectIntelmqMessage) { }

    public static final BotType<Params> TYPE = BotType.stream("intelmq.bots.collectors.amqp.collector_amqp", "AMQP",
            "Receives messages from a queue of an AMQP 0-9-1 server such as RabbitMQ.", Params.class, AmqpCollector::new);

    private final Params params;
    private final BotContext context;
    private final MessageDigest sha256;
    private final PushedMemory memory;
    private int ahead = Inflow.MOST_AHEAD;

    AmqpCollector(Params params, BotContext context) throws NoSuchAlgorithmException {
        params.server().check();
        this.params = params;
        this.context = context;
        this.sha256 = MessageDigest.getInstance("SHA-256");
        this.memory = PushedMemory.ofServer(context.log());
    }

    @Override
    public void run(Intake intake) throws IOException, InterruptedException {
        while (true) {
            try {
                read(intake);
            } catch (Inflow.TooManyAheadException e) {
                context.log().log(Level.FINE, "Reading on with fewer messages ahead.", e);
            }
        }
    }

    private void read(Intake intake) throws IOException, InterruptedException {
        try (AmqpConnection connection = intake.closeAtStop(AmqpConnection.open(params.server(), "intelmq " + context.botId()))) {
            Inflow inflow = Inflow.of(connection, params.queueName(), ahead);
            try {
                intake.connected();
                while (true) {
                    takeNext(inflow, intake);
                }
            } finally {
                if (inflow.areTooLarge()) {
                    ahead = Inflow.FEW_AHEAD;
                    context.log().info("Queue '" + params.queueName() + "' has messages of " + Inflow.LARGE + " bytes or more: from now on, the server sends "
                            + "only " + ahead + " at a time, so that they find room in the memory.");
                }
            }
        }
    }

    private void takeNext(Inflow inflow, Intake intake) throws IOException, InterruptedException {
        List<Delivery> arrived = inflow.next();
        try (SharedMemory.Share share = memory.share()) {
            memory.await(share, arrived.stream().mapToLong(each -> each.getBody().length).sum());
            take(arrived, intake);
        }
        inflow.acknowledge(arrived.get(arrived.size() - 1));
    }

    private void take(List<Delivery> arrived, Intake intake) throws InterruptedException {
        Map<Intake.Item, Delivery> items = new LinkedHashMap<>();
        for (Delivery each : arrived) {
            try {
                Message message = message(each.getBody());
                if (message != null) {
                    items.put(new Intake.Item(message, identity(each)), each);
                }
            } catch (RuntimeException e) {
                intake.reject(report(each.getBody()), e);
            }
        }
        try {
            intake.take(List.copyOf(items.keySet()));
        } catch (UndecodableException | InvalidKey | InvalidValue e) {
            context.log().log(Level.FINE, "One of the messages cannot be passed on; they are taken one by one.", e);
            for (Map.Entry<Intake.Item, Delivery> each : items.entrySet()) {
                takeAlone(each.getKey(), each.getValue(), intake);
            }
        }
    }

    private void takeAlone(Intake.Item item, Delivery delivery, Intake intake) throws InterruptedException {
        try {
            intake.take(List.of(item));
        } catch (UndecodableException | InvalidKey | InvalidValue e) {
            intake.reject(report(delivery.getBody()), e);
        }
    }

    /** Returns {@code null} if the message is empty. */
    private Message message(byte[] body) {
        if (params.expectIntelmqMessage()) {
            return MessageJson.parse(body, context.harmonization(), null);
        }
        return body.length == 0 ? null : report(body);
    }

    private Report report(byte[] body) {
        Report report = context.newReport();
        if (body.length > 0) {
            report.addUnsanitized(Fields.RAW, Base64Text.encode(body), IfPresent.REPLACE, true);
        }
        return report;
    }

    /** Includes a hash of the content, because senders may use an id again. */
    private String identity(Delivery each) {
        String id = each.getProperties().getMessageId();
        if (id == null || id.isEmpty()) {
            return null;
        }
        sha256.update(params.queueName().getBytes(StandardCharsets.UTF_8));
        return id + '#' + HexFormat.of().formatHex(sha256.digest(each.getBody()), 0, 16);
    }
}
