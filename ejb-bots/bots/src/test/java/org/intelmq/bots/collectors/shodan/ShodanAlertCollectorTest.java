package org.intelmq.bots.collectors.shodan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.intelmq.parameters.ParameterSchema;
import org.intelmq.testing.CannedHttp;
import org.intelmq.testing.Parameters;
import org.intelmq.testing.RecordingIntake;
import org.intelmq.testing.TestContext;
import org.junit.jupiter.api.Test;

class ShodanAlertCollectorTest {

    private static ShodanAlertCollector collector(CannedHttp http, Object... parameters) {
        return new ShodanAlertCollector(Parameters.of(ShodanAlertCollector.Params.class, parameters), new TestContext().http(http));
    }

    @Test
    void receivesTheHostsOfAllAlerts() throws Exception {
        CannedHttp http = new CannedHttp().at("https://stream.shodan.io/shodan/alert?key=k+1", 200,
                "{\"ip\": 1}\n\n{\"ip\": 2}\n".getBytes(StandardCharsets.UTF_8));
        RecordingIntake intake = new RecordingIntake();
        intake.run(collector(http, "api_key", "k 1"));
        assertNull(intake.awaitEnd());
        assertEquals(2, intake.taken().size());
    }

    @Test
    void refusesWhatIsNoAddress() {
        assertEquals(List.of("parameter 'stream_url' cannot be \"a b\": expected an address such as https://service.example/"),
                ParameterSchema.of(ShodanAlertCollector.Params.class).read(Map.of("api_key", "k", "stream_url", "a b"), Set.of()).problems());
    }
}
