package org.intelmq.bots.outputs.amqptopic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.GetResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import org.intelmq.bot.UnavailableException;
import org.intelmq.bots.CuttableProxy;
import org.intelmq.bots.amqp.AmqpBroker;
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
class AmqpTopicOutputTest {

    private static AmqpBroker broker;

    @BeforeAll
    static void start() throws Exception {
        broker = AmqpBroker.running();
    }

    private static AmqpTopicOutput output(int port, Object... more) {
        List<Object> parameters = new ArrayList<>(List.of("connection_port", port));
        parameters.addAll(List.of(more));
        return new AmqpTopicOutput(Parameters.of(AmqpTopicOutput.Params.class, parameters.toArray()), new TestContext());
    }

    private static Message event(int number) {
        Message event = new Event(Harmonization.standard()).add("source.ip", "192.0.2." + number % 200).add("extra.n", number);
        event.identify("report-1." + number);
        return event;
    }

    private static List<Message> events(int number) {
        return new ArrayList<>(IntStream.range(0, number).mapToObj(AmqpTopicOutputTest::event).toList());
    }

    private static List<GetResponse> drain(String queue) throws Exception {
        List<GetResponse> found = new ArrayList<>();
        try (Connection connection = broker.connect()) {
            Channel channel = connection.createChannel();
            for (GetResponse each = channel.basicGet(queue, true); each != null; each = channel.basicGet(queue, true)) {
                found.add(each);
            }
        }
        return found;
    }

    private static List<String> identities(String queue) throws Exception {
        return drain(queue).stream().map(each -> each.getProps().getMessageId()).sorted().toList();
    }

    @Test
    void publishesABatchWithIdentitiesKeysAndProperties() throws Exception {
        broker.exchange("whole", "topic");
        try (AmqpTopicOutput output = output(broker.port(), "exchange_name", "whole", "routing_key", "ip.{ev[source.ip]}", "format_routing_key", true)) {
            output.processAll(events(500), new RecordingOutbox());
        }
        List<GetResponse> found = drain("whole");
        assertEquals(500, found.stream().map(each -> each.getProps().getMessageId()).distinct().count());
        GetResponse last = found.get(499);
        assertEquals("ip.192.0.2.99", last.getEnvelope().getRoutingKey());
        assertEquals("{\"extra.n\": 499, \"source.ip\": \"192.0.2.99\"}", new String(last.getBody(), StandardCharsets.UTF_8));
        assertEquals(List.of("application/json", 2, "report-1.499"),
                List.of(last.getProps().getContentType(), last.getProps().getDeliveryMode(), last.getProps().getMessageId()));
    }

    @Test
    void eventsWaitWhereNoQueueIsBoundAndOnlyTheOneFailsIfTheKeyIsItsOwn() throws Exception {
        broker.queue("some");
        try (AmqpTopicOutput output = output(broker.port(), "routing_key", "nobody")) {
            UnavailableException waits = assertThrows(UnavailableException.class, () -> output.processAll(events(2), new RecordingOutbox()));
            assertEquals("no queue is bound to the default exchange of AMQP server 127.0.0.1:" + broker.port() + " for routing key \"nobody\": "
                    + "bind one there, or correct exchange_name or routing_key", waits.getMessage());
        }
        List<Message> events = events(4);
        events.forEach(event -> event.add("feed.code", "some"));
        events.get(1).put("feed.code", "nobody");
        try (AmqpTopicOutput output = output(broker.port(), "routing_key", "{ev[feed.code]}", "format_routing_key", true)) {
            assertThrows(IOException.class, () -> output.processAll(events, new RecordingOutbox()));
            assertThrows(IOException.class, () -> output.process(events.get(1), new RecordingOutbox()));
            for (int i : List.of(0, 2, 3)) {
                output.process(events.get(i), new RecordingOutbox());
            }
        }
        assertEquals(List.of("report-1.0", "report-1.2", "report-1.3"), identities("some"));
    }

    @Test
    void afterAKillWithoutConfirmationNothingIsLostAndTheDoubleIsKnownByItsIdentity() throws Exception {
        broker.queue("killed");
        try (CuttableProxy line = new CuttableProxy(broker.port())) {
            AmqpTopicOutput killed = output(line.port(), "routing_key", "killed");
            killed.processAll(events(1), new RecordingOutbox());
            line.mute();
            CompletableFuture<Void> batch = CompletableFuture.runAsync(() -> {
                try {
                    killed.processAll(events(10), new RecordingOutbox());
                } catch (IOException | InterruptedException e) {
                    throw new CompletionException(e);
                }
            });
            while (line.swallowed() == 0) {
                Thread.onSpinWait();
            }
            line.cut();
            CompletionException failure = assertThrows(CompletionException.class, batch::join);
            assertTrue(failure.getCause() instanceof UnavailableException, failure.toString());
            killed.close();
            try (AmqpTopicOutput next = output(line.port(), "routing_key", "killed")) {
                next.processAll(events(10), new RecordingOutbox());
            }
        }
        assertEquals(10, identities("killed").stream().distinct().count());
    }

    @Test
    void connectsAnewAfterTheServerHasGone() throws Exception {
        broker.queue("again");
        try (CuttableProxy line = new CuttableProxy(broker.port()); AmqpTopicOutput output = output(line.port(), "routing_key", "again")) {
            output.processAll(events(1), new RecordingOutbox());
            line.cut();
            try {
                output.process(event(1), new RecordingOutbox());
            } catch (UnavailableException e) {
                // whether the end of the connection is noticed before or while publishing
                output.process(event(1), new RecordingOutbox());
            }
        }
        assertEquals(List.of("report-1.0", "report-1.1"), identities("again"));
    }

    @Test
    void waitsForAServerThatIsAwayAndForTheRightUser() throws Exception {
        try (AmqpTopicOutput output = output(1, "routing_key", "x")) {
            UnavailableException away = assertThrows(UnavailableException.class, () -> output.process(event(1), new RecordingOutbox()));
            assertEquals("AMQP server 127.0.0.1:1 cannot be reached, virtual host \"/\": Connection refused", away.getMessage());
        }
        try (AmqpTopicOutput output = output(broker.port(), "routing_key", "x", "username", "guest", "password", "wrong")) {
            String told = assertThrows(UnavailableException.class, () -> output.process(event(1), new RecordingOutbox())).getMessage();
            assertTrue(told.contains(" refuses the login: check username and password"), told);
            assertTrue(!told.contains("wrong"), told);
        }
    }

    @Test
    void saysWhichExchangeTheServerRefuses() throws Exception {
        broker.exchange("of-topics", "topic");
        try (AmqpTopicOutput output = output(broker.port(), "routing_key", "x", "exchange_name", "of-topics", "exchange_type", "fanout")) {
            String told = assertThrows(UnavailableException.class, () -> output.process(event(1), new RecordingOutbox())).getMessage();
            assertTrue(told.contains("refuses exchange 'of-topics' of type 'fanout', exchange_durable true: "), told);
        }
    }
}
