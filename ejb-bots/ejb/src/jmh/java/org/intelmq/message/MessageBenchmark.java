package org.intelmq.message;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What happens to every event at every hop, with an event of 700 bytes. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
public class MessageBenchmark {

    private static final String EVENT = "{\"feed.accuracy\": 100.0, \"feed.name\": \"Sinkhole connections\", "
            + "\"feed.provider\": \"Example Research\", \"feed.url\": \"https://feeds.example.org/sinkhole.csv\", "
            + "\"time.observation\": \"2024-03-05T13:00:01+00:00\", \"time.source\": \"2024-03-05T12:34:56+00:00\", "
            + "\"source.ip\": \"198.51.100.23\", \"source.port\": 49152, \"source.asn\": 64496, "
            + "\"source.fqdn\": \"host-23.customers.example.net\", \"source.geolocation.cc\": \"AT\", "
            + "\"destination.ip\": \"203.0.113.80\", \"destination.port\": 443, \"malware.name\": \"examplebot\", "
            + "\"classification.type\": \"infected-system\", \"protocol.transport\": \"tcp\", "
            + "\"extra.tag\": \"botnet\", \"extra.requests\": 17, \"raw\": \"MTk4LjUxLjEwMC4yMyw0OTE1Miw2NDQ5Ng==\", "
            + "\"__type\": \"Event\"}";

    private final Harmonization harmonization = Harmonization.standard();
    private final byte[] bytes = EVENT.getBytes(StandardCharsets.UTF_8);
    private final Message event = MessageJson.parse(EVENT, harmonization, null);
    private final OutputStream output = OutputStream.nullOutputStream();

    @Benchmark
    public Message parseChecked() {
        return MessageJson.parse(bytes, harmonization, null);
    }

    @Benchmark
    public Message decodeTrusted() {
        return MessageJson.decode(bytes, 0, bytes.length, harmonization);
    }

    @Benchmark
    public String serialize() {
        return MessageJson.serialize(event);
    }

    @Benchmark
    public void encode() throws IOException {
        MessageJson.encode(event, output);
    }

    @Benchmark
    public Message tenAdds() {
        return new Event(harmonization)
                .add(Fields.TIME_SOURCE, "2024-03-05 12:34:56")
                .add(Fields.SOURCE_IP, "198.51.100.23")
                .add(Fields.SOURCE_PORT, "49152")
                .add(Fields.SOURCE_ASN, "64496")
                .add(Fields.SOURCE_FQDN, "host-23.customers.example.net")
                .add(Fields.SOURCE_URL, "http://host-23.customers.example.net/gate.php?id=17")
                .add(Fields.MALWARE_NAME, "examplebot")
                .add(Fields.CLASSIFICATION_TYPE, "infected-system")
                .add(Fields.PROTOCOL_TRANSPORT, "tcp")
                .add(Fields.COMMENT, "Connected to a sinkhole");
    }

    @Benchmark
    public String hash() {
        return MessageHash.ofAll(event);
    }

    @Benchmark
    public Message copy() {
        return event.copy();
    }
}
