package org.intelmq.bots.outputs.misp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.intelmq.bot.Http;
import org.intelmq.bot.UnavailableException;
import org.intelmq.message.Event;
import org.intelmq.message.Harmonization;
import org.intelmq.message.Json;
import org.intelmq.message.Message;
import org.intelmq.parameters.ParameterSchema;
import org.intelmq.testing.CannedHttp;
import org.intelmq.testing.Parameters;
import org.intelmq.testing.RecordingOutbox;
import org.intelmq.testing.TestContext;
import org.junit.jupiter.api.Test;

class MispApiOutputTest {

    private static final String ADDRESS = "https://misp.example/";

    /** A MISP that keeps events and finds them by all the values asked for, and is strict about what it is sent. */
    private static final class Misp implements Http {

        private final Map<String, Map<String, Object>> events = new LinkedHashMap<>();
        private final List<String> requests = new ArrayList<>();
        private int status = 200;
        private boolean isAway;

        @Override
        public HttpRequest.Builder request(URI address) {
            return HttpRequest.newBuilder(address);
        }

        @Override
        public HttpResponse<InputStream> send(HttpRequest request) throws IOException {
            String path = request.uri().toString().substring(ADDRESS.length());
            requests.add(path);
            if (isAway) {
                throw new ConnectException("connection refused");
            }
            assertEquals("POST", request.method());
            assertEquals(List.of("key"), request.headers().allValues("Authorization"));
            assertEquals(List.of("application/json"), request.headers().allValues("Accept"));
            assertEquals(List.of("application/json"), request.headers().allValues("Content-Type"));
            CannedHttp canned = new CannedHttp().at(request.uri().toString(), 200, new byte[0]);
            canned.send(request);
            Object body = Json.parseOrNull(new String(canned.asked().get(0).body(), StandardCharsets.UTF_8));
            Object answer = status != 200 ? Map.of("name", "no", "message", "no", "errors", "not allowed") : answer(path, body);
            return new CannedHttp().at(request.uri().toString(), status, Json.write(answer).getBytes(StandardCharsets.UTF_8)).send(request);
        }

        @SuppressWarnings("unchecked")
        private Object answer(String path, Object body) {
            if (path.startsWith("events/publish/")) {
                assertNotNull(events.get(path.substring("events/publish/".length())));
                return Map.of("saved", true);
            }
            Map<String, Object> content = (Map<String, Object>) body;
            if (path.equals("events/restSearch")) {
                assertEquals("bot", content.get("tags"));
                List<?> values = (List<?>) ((Map<?, ?>) content.get("value")).get("AND");
                List<Object> found = new ArrayList<>(Arrays.asList(null, "odd", Collections.singletonMap("Event", null), Map.of("Event", 7L)));
                events.values().stream().filter(event -> values.stream().allMatch(value -> Json.write(event).contains(String.valueOf(value))))
                        .forEach(event -> found.add(Map.of("Event", event)));
                return Map.of("response", found);
            }
            if (path.equals("events/add")) {
                assertEquals(null, events.put((String) content.get("uuid"), content));
                return Map.of("Event", content);
            }
            assertTrue(path.startsWith("events/edit/"), path);
            assertTrue(!content.containsKey("timestamp"), "MISP sets the time where none is said");
            events.put(path.substring("events/edit/".length()), content);
            return Map.of("Event", content);
        }
    }

    private final Misp misp = new Misp();

    private void process(Message event, Object... parameters) throws Exception {
        List<Object> all = new ArrayList<>(List.of("misp_url", ADDRESS, "misp_key", "key", "misp_tag_for_bot", "bot", "significant_fields",
                "source.ip, source.asn"));
        all.addAll(List.of(parameters));
        new MispApiOutput(Parameters.of(MispApiOutput.Params.class, all.toArray()), new TestContext().http(misp)).process(event, new RecordingOutbox());
    }

    private static Message event() {
        return new Event(Harmonization.standard()).add("source.ip", "192.0.2.1").add("source.asn", 64496L).add("feed.provider", "P").add("severity", "high");
    }

    @Test
    void addsAnEventOnceAndMarksItAsSeenAgain() throws Exception {
        process(event());
        process(event());
        assertEquals(1, misp.events.size());
        assertEquals("events/restSearch, events/add, events/restSearch, events/edit/" + misp.events.keySet().iterator().next(),
                String.join(", ", misp.requests));
        Map<String, Object> added = misp.events.values().iterator().next();
        assertEquals("from P via IntelMQ", added.get("info"));
        assertEquals("[source.ip, source.asn, feed.provider]", MispServer.maps(MispServer.maps(added.get("Object")).get(0).get("Attribute")).stream()
                .map(each -> each.get("object_relation")).toList().toString());
    }

    @Test
    void whatIsFoundButNotTheSameIsLeftAlone() throws Exception {
        process(event());
        process(new Event(Harmonization.standard()).add("source.ip", "192.0.2.1").add("source.asn", 64496L).add("feed.provider", "Q"));
        assertEquals(List.of("events/restSearch", "events/add", "events/restSearch"), misp.requests);
        misp.events.values().iterator().next().remove("Object");
        misp.events.values().iterator().next().put("Attribute", List.of(Map.of("value", "192.0.2.1 64496")));
        process(event());
        assertEquals(4, misp.requests.size());
    }

    @Test
    void publishesIfAsked() throws Exception {
        process(event(), "misp_publish", true);
        assertEquals("events/publish/" + misp.events.keySet().iterator().next(), misp.requests.get(2));
    }

    @Test
    void anEventWithoutSignificantFieldsIsNotAskedFor() throws Exception {
        process(new Event(Harmonization.standard()).add("comment", "x"));
        assertEquals(List.of(), misp.requests);
    }

    @Test
    void waitsWhileMispIsAwayOrDoesNotLetUsIn() {
        misp.isAway = true;
        assertThrows(UnavailableException.class, () -> process(event()));
        misp.isAway = false;
        for (int status : new int[] {401, 403, 429, 500, 503}) {
            misp.status = status;
            assertTrue(assertThrows(UnavailableException.class, () -> process(event())).getMessage().contains("not allowed"));
        }
        misp.status = 400;
        assertThrows(IOException.class, () -> process(event()));
    }

    @Test
    void needsSignificantFields() {
        assertEquals(List.of("parameter 'significant_fields' cannot be empty: expected fields such as source.ip"),
                ParameterSchema.of(MispApiOutput.Params.class)
                .read(Map.of("misp_url", ADDRESS, "misp_key", "key", "misp_tag_for_bot", "bot", "significant_fields", List.of()), Set.of()).problems());
    }
}
