package org.intelmq.bots.collectors.amqp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.intelmq.bot.StreamBot;
import org.intelmq.bot.UnavailableException;
import org.intelmq.bots.CuttableProxy;
import org.intelmq.bots.amqp.AmqpBroker;
import org.intelmq.bots.amqp.AmqpConnection;
import org.intelmq.bots.collectors.MeddlingIntake;
import org.intelmq.message.Fields;
import org.intelmq.message.Message;
import org.intelmq.message.MessageJson;
import org.intelmq.testing.Parameters;
import org.intelmq.testing.RecordingIntake;
import org.intelmq.testing.TestContext;
import org.intelmq.text.encoding.Base64Text;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class AmqpCollectorTest {

    private static AmqpBroker broker;

    @BeforeAll
    static void start() throws Exception {
        broker = AmqpBroker.running();
    }

    private static AmqpCollector collector(int port, String queue, Object... more) throws Exception {
        List<Object> parameters = new ArrayList<>(List.of("connection_port", port, "queue_name", queue));
        parameters.addAll(List.of(more));
        return new AmqpCollector(Parameters.of(AmqpCollector.Params.class, parameters.toArray()), new TestContext());
    }

    private static void publish(String queue, int from, int to, boolean named) throws Exception {
        try (Connection connection = broker.connect()) {
            Channel channel = connection.createChannel();
            channel.confirmSelect();
            for (int i = from; i < to; i++) {
                AMQP.BasicProperties properties = named ? new AMQP.BasicProperties.Builder().messageId("id-" + i).build() : null;
                channel.basicPublish("", queue, properties, ("message " + i).getBytes(StandardCharsets.UTF_8));
            }
            channel.waitForConfirmsOrDie(20_000);
        }
    }

    private static long left(String queue) throws Exception {
        try (Connection connection = broker.connect()) {
            return connection.createChannel().messageCount(queue);
        }
    }

    private static List<String> texts(List<Message> messages) {
        return messages.stream().map(each -> Base64Text.decode(each.text(Fields.RAW))).toList();
    }

    @Test
    void takesWhatComesInOrderAndAcknowledgesIt() throws Exception {
        broker.queue("in");
        publish("in", 0, 120, false);
        try (RecordingIntake intake = new RecordingIntake().run(collector(broker.port(), "in"))) {
            List<Message> taken = intake.await(120);
            assertEquals("message 0", texts(taken).get(0));
            assertEquals("message 119", texts(taken).get(119));
            publish("in", 120, 121, false);
            intake.await(121);
        }
        assertTrue(left("in") <= 1, "what was taken before the last is acknowledged");
    }

    private static void publishLarge(String queue, int number, int bytes) throws Exception {
        try (Connection connection = broker.connect()) {
            Channel channel = connection.createChannel();
            channel.confirmSelect();
            for (int i = 0; i < number; i++) {
                byte[] body = new byte[bytes];
                body[0] = (byte) i;
                channel.basicPublish("", queue, new AMQP.BasicProperties.Builder().messageId("large-" + i).build(), body);
            }
            channel.waitForConfirmsOrDie(20_000);
        }
    }

    @Test
    void onlyTwoLargeMessagesAreSentAhead() throws Exception {
        broker.queue("large");
        publishLarge("large", 20, Inflow.LARGE);
        try (RecordingIntake intake = new RecordingIntake()) {
            intake.full(true);
            intake.run(collector(broker.port(), "large"));
            intake.awaitWaiting(1);
            assertTrue(left("large") >= 18, "the rest stays at the server: " + left("large"));
            intake.full(false);
            intake.await(20);
        }
    }

    @Test
    void aMessageLargerThanTheMemoryIsNotReceived() throws Exception {
        broker.queue("giant");
        publishLarge("giant", 1, AmqpConnection.LARGEST + 1);
        try (RecordingIntake intake = new RecordingIntake().run(collector(broker.port(), "giant"))) {
            String message = intake.awaitEnd().getMessage();
            assertTrue(message.contains("a message has more than the " + AmqpConnection.LARGEST + " bytes"), message);
            assertTrue(message.contains("take it out of the queue, or give the server more memory (INTELMQ_HEAP)"), message);
        }
        broker.queue("giant");
    }

    @Test
    void whatIsNotTakenStaysAtTheServer() throws Exception {
        broker.queue("held");
        publish("held", 0, 200, false);
        try (RecordingIntake intake = new RecordingIntake()) {
            intake.full(true);
            intake.run(collector(broker.port(), "held"));
            intake.awaitConnection();
            assertTrue(left("held") >= 150, "only some are sent ahead");
        }
        assertEquals(200, left("held"));
    }

    @Test
    void whatComesAgainAfterACrashIsTakenOnceIfItIsNamed() throws Exception {
        broker.queue("crash");
        publish("crash", 0, 20, true);
        try (CuttableProxy line = new CuttableProxy(broker.port()); RecordingIntake intake = new RecordingIntake()) {
            AmqpCollector collector = collector(line.port(), "crash");
            StreamBot twice = real -> {
                assertThrows(Exception.class, () -> collector.run(new MeddlingIntake(real, () -> {
                    try {
                        line.cut();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                })));
                collector.run(real);
            };
            intake.run(twice);
            intake.await(20);
            publish("crash", 20, 21, true);
            assertEquals(21, texts(intake.await(21)).stream().distinct().count());
            assertEquals(21, intake.taken().size());
        }
    }

    @Test
    void messagesOfIntelMqGoOnAsTheyAreAndOthersAreKeptWithTheReason() throws Exception {
        broker.queue("own");
        List<String> sent = List.of("{\"source.ip\": \"192.0.2.7\", \"__type\": \"Event\"}", "no json", "{\"raw\": \"Zm9v\", \"__type\": \"Report\"}",
                "{\"source.ip\": \"nope\", \"__type\": \"Event\"}", "{\"source.ip\": \"192.0.2.7\"}");
        try (Connection connection = broker.connect()) {
            Channel channel = connection.createChannel();
            for (String each : sent) {
                channel.basicPublish("", "own", null, each.getBytes(StandardCharsets.UTF_8));
            }
        }
        try (RecordingIntake intake = new RecordingIntake().run(collector(broker.port(), "own", "expect_intelmq_message", true))) {
            intake.await(5);
            assertEquals(List.of(sent.get(0), sent.get(2)), intake.taken().stream().map(MessageJson::serialize).toList());
            assertEquals(List.of(sent.get(1), sent.get(3), sent.get(4)), texts(intake.rejected().stream().<Message>map(each -> each.part()).toList()));
            publish("own", 0, 1, false);
            intake.await(6);
        }
        assertTrue(left("own") <= 1, "what was taken before the last is acknowledged");
    }

    @Test
    void saysWhatKeepsItFromReading() throws Exception {
        try (RecordingIntake intake = new RecordingIntake().run(collector(broker.port(), "missing"))) {
            Throwable told = intake.awaitEnd();
            assertTrue(told instanceof UnavailableException && told.getMessage().startsWith("queue 'missing' of AMQP server 127.0.0.1:" + broker.port()
                    + " cannot be read: 404 "), String.valueOf(told));
        }
    }
}
