package org.intelmq.bots.outputs.amqptopic;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.intelmq.bot.BatchBot;
import org.intelmq.bot.BotContext;
import org.intelmq.bot.BotType;
import org.intelmq.bot.Outbox;
import org.intelmq.bot.OutputFormat;
import org.intelmq.bot.OutputParams;
import org.intelmq.bot.TakenEvents;
import org.intelmq.bot.UnavailableException;
import org.intelmq.bots.amqp.AmqpParams;
import org.intelmq.message.Message;
import org.intelmq.text.encoding.LoneSurrogates;
import org.intelmq.text.python.FormatTemplate;

/**
 * A batch is published as a whole, and the server confirms each message. After a broken connection, unconfirmed messages are published again;
 * a receiver can recognise them by the message id, which is the event's identity.
 */
public final class AmqpTopicOutput implements BatchBot<Message> {

    public record Params(AmqpParams server, ExchangeParams exchange, OutputParams output) { }

    public static final BotType<Params> TYPE = BotType.output("intelmq.bots.outputs.amqptopic.output", "AMQP Topic",
            "Publishes events to an exchange of an AMQP 0-9-1 server such as RabbitMQ.", Params.class, AmqpTopicOutput::new).waiting();

    private static final int LONGEST_ROUTING_KEY = 255;

    private final Params params;
    private final String name;
    private final OutputFormat format;
    /** {@code null} if the key is the same for all. */
    private final FormatTemplate routingKey;
    private final TakenEvents taken = new TakenEvents();
    private Publisher publisher;

    AmqpTopicOutput(Params params, BotContext context) {
        params.server().check();
        this.params = params;
        this.name = "intelmq " + context.botId();
        this.format = new OutputFormat(params.output());
        this.routingKey = params.exchange().formatRoutingKey() ? FormatTemplate.compile(params.exchange().routingKey()) : null;
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
        List<Letter> letters = new ArrayList<>(left.size());
        for (Message event : left) {
            letters.add(letter(event));
        }
        Receipts receipts = open().publish(letters);
        String failure = receipts.failure();
        int lost = receipts.firstReturned();
        if (failure == null && lost < 0) {
            return;
        }
        taken.add(IntStream.range(0, left.size()).filter(receipts::isTaken).mapToObj(left::get).toList());
        if (failure != null) {
            String server = publisher.toString();
            close();
            throw new UnavailableException(server + " has not confirmed all events: " + failure);
        }
        String problem = "no queue is bound to " + params.exchange() + " of " + publisher + " for routing key \"" + letters.get(lost).routingKey()
                + "\": bind one there, or correct exchange_name or routing_key";
        if (routingKey == null) {
            // none would get through
            throw new UnavailableException(problem);
        }
        throw new IOException(problem);
    }

    private Letter letter(Message event) {
        String key = routingKey == null ? params.exchange().routingKey() : routingKey.fill(wanted -> named(wanted, event));
        int length = key.getBytes(StandardCharsets.UTF_8).length;
        if (length > LONGEST_ROUTING_KEY) {
            throw new IllegalArgumentException("the routing key \"" + key + "\" has " + length + " bytes, more than the " + LONGEST_ROUTING_KEY + " of AMQP");
        }
        String id = event.id() == null ? UUID.randomUUID().toString() : event.id();
        return new Letter(id, key, LoneSurrogates.BACKSLASHREPLACE.encode(format.text(event)));
    }

    private static FormatTemplate.Indexed named(String name, Message event) {
        if (!name.equals("ev")) {
            throw new IllegalArgumentException("parameter 'routing_key' knows no '" + name + "': expected fields of the event as {ev[source.ip]}");
        }
        return key -> {
            if (!event.has(key.toString())) {
                throw new IllegalArgumentException("parameter 'routing_key' needs the field " + key + ", which the event does not have");
            }
            return event.get(key.toString());
        };
    }

    private Publisher open() {
        if (publisher != null && !publisher.isOpen()) {
            close();
        }
        if (publisher == null) {
            publisher = new Publisher(params.server(), params.exchange(), name);
        }
        return publisher;
    }

    @Override
    public void close() {
        if (publisher != null) {
            publisher.close();
            publisher = null;
        }
    }
}
