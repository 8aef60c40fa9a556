package org.intelmq.server;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.intelmq.server.outside.Arrivals;
import org.intelmq.server.outside.KafkaTopic;
import org.intelmq.server.outside.Misp;
import org.intelmq.server.outside.TcpReceiver;
import org.intelmq.server.outside.TcpSender;
import org.intelmq.server.testing.ServerProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * From clients on a TCP port through a sieve to Kafka, to another IntelMQ and to a MISP, on a server that is killed while it writes to
 * all of them. Nothing is lost. What nobody has confirmed when the server is killed comes again, to us from the clients and from us to
 * the other IntelMQ; Kafka's readers tell by the identity, and MISP is asked first.
 */
class StreamPipelineIT {

    private static final int MESSAGES_AFTER_THE_KILL = 200;
    private static final int CLIENTS = 4;
    private static final int BATCH = 500;
    private static final Duration LONG_ENOUGH = Duration.ofMinutes(2);

    @TempDir
    private Path root;

    @Test
    void losesNothingAndDoublesOnlyWhatTheOtherSideCannotTell() throws Exception {
        KafkaTopic topic = new KafkaTopic("events", StreamPipelineIT::comment);
        int port = ServerProcess.freePort();
        try (TcpReceiver other = new TcpReceiver(StreamPipelineIT::comment); Misp misp = new Misp("comment")) {
            configure(port, other, misp);
            other.events().holdAt(50);
            misp.added().holdAt(10);
            try (TcpSender sender = new TcpSender(port, CLIENTS, StreamPipelineIT::message)) {
                try (ServerProcess server = ServerProcess.start(root)) {
                    await().atMost(LONG_ENOUGH).until(() -> other.events().holds() && misp.added().holds() && topic.length() > 0);
                    server.kill();
                }
                other.events().open();
                misp.added().open();
                int messages = sender.endAfter(MESSAGES_AFTER_THE_KILL);
                try (ServerProcess server = ServerProcess.start(root)) {
                    await().atMost(LONG_ENOUGH).until(() -> sender.isDone() && server.queues().values().stream().allMatch(length -> length == 0));
                    assertEquals(0, server.stop());
                }
                KafkaTopic.Contents kafka = topic.read();
                report("Kafka", messages, kafka.all());
                report("Kafka by identity", messages, kafka.byIdentity());
                report("TCP", messages, other.events());
                report("MISP", (messages + 4) / 5, misp.added());
                System.out.println(sender.again() + " messages were sent to us again");
                assertTrue(sender.again() <= CLIENTS, "each client had at most one message on its way");
                assertTrue(kafka.byIdentity().doubled() <= sender.again(), "only what came to us twice is in Kafka under two identities");
                assertTrue(other.events().doubled() <= sender.again() + BATCH, "only the batch on its way went to the other IntelMQ again");
                assertEquals(0, misp.added().doubled(), "events that are in MISP twice");
                assertEquals(List.of(), misp.faults());
            }
        }
    }

    private static void report(String where, int expected, Arrivals arrivals) {
        System.out.printf("%s: %d events, lost %d, doubled %d%n", where, expected, expected - arrivals.distinct(), arrivals.doubled());
        assertEquals(expected, arrivals.distinct(), where);
    }

    private static String comment(Map<?, ?> event) {
        return (String) event.get("comment");
    }

    private static String message(int number) {
        return "{\"__type\": \"Event\", \"source.ip\": \"198.51.100." + number % 250 + "\", \"classification.type\": \"scanner\", \"comment\": \"n" + number
                + "\"}";
    }

    private void configure(int port, TcpReceiver other, Misp misp) throws Exception {
        Files.createDirectories(root.resolve("etc"));
        Files.writeString(root.resolve("etc/routes.sieve"), """
                if comment =~ "[05]$" { path ["_default", "misp"] }
                """);
        Files.writeString(root.resolve("etc/runtime.yaml"), """
                incoming:
                  group: Collector
                  module: intelmq.bots.collectors.tcp.collector
                  parameters: {name: TCP, port: %2$d, destination_queues: {_default: [events-queue]}}
                events:
                  group: Parser
                  module: intelmq.bots.parsers.json.parser
                  parameters: {destination_queues: {_default: [routes-queue]}}
                routes:
                  group: Expert
                  module: intelmq.bots.experts.sieve.expert
                  parameters: {file: %1$s/etc/routes.sieve, destination_queues: {_default: [kafka-queue, other-queue], misp: [misp-queue]}}
                kafka:
                  group: Output
                  module: intelmq.bots.outputs.kafka.output
                  parameters: {bootstrap_servers: '%3$s', topic: events}
                other:
                  group: Output
                  module: intelmq.bots.outputs.tcp.output
                  parameters: {ip: 127.0.0.1, port: %4$d}
                misp:
                  group: Output
                  module: intelmq.bots.outputs.misp.output_api
                  parameters: {misp_url: '%5$s', misp_key: '%6$s', misp_tag_for_bot: %7$s, significant_fields: [comment, source.ip]}
                """.formatted(root, port, KafkaTopic.server(), other.port(), misp.url(), Misp.KEY, Misp.TAG));
    }
}
