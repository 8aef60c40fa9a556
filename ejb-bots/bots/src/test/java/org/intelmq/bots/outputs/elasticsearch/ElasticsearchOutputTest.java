package org.intelmq.bots.outputs.elasticsearch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.intelmq.bot.ConfigurationException;
import org.intelmq.bot.Http;
import org.intelmq.bot.HttpParams;
import org.intelmq.bot.UnavailableException;
import org.intelmq.message.Event;
import org.intelmq.message.Harmonization;
import org.intelmq.message.Message;
import org.intelmq.parameters.ParameterSchema;
import org.intelmq.testing.CannedHttp;
import org.intelmq.testing.Parameters;
import org.intelmq.testing.RecordingOutbox;
import org.intelmq.testing.TestContext;
import org.junit.jupiter.api.Test;

class ElasticsearchOutputTest {

    private static final RecordingOutbox NOWHERE = new RecordingOutbox();

    private final SearchStub search = new SearchStub();

    private ElasticsearchOutput output(Object... parameters) {
        return new ElasticsearchOutput(Parameters.of(ElasticsearchOutput.Params.class, parameters), new TestContext().http(search));
    }

    private static Message event(String id, Object... fields) {
        Event event = new Event(Harmonization.standard());
        for (int i = 0; i < fields.length; i += 2) {
            event.add((String) fields[i], fields[i + 1]);
        }
        event.identify(id);
        return event;
    }

    private static List<Message> three() {
        return List.of(event("1", "comment", "a"), event("2", "comment", "b"), event("3", "comment", "c"));
    }

    /** As the host does: together, and if that fails one by one. Returns what failed. */
    private static List<String> deliver(ElasticsearchOutput output, List<Message> events) throws InterruptedException {
        List<String> failures = new ArrayList<>();
        try {
            output.processAll(events, NOWHERE);
        } catch (IOException | UnavailableException e) {
            for (Message event : events) {
                try {
                    output.process(event, NOWHERE);
                } catch (IOException | UnavailableException alone) {
                    failures.add(event.text("comment") + ": " + alone.getMessage());
                }
            }
        }
        return failures;
    }

    @Test
    void writesABatchWithOneRequestAndNoneTwice() throws Exception {
        ElasticsearchOutput output = output();
        output.processAll(three(), NOWHERE);
        assertEquals(List.of("HEAD /intelmq", "PUT /intelmq"), search.requests.subList(0, 2));
        assertEquals(3, search.requests.size());
        output().processAll(three(), NOWHERE);
        output.process(event("2", "comment", "b"), NOWHERE);
        assertEquals("a b c", search.values("intelmq", "comment"));
    }

    @Test
    void anEventAloneIsADocumentOfItsOwn() throws Exception {
        ElasticsearchOutput output = output();
        output.process(event("1", "comment", "ü", "extra.list", List.of(1L, "x")), NOWHERE);
        output.process(event(null, "comment", "without identity"), NOWHERE);
        assertEquals(List.of("POST /intelmq/_doc"), search.requests.subList(3, 4));
        assertEquals("ü without identity", search.values("intelmq", "comment"));
        assertEquals("[1, x] null", search.values("intelmq", "extra.list"));
    }

    @Test
    void anAnswerOfSomethingElseIsNoSuccess() throws Exception {
        search.page = "<html>Log in</html>";
        ElasticsearchOutput output = output();
        String said = assertThrows(UnavailableException.class, () -> output.process(event("1", "comment", "a"), NOWHERE)).getMessage();
        assertTrue(said.contains("expected JSON with \"result\", not <html>Log in</html>"), said);
        assertEquals(3, deliver(output, three()).size());
        search.page = null;
        assertEquals(List.of(), deliver(output, three()));
        assertEquals("a b c", search.values("intelmq", "comment"));
    }

    @Test
    void whatIsRefusedFailsAndTheRestStays() throws Exception {
        search.verdict = document -> "b".equals(document.get("comment")) ? "400 failed to parse field" : null;
        assertEquals(List.of("b: index 'intelmq' refused the event: status 400, an_exception: failed to parse field"), deliver(output(), three()));
        assertEquals("a c", search.values("intelmq", "comment"));
        assertEquals(3, search.requests.size(), "what became of each is known from the one answer");
    }

    @Test
    void whatCannotBeTakenNowWaitsAndTheRestStays() throws Exception {
        search.verdict = document -> "a".equals(document.get("comment")) ? null : "429 rejected execution";
        ElasticsearchOutput output = output();
        assertThrows(UnavailableException.class, () -> output.processAll(three(), NOWHERE));
        output.process(three().get(0), NOWHERE);
        assertThrows(UnavailableException.class, () -> output.process(three().get(1), NOWHERE));
        search.verdict = document -> null;
        output.processAll(three(), NOWHERE);
        assertEquals("a b c", search.values("intelmq", "comment"));
    }

    @Test
    void waitsWhileTheServerIsAwayBusyOrDoesNotLetUsIn() throws Exception {
        ElasticsearchOutput output = output();
        search.isAway = true;
        assertThrows(UnavailableException.class, () -> output.processAll(three(), NOWHERE));
        search.isAway = false;
        for (int status : new int[] {401, 403, 429, 502, 503, 504}) {
            search.busy = status;
            String message = assertThrows(UnavailableException.class, () -> output.processAll(three(), NOWHERE)).getMessage();
            assertTrue(message.contains("status " + status), message);
        }
        search.busy = 500;
        assertThrows(IOException.class, () -> output.process(three().get(0), NOWHERE));
        search.busy = 0;
        output.processAll(three(), NOWHERE);
        assertEquals("a b c", search.values("intelmq", "comment"));
    }

    @Test
    void aFullDiskIsNoFaultOfTheEvents() {
        search.verdict = document -> "403 index [intelmq] blocked by: [FORBIDDEN/12/index read-only / allow delete (api)]";
        assertThrows(UnavailableException.class, () -> output().processAll(three(), NOWHERE));
    }

    @Test
    void beginsAnIndexByTheTimeOfTheEvent() throws Exception {
        search.templates.add("_index_template/intelmq");
        List<Message> events = List.of(event("1", "time.source", "2026-01-02T03:04:05.123+00:00", "time.observation", "2026-03-01T00:00:00+00:00"),
                event("2", "time.observation", "2025-12-31T23:59:59+00:00"), event("3", "comment", "no time"));
        Map<String, Set<String>> expected = Map.of("daily", Set.of("intelmq-2026-01-02", "intelmq-2025-12-31", "intelmq-2024-05-17"),
                "weekly", Set.of("intelmq-2026-00", "intelmq-2025-52", "intelmq-2024-20"), "monthly",
                Set.of("intelmq-2026-01", "intelmq-2025-12", "intelmq-2024-05"),
                "yearly", Set.of("intelmq-2026", "intelmq-2025", "intelmq-2024"));
        for (Map.Entry<String, Set<String>> each : expected.entrySet()) {
            search.indices.clear();
            output("rotate_index", each.getKey(), "replacement_char", "_").processAll(events, NOWHERE);
            assertEquals(each.getValue(), search.indices.keySet());
        }
    }

    @Test
    void needsATemplateToBeginIndices() {
        String message = assertThrows(ConfigurationException.class, () -> output("rotate_index", "daily", "elastic_index", "cert").process(three().get(0),
                NOWHERE))
                .getMessage();
        assertTrue(message.contains("'rotate_index'") && message.contains("'cert'"), message);
    }

    @Test
    void flattensAndReplacesDots() throws Exception {
        output("flatten_fields", "extra, output", "replacement_char", "_").process(event("1", "output", "{\"k.l\": \"v\"}", "source.ip", "192.0.2.1",
                "extra.b", Map.of("c.d", List.of(Map.of("e.f", 1L)))), NOWHERE);
        Map<String, Object> document = search.indices.get("intelmq").values().iterator().next();
        assertEquals(Map.of("output_k_l", "v", "source_ip", "192.0.2.1", "extra_b", Map.of("c_d", List.of(Map.of("e.f", 1L)))), document);
    }

    @Test
    void splitsWhatIsLargerThanServersTake() throws Exception {
        Object[] large = {"comment", "x".repeat(1_000_000), "event_description.text", "x".repeat(1_000_000)};
        output().processAll(List.of(event("1", large), event("2", large), event("3", large)), NOWHERE);
        assertEquals(4, search.requests.size());
        assertEquals(3, search.indices.get("intelmq").size());
    }

    @Test
    void anAnswerThatIsNoneIsNotTakenForSuccess() {
        for (String answer : List.of("<html>", "{}", "{\"items\": []}", "{\"items\": [{}, {}, {}]}")) {
            CannedHttp canned = new CannedHttp().at(SearchStub.ADDRESS + "intelmq", 200, new byte[0])
                    .at(SearchStub.ADDRESS + Server.BULK, 200, answer.getBytes(StandardCharsets.UTF_8));
            ElasticsearchOutput output = new ElasticsearchOutput(Parameters.of(ElasticsearchOutput.Params.class), new TestContext().http(canned));
            assertThrows(IOException.class, () -> output.processAll(three(), NOWHERE), answer);
        }
    }

    @Test
    void checksCertificatesAsAsked() {
        assertEquals("false", http("use_ssl", true).httpVerifyCert());
        assertEquals("true", http("http_verify_cert", true).httpVerifyCert());
        assertTrue(http("ssl_ca_certificate", "/etc/ca.pem").httpVerifyCert().endsWith("ca.pem"));
        assertTrue(http("ssl_ca_certificate", "/etc/ca.pem", "http_verify_cert", true).httpVerifyCert().endsWith("ca.pem"));
        assertEquals("false", http("ssl_ca_certificate", "/etc/ca.pem", "http_verify_cert", false).httpVerifyCert());
        assertNull(http().httpProxy());
    }

    private static HttpParams http(Object... parameters) {
        return Parameters.of(ElasticsearchServerParams.class, parameters).http();
    }

    @Test
    void sendsTheApiKeyAndRefusesTwoWaysToLogIn() throws Exception {
        List<String> sent = new ArrayList<>();
        TestContext context = new TestContext().http(new Http() {
            @Override
            public HttpResponse<InputStream> send(HttpRequest request) throws IOException {
                sent.addAll(request.headers().allValues("Authorization"));
                return search.send(request);
            }

            @Override
            public HttpRequest.Builder request(URI address) {
                return search.request(address);
            }
        });
        new ElasticsearchOutput(Parameters.of(ElasticsearchOutput.Params.class, "elastic_api_key", "a2V5"), context).process(three().get(0), NOWHERE);
        assertEquals(Set.of("ApiKey a2V5"), Set.copyOf(sent));
        assertEquals(List.of("parameters 'elastic_api_key' and 'http_username' are both set: expected one of them"),
                ParameterSchema.of(ElasticsearchOutput.Params.class).read(Map.of("elastic_api_key", "k", "http_username", "u"), Set.of()).problems());
    }
}
