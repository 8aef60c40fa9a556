package org.intelmq.bots.collectors.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.intelmq.bot.ConfigurationException;
import org.intelmq.message.Fields;
import org.intelmq.testing.CannedHttp;
import org.intelmq.testing.Parameters;
import org.intelmq.testing.RecordingIntake;
import org.intelmq.testing.TestContext;
import org.junit.jupiter.api.Test;

class HttpStreamCollectorTest {

    private static final String ADDRESS = "http://user:secret@feeds.example/stream";

    private final RecordingIntake intake = new RecordingIntake();

    private RecordingIntake run(int status, String body) throws Exception {
        CannedHttp http = new CannedHttp().at(ADDRESS, status, body.getBytes(StandardCharsets.UTF_8));
        return intake.run(new HttpStreamCollector(Parameters.of(HttpStreamCollector.Params.class, "http_url", ADDRESS), new TestContext().http(http)));
    }

    @Test
    void makesAReportOfEachLine() throws Exception {
        assertNull(run(200, "one\r\n\n two \n").awaitEnd());
        assertEquals(List.of("one", "two"), intake.taken().stream()
                .map(report -> new String(Base64.getDecoder().decode(report.text(Fields.RAW)), StandardCharsets.UTF_8)).toList());
        assertEquals("http://user@feeds.example/stream", intake.taken().get(0).text(Fields.FEED_URL));
    }

    @Test
    void anotherStatusIsNoStream() throws Exception {
        assertEquals("HTTP response status code was 404 for http://***@feeds.example/stream, expected 200", run(404, "x").awaitEnd().getMessage());
        assertEquals(List.of(), intake.taken());
    }

    @Test
    void refusesWhatIsNoAddress() {
        ConfigurationException refusal = assertThrows(ConfigurationException.class, () -> new HttpStreamCollector(
                Parameters.of(HttpStreamCollector.Params.class, "http_url", "<insert url of feed>"), new TestContext().http(new CannedHttp())));
        assertEquals("parameter 'http_url' cannot be \"<insert url of feed>\": expected an address such as https://feeds.example/stream", refusal.getMessage());
    }
}
