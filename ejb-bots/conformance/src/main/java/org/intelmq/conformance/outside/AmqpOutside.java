package org.intelmq.conformance.outside;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.GetResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.intelmq.replay.Comparison;
import org.intelmq.replay.Markers;
import org.intelmq.replay.Plain;
import org.intelmq.replay.StreamSource;

/** A server that speaks AMQP 0-9-1, with the exchange and queue of the case, and what it has in its queue afterwards. */
final class AmqpOutside implements Outside {

    /** {@code amqp} in {@code given} and {@code sent}, {@code amqp_queue} in {@code given}. */
    static final class Kind implements OutsideKind {

        @Override
        public Set<String> given() {
            return Set.of("amqp", "amqp_queue");
        }

        @Override
        public Set<String> compared() {
            return Set.of("amqp", "after.messages_left_in_queue");
        }

        @Override
        public Outside start(Map<String, Object> record, Path folder) throws Exception {
            Map<String, Object> given = Plain.map(record.get("given"));
            AmqpOutside outside = new AmqpOutside(AmqpServer.start(folder));
            outside.prepare((String) given.getOrDefault("amqp", ""), given.containsKey("amqp_queue") ? Plain.list(given.get("amqp_queue")) : null);
            return outside;
        }
    }

    private static final String QUEUE = "q1";
    private static final long PATIENCE_MILLIS = 3_000;
    private static final long LOOK_AGAIN_MILLIS = 20;
    private static final long ACKNOWLEDGEMENT_MILLIS = 300;
    /** How cases say what is there. */
    private static final Pattern EXCHANGE = Pattern.compile("exchange (\\w+) \\((\\w+), durable\\) bound to queue q1(?: with (\\S+))?");
    private static final Pattern NOTHING = Pattern.compile("nothing: .*|no queue|");
    private static final Pattern QUEUE_ONLY = Pattern.compile("queue q1, default exchange");

    private final AmqpServer server;

    private AmqpOutside(AmqpServer server) {
        this.server = server;
    }

    private Connection connect() throws IOException, TimeoutException {
        ConnectionFactory factory = new ConnectionFactory();
        factory.setHost("127.0.0.1");
        factory.setPort(server.port());
        return factory.newConnection();
    }

    /** @param bodies what is in the queue; {@code null} if there is none of itself */
    private void prepare(String description, List<Object> bodies) throws IOException, TimeoutException {
        Matcher exchange = EXCHANGE.matcher(description);
        try (Connection connection = connect()) {
            Channel channel = connection.createChannel();
            boolean isBound = exchange.matches();
            if (isBound || bodies != null || QUEUE_ONLY.matcher(description).matches()) {
                channel.queueDeclare(QUEUE, true, false, false, null);
            } else if (!NOTHING.matcher(description).matches()) {
                throw new IllegalArgumentException("no AMQP server can be made of \"" + description + '"');
            }
            if (isBound) {
                channel.exchangeDeclare(exchange.group(1), exchange.group(2), true);
                channel.queueBind(QUEUE, exchange.group(1), exchange.group(3) == null ? "" : exchange.group(3));
            }
            for (Object body : bodies == null ? List.of() : bodies) {
                channel.basicPublish("", QUEUE, null, body instanceof Markers.Bytes bytes ? bytes.content() : ((String) body).getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    @Override
    public Map<String, Object> places() {
        return Map.of(PORT, (long) server.port());
    }

    @Override
    public StreamSource source() {
        return this::awaitEmptyQueue;
    }

    /** And for the acknowledgement of what was in it, which nobody tells of. */
    private void awaitEmptyQueue() throws IOException, TimeoutException, InterruptedException {
        try (Connection connection = connect()) {
            Channel channel = connection.createChannel();
            long end = System.nanoTime() + PATIENCE_MILLIS * 1_000_000;
            while (channel.messageCount(QUEUE) > 0 && System.nanoTime() < end) {
                Thread.sleep(LOOK_AGAIN_MILLIS);
            }
            Thread.sleep(ACKNOWLEDGEMENT_MILLIS);
        }
    }

    @Override
    public void compare(Map<String, Object> record, Comparison comparison) throws IOException, TimeoutException {
        List<Object> left = drain();
        Map<String, Object> sent = Plain.map(record.get("sent"));
        if (sent.containsKey("amqp")) {
            comparison.compare("sent.amqp", sent.get("amqp"), left);
        }
        Map<String, Object> after = Plain.map(record.get("after"));
        if (after.containsKey("messages_left_in_queue")) {
            comparison.compare("after.messages_left_in_queue", after.get("messages_left_in_queue"), (long) left.size());
        }
    }

    private List<Object> drain() throws IOException, TimeoutException {
        List<Object> found = new ArrayList<>();
        try (Connection connection = connect()) {
            Channel channel = connection.createChannel();
            if (!hasQueue(connection)) {
                return found;
            }
            for (GetResponse message = channel.basicGet(QUEUE, true); message != null; message = channel.basicGet(QUEUE, true)) {
                Map<String, Object> entry = new LinkedHashMap<>();
                entry.put("queue", QUEUE);
                entry.put("exchange", message.getEnvelope().getExchange());
                entry.put("routing_key", message.getEnvelope().getRoutingKey());
                entry.put("content_type", message.getProps().getContentType());
                entry.put("delivery_mode", message.getProps().getDeliveryMode());
                entry.put("body", new String(message.getBody(), StandardCharsets.UTF_8));
                found.add(entry);
            }
        }
        return found;
    }

    private static boolean hasQueue(Connection connection) throws IOException {
        try {
            connection.createChannel().queueDeclarePassive(QUEUE);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
