package org.intelmq.bots.collectors.shodan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import org.intelmq.bot.ConfigurationException;
import org.intelmq.testing.CannedHttp;
import org.intelmq.testing.Parameters;
import org.intelmq.testing.RecordingIntake;
import org.intelmq.testing.TestContext;
import org.junit.jupiter.api.Test;

class ShodanStreamCollectorTest {

    private static void receives(String address, Object... parameters) throws Exception {
        CannedHttp http = new CannedHttp().at(address, 200, "{\"ip\": 1}\n\n{\"ip\": 2}\n".getBytes(StandardCharsets.UTF_8));
        RecordingIntake intake = new RecordingIntake();
        intake.run(new ShodanStreamCollector(Parameters.of(ShodanStreamCollector.Params.class, parameters), new TestContext().http(http)));
        assertNull(intake.awaitEnd());
        assertEquals(2, intake.taken().size());
    }

    @Test
    void selectsByCountryOrByAlert() throws Exception {
        receives("https://stream.shodan.io/shodan/countries/AT,DE?key=k+1", "api_key", "k 1", "countries", "AT, DE");
        receives("https://stream.shodan.io/shodan/alert/ABC%2F1?key=k", "api_key", "k", "alert", "ABC/1");
    }

    @Test
    void refusesBoth() {
        assertEquals("parameters 'alert' and 'countries' cannot both be set: expected one of them", assertThrows(ConfigurationException.class,
                () -> new ShodanStreamCollector(Parameters.of(ShodanStreamCollector.Params.class, "api_key", "k", "countries", "AT", "alert", "A"),
                        new TestContext().http(new CannedHttp()))).getMessage());
    }
}
