package org.intelmq.bots.outputs.cif3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.intelmq.bot.UnavailableException;
import org.intelmq.message.Event;
import org.intelmq.message.Harmonization;
import org.intelmq.message.Json;
import org.intelmq.message.Message;
import org.intelmq.testing.CannedHttp;
import org.intelmq.testing.Parameters;
import org.intelmq.testing.RecordingOutbox;
import org.intelmq.testing.TestContext;
import org.junit.jupiter.api.Test;

class Cif3OutputTest {

    private static final String TARGET = "https://cif.example/indicators";
    private static final RecordingOutbox NOWHERE = new RecordingOutbox();

    private final CannedHttp http = new CannedHttp().at(TARGET, 201, "{\"status\": \"success\", \"data\": 1}".getBytes(StandardCharsets.UTF_8));

    private Cif3Output output(Object... parameters) {
        List<Object> all = new ArrayList<>(List.of("cif3_url", "https://cif.example/", "cif3_token", "secret"));
        all.addAll(List.of(parameters));
        return new Cif3Output(Parameters.of(Cif3Output.Params.class, all.toArray()), new TestContext().http(http));
    }

    private static Message event(String id, Object... fields) {
        Event event = new Event(Harmonization.standard());
        for (int i = 0; i < fields.length; i += 2) {
            event.add((String) fields[i], fields[i + 1]);
        }
        event.identify(id);
        return event;
    }

    private Object posted(int number) {
        CannedHttp.Asked asked = http.asked().get(number);
        assertEquals("POST", asked.request().method());
        assertEquals(List.of("Token token=secret"), asked.request().headers().allValues("Authorization"));
        assertEquals(List.of("application/vnd.cif.v3+json"), asked.request().headers().allValues("Accept"));
        assertEquals(List.of("application/json"), asked.request().headers().allValues("Content-Type"));
        return Json.parse(new String(asked.body(), StandardCharsets.UTF_8));
    }

    @Test
    void anEventBecomesAnIndicator() throws Exception {
        Message event = event("1", "source.ip", "192.0.2.1", "source.url", "http://Example.com/A", "source.port", 80L, "feed.provider", "Prov",
                "feed.accuracy", 80.0,
                "classification.type", "c2-server", "time.source", "2026-01-02T03:04:05+00:00", "event_description.text", "One\nTwo", "tlp", "AMBER");
        output("cif3_additional_tags", "x", "add_feed_provider_as_tag", true).process(event, NOWHERE);
        @SuppressWarnings("unchecked")
        Map<String, Object> indicator = (Map<String, Object>) posted(0);
        assertEquals(36, indicator.remove("uuid").toString().length());
        assertEquals("{indicator=http://Example.com/A, itype=url, provider=prov, group=everyone, count=1, "
                + "tags=[Prov, botnet, c2, x], confidence=8.0, portlist=80, "
                + "description=one two, tlp=amber, lasttime=2026-01-02T03:04:05.000000Z}", indicator.toString());
    }

    @Test
    void aBatchIsOneRequestOrSeveral() throws Exception {
        List<Message> events = List.of(event("1", "source.ip", "192.0.2.1"), event("2", "source.ip", "2001:db8::1"), event("3", "source.fqdn", "example.com"));
        output().processAll(events, NOWHERE);
        assertEquals("[ipv4, ipv6, fqdn]", ((List<?>) posted(0)).stream().map(each -> ((Map<?, ?>) each).get("itype")).toList().toString());
        output("fireball", 2).processAll(events, NOWHERE);
        assertEquals(1, ((List<?>) posted(2)).size());
        output("fireball", 0).processAll(events, NOWHERE);
        assertEquals(6, http.asked().size());
        assertEquals(((Map<?, ?>) ((List<?>) posted(0)).get(0)).get("uuid"), ((Map<?, ?>) posted(3)).get("uuid"));
        assertNotEquals(((Map<?, ?>) posted(4)).get("uuid"), ((Map<?, ?>) posted(3)).get("uuid"));
    }

    @Test
    void takesTheConfidenceSaid() throws Exception {
        Message event = event("1", "source.ip", "192.0.2.1", "feed.accuracy", 80.0);
        output("cif3_static_confidence", true, "cif3_feed_confidence", 7).process(event, NOWHERE);
        assertEquals(7.0, ((Map<?, ?>) posted(0)).get("confidence"));
    }

    @Test
    void anEventWithNothingToIndicateFails() {
        assertTrue(assertThrows(IllegalArgumentException.class, () -> output().process(event("1", "comment", "x"), NOWHERE)).getMessage()
                .contains("source.ip"));
    }

    @Test
    void waitsOrFailsAsTheServerSays() {
        Message event = event("1", "source.ip", "192.0.2.1");
        for (int status : new int[] {401, 429, 500, 503}) {
            http.at(TARGET, status, "{\"message\": \"no\"}".getBytes(StandardCharsets.UTF_8));
            assertThrows(UnavailableException.class, () -> output().process(event, NOWHERE));
        }
        http.at(TARGET, 422, "{\"message\": \"bad indicator\"}".getBytes(StandardCharsets.UTF_8));
        assertTrue(assertThrows(IOException.class, () -> output().process(event, NOWHERE)).getMessage().contains("bad indicator"));
        http.at(TARGET, 200, "{\"status\": \"failed\"}".getBytes(StandardCharsets.UTF_8));
        assertThrows(IOException.class, () -> output().process(event, NOWHERE));
        http.at(TARGET, 200, "<html>".getBytes(StandardCharsets.UTF_8));
        assertThrows(UnavailableException.class, () -> output().process(event, NOWHERE));
        assertThrows(UnavailableException.class, () -> output("cif3_url", "https://away.example").process(event, NOWHERE));
    }
}
