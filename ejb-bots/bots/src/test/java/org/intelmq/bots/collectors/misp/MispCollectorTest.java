package org.intelmq.bots.collectors.misp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.intelmq.testing.CannedHttp;
import org.intelmq.testing.Poll;
import org.intelmq.testing.RecordingOutbox;
import org.intelmq.testing.TestContext;
import org.junit.jupiter.api.Test;

class MispCollectorTest {

    private static final String ROOT = "https://misp.example/";

    private final CannedHttp http = new CannedHttp();

    private RecordingOutbox collect(Object... more) throws Exception {
        Object[] parameters = new Object[6 + more.length];
        System.arraycopy(new Object[] {"misp_url", "https://misp.example", "misp_key", "k1", "misp_tag_to_process", "todo"}, 0, parameters, 0, 6);
        System.arraycopy(more, 0, parameters, 6, more.length);
        return Poll.once(Poll.collector(MispCollector.TYPE, new TestContext().http(http), parameters));
    }

    private void answer(String path, int status, String body) {
        http.at(ROOT + path, status, body.getBytes(StandardCharsets.UTF_8));
    }

    private List<String> asked() {
        return http.asked().stream().map(asked -> asked.request().method() + ' ' + asked.request().uri().toString().substring(ROOT.length()) + ' '
                + new String(asked.body(), StandardCharsets.UTF_8)).toList();
    }

    @Test
    void changesTagsOnceTheReportsAreSafe() throws Exception {
        answer("events/restSearch", 200, "{\"response\": [{\"Event\": {\"uuid\": \"u1\", \"info\": \"ü\", \"a\": 1}}, {\"Event\": {\"uuid\": \"u2\"}}]}");
        answer("tags/attachTagToObject", 200, "{\"saved\": true}");
        answer("tags/removeTagFromObject", 200, "{\"saved\": true}");
        RecordingOutbox sent = collect("misp_tag_processed", "done");
        assertEquals(List.of("{\"a\": 1, \"info\": \"\\u00fc\", \"uuid\": \"u1\"}", "{\"uuid\": \"u2\"}"), Poll.contents(sent));
        assertEquals(1, asked().size());
        assertTrue(asked().get(0).startsWith("POST events/restSearch {\"returnFormat\": \"json\", \"tags\": \"todo\", "), asked().get(0));
        sent.commit();
        assertEquals(List.of("POST tags/attachTagToObject {\"uuid\": \"u1\", \"tag\": \"done\", \"local\": false}",
                "POST tags/removeTagFromObject {\"uuid\": \"u1\", \"tag\": \"todo\"}",
                "POST tags/attachTagToObject {\"uuid\": \"u2\", \"tag\": \"done\", \"local\": false}",
                "POST tags/removeTagFromObject {\"uuid\": \"u2\", \"tag\": \"todo\"}"), asked().subList(1, 5));
        http.asked().forEach(asked -> assertEquals("k1", asked.request().headers().firstValue("Authorization").orElse("")));
    }

    @Test
    void anEventThatCannotBeMarkedComesAgainAsTheSame() throws Exception {
        answer("events/restSearch", 200, "[{\"Event\": {\"uuid\": \"u1\", \"timestamp\": \"1\"}}, {\"Event\": {}}]");
        answer("tags/removeTagFromObject", 500, "down");
        RecordingOutbox first = collect();
        first.commit();
        RecordingOutbox second = collect();
        assertEquals(1, second.sent().size());
        assertEquals(first.sent().get(0).id(), second.sent().get(0).id());
        answer("events/restSearch", 200, "[{\"Event\": {\"uuid\": \"u1\", \"timestamp\": \"2\"}}]");
        assertTrue(!first.sent().get(0).id().equals(collect().sent().get(0).id()), "it was changed");
    }

    @Test
    void tellsThatTheKeyIsRefused() {
        answer("events/restSearch", 403, "{\"name\": \"Authentication failed\"}");
        assertTrue(assertThrows(IOException.class, this::collect).getMessage().contains("status 403, expected 200: {\"name\": \"Authentication failed\"}"));
    }
}
