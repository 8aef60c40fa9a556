package org.intelmq.conformance;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.intelmq.network.JdkHttp;
import org.intelmq.replay.Replay;
import org.intelmq.replay.ReplaySite;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Cases of outputs that speak to servers of other kinds than the web: these run while the case does, and what they saw is compared. */
@Timeout(60)
class ServersReplayTest {

    @TempDir
    private Path folder;

    private String replay(String bot, String parameters, String given, String sent) throws Exception {
        Path cases = Files.writeString(folder.resolve("cases.jsonl"), "{\"id\": \"a\", \"bot\": \"intelmq.bots.outputs." + bot + "\", \"parameters\": {"
                + parameters + "}, \"given\": " + given + ", \"input\": [{\"__type\": \"Event\", \"source.port\": 80}], \"output\": {\"_default\": []}, "
                + "\"sent\": " + sent + ", \"error\": []}\n");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Replay.Options options = new Replay.Options(List.of(cases), Set.of(), false, false, true);
        ReplaySite site = Sites.at(folder);
        int code = new Replay(options, site, new PrintStream(out, true, StandardCharsets.UTF_8),
                continued -> new Conformance().begin(site, continued, null, JdkHttp::new)).run();
        return code + " " + out.toString(StandardCharsets.UTF_8);
    }

    /** Passes as it is, and fails with another port in what was sent. */
    private void check(String bot, String parameters, String given, String sent, String place) throws Exception {
        String told = replay(bot, parameters, given, sent);
        assertTrue(told.startsWith("0 "), told);
        String other = replay(bot, parameters, given, sent.replace("80", "81"));
        assertTrue(other.startsWith("1 FAILED a\n  " + place), other);
    }

    @Test
    void tcpFollowsTheScriptOfEachConnection() throws Exception {
        String frame = "\\u0000\\u0000\\u0000\\u0013{\\\"source.port\\\": 80}";
        check("tcp.output", "\"ip\": \"127.0.0.1\", \"port\": \"{port}\"",
                "{\"tcp\": {\"listens\": true, \"connections\": [[\"frame\", \"reset\"], [\"frame\", [\"send\", \"Ok\"], \"rest\"]]}}",
                "{\"tcp\": [{\"received\": \"" + frame + "\", \"replied\": []}, {\"received\": \"" + frame + "\", \"replied\": [\"Ok\"]}]}",
                "sent.tcp[0].received");
    }

    @Test
    void udpKeepsTheDatagrams() throws Exception {
        check("udp.output", "\"udp_port\": \"{port}\", \"format\": \"json\", \"header\": \"\"", "{\"udp\": {\"listens\": true}}",
                "{\"udp\": [\"{\\\"source.port\\\": 80}\\n\"]}", "sent.udp[0]");
    }

    @Test
    void mongoDbKeepsWhatIsInserted() throws Exception {
        check("mongodb.output", "\"host\": \"127.0.0.1\", \"port\": \"{port}\", \"database\": \"db\", \"collection\": \"c\"",
                "{\"mongodb\": {\"version\": \"4.4.0\"}}",
                "{\"mongodb\": [{\"insert\": \"c\", \"ordered\": true, \"$db\": \"db\", \"documents\": [{\"_id\": \"{id}\", \"source_port\": 80}]}]}",
                "sent.mongodb[0].documents[0].source_port");
    }

    @Test
    void amqpKeepsWhatIsInTheQueue() throws Exception {
        check("amqptopic.output", "\"connection_port\": \"{port}\", \"exchange_name\": \"x1\", \"routing_key\": \"rk\"",
                "{\"amqp\": \"exchange x1 (topic, durable) bound to queue q1 with #\"}",
                "{\"amqp\": [{\"queue\": \"q1\", \"exchange\": \"x1\", \"routing_key\": \"rk\", \"content_type\": \"application/json\", \"delivery_mode\": 2, "
                        + "\"body\": \"{\\\"source.port\\\": 80}\"}]}",
                "sent.amqp[0].body");
    }
}
