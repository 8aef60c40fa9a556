package org.intelmq.bots.collectors.blueliv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.intelmq.bot.ConfigurationException;
import org.intelmq.testing.CannedHttp;
import org.intelmq.testing.Poll;
import org.intelmq.testing.TestContext;
import org.junit.jupiter.api.Test;

class BluelivCrimeserverCollectorTest {

    private final CannedHttp http = new CannedHttp();

    @Test
    void sendsTheListOfServers() throws Exception {
        http.at("https://freeapi.blueliv.com/v1/crimeserver/online", 200,
                "{\"crimeServers\": [{\"url\": \"http://a.example/\"}, {\"url\": \"http://b.example/\"}], \"meta\": {}}".getBytes(StandardCharsets.UTF_8));
        assertEquals(List.of("[{\"url\": \"http://a.example/\"}, {\"url\": \"http://b.example/\"}]"),
                Poll.contents(Poll.once(Poll.collector(BluelivCrimeserverCollector.TYPE, new TestContext().http(http), "api_key", "k1"))));
        assertEquals("bearer k1", http.asked().get(0).request().headers().firstValue("Authorization").orElse(""));
    }

    @Test
    void refusesWhatIsNoAddress() {
        assertEquals("parameter 'api_url' cannot be \"ftp://api.example\": expected an address such as https://service.example/",
                assertThrows(ConfigurationException.class, () -> Poll.collector(BluelivCrimeserverCollector.TYPE, new TestContext().http(http), "api_key", "k1",
                        "api_url", "ftp://api.example")).getMessage());
    }
}
