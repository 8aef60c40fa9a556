package org.intelmq.bots.collectors.alienvaultotx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.intelmq.testing.CannedHttp;
import org.intelmq.testing.Poll;
import org.intelmq.testing.TestContext;
import org.junit.jupiter.api.Test;

class AlienVaultOtxCollectorTest {

    private static final String ALL = "https://otx.alienvault.com/api/v1/pulses/subscribed?limit=50";

    private final CannedHttp http = new CannedHttp();

    private List<String> collect(Object... parameters) throws Exception {
        return Poll.contents(Poll.once(Poll.collector(AlienVaultOtxCollector.TYPE, new TestContext().http(http), parameters)));
    }

    private void answer(String address, int status, String body) {
        http.at(address, status, body.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void followsThePagesWithItsKey() throws Exception {
        answer(ALL, 200, "{\"results\": [{\"id\": \"a\", \"name\": \"ü\"}], \"next\": \"" + ALL + "&page=2\"}");
        answer(ALL + "&page=2", 200, "{\"results\": [{\"id\": \"b\"}], \"next\": null}");
        assertEquals(List.of("[{\"id\": \"a\", \"name\": \"\\u00fc\"}, {\"id\": \"b\"}]"), collect("api_key", "k1"));
        assertEquals(2, http.asked().size());
        http.asked().forEach(asked -> {
            assertEquals("GET", asked.request().method());
            assertEquals("k1", asked.request().headers().firstValue("X-OTX-API-KEY").orElse(""));
        });
    }

    @Test
    void asksForWhatWasModifiedSinceTheInterval() throws Exception {
        answer("https://otx.alienvault.com/api/v1/pulses/subscribed?limit=9999&modified_since=2024-05-16T08%3A20%3A30", 200, "{\"results\": []}");
        assertEquals(List.of("[]"), collect("api_key", "k1", "modified_pulses_only", true, "interval", 26));
    }

    @Test
    void tellsNoOtherServerItsKey() throws Exception {
        answer(ALL, 200, "{\"results\": [{}], \"next\": \"https://otx.example/api?page=2\"}");
        IOException refused = assertThrows(IOException.class, () -> collect("api_key", "k1"));
        assertTrue(refused.getMessage().contains("https://otx.example/api?page=2: expected one of the same server"), refused.getMessage());
        assertEquals(1, http.asked().size());
    }

    @Test
    void aPageOverHttpIsFetchedOverTls() throws Exception {
        answer(ALL, 200, "{\"results\": [1], \"next\": \"" + ALL.replace("https", "http") + "&page=2\"}");
        answer(ALL + "&page=2", 200, "{\"results\": [2]}");
        assertEquals(List.of("[1, 2]"), collect("api_key", "k1"));
    }

    @Test
    void pagesThatLeadInACircleEnd() {
        answer(ALL, 200, "{\"results\": [1], \"next\": \"" + ALL + "\"}");
        assertTrue(assertThrows(IOException.class, () -> collect("api_key", "k1")).getMessage().contains("has no end"));
    }

    @Test
    void tellsWhatTheServerSays() {
        answer(ALL, 403, "{\"detail\": \"Authentication\n required\"}");
        assertEquals("GET " + ALL + " answered with status 403, expected 200: {\"detail\": \"Authentication required\"}",
                assertThrows(IOException.class, () -> collect("api_key", "k1")).getMessage());
    }
}
