package org.intelmq.bots.collectors.github;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.intelmq.bot.ConfigurationException;
import org.intelmq.message.Fields;
import org.intelmq.testing.CannedHttp;
import org.intelmq.testing.Poll;
import org.intelmq.testing.RecordingOutbox;
import org.intelmq.testing.TestContext;
import org.junit.jupiter.api.Test;

class GithubContentsCollectorTest {

    private static final String ROOT = "https://api.github.com/repos/owner/name/contents";
    private static final String RAW = "https://raw.githubusercontent.com/owner/name/main/";

    private final CannedHttp http = new CannedHttp();

    private RecordingOutbox collect(Object... more) throws Exception {
        Object[] parameters = new Object[4 + more.length];
        System.arraycopy(new Object[] {"repository", "owner/name", "regex", "\\.json$"}, 0, parameters, 0, 4);
        System.arraycopy(more, 0, parameters, 4, more.length);
        return Poll.once(Poll.collector(GithubContentsCollector.TYPE, new TestContext().http(http), parameters));
    }

    private static String file(String name, String address) {
        return "{\"type\": \"file\", \"name\": \"" + name + "\", \"path\": \"" + name + "\", \"sha\": \"s1\", \"download_url\": \"" + address + "\"}";
    }

    private static String folder(String address) {
        return "{\"type\": \"dir\", \"name\": \"below\", \"path\": \"below\", \"url\": \"" + address + "\"}";
    }

    private void answer(String address, int status, String body) {
        http.at(address, status, body.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void walksThroughFoldersForWantedFiles() throws Exception {
        answer(ROOT, 200, '[' + folder(ROOT + "/below?ref=main") + ", " + file("a.json", RAW + "a.json") + ", " + file("b.txt", RAW + "b.txt") + ']');
        answer(ROOT + "/below?ref=main", 200, '[' + folder(ROOT) + ", " + file("c.json", RAW + "below/c.json") + ']');
        answer(RAW + "a.json", 200, "a");
        answer(RAW + "below/c.json", 200, "c");
        RecordingOutbox sent = collect("extra_fields", "sha, size");
        assertEquals(List.of("c", "a"), Poll.contents(sent));
        assertEquals(RAW + "a.json", sent.sent().get(1).text(Fields.FEED_URL));
        assertEquals(Map.of("sha", "s1"), sent.sent().get(1).get("extra.file_metadata"));
    }

    @Test
    void theTokenIsForTheInterfaceAlone() throws Exception {
        answer(ROOT, 200, '[' + folder("https://elsewhere.example/below") + ", " + file("a.json", RAW + "a.json?token=T1") + ']');
        answer(RAW + "a.json?token=T1", 200, "a");
        RecordingOutbox sent = collect("personal_access_token", "ghp_1");
        assertEquals(List.of("a"), Poll.contents(sent));
        assertEquals("Bearer ghp_1", http.asked().get(0).request().headers().firstValue("Authorization").orElse(""));
        assertEquals("application/vnd.github.v3.text-match+json", http.asked().get(0).request().headers().firstValue("Accept").orElse(""));
        assertEquals(2, http.asked().size());
        assertTrue(http.asked().get(1).request().headers().firstValue("Authorization").isEmpty());
        assertEquals(RAW + "a.json?token=***", sent.sent().get(0).text(Fields.FEED_URL));
    }

    @Test
    void aFileThatCannotBeHadCostsNoOther() throws Exception {
        answer(ROOT, 200, '[' + file("a.json", RAW + "a.json") + ", " + file("b.json", RAW + "b.json") + ", {\"type\": \"file\", \"name\": \"c.json\"}, "
                + file("d.json", RAW + "d.json") + ']');
        answer(RAW + "a.json", 404, "404: Not Found");
        answer(RAW + "b.json", 200, "");
        answer(RAW + "d.json", 200, "d");
        assertEquals(List.of("d"), Poll.contents(collect()));
    }

    @Test
    void tellsWhyTheInterfaceRefuses() {
        answer(ROOT, 403, "{\"message\": \"API rate limit exceeded\"}");
        String told = assertThrows(IOException.class, this::collect).getMessage();
        assertTrue(told.contains("status 403") && told.contains("API rate limit exceeded"), told);
    }

    @Test
    void refusesWrongParameters() {
        assertEquals("parameter 'repository' cannot be \"https://github.com/owner/name\": expected owner/name",
                assertThrows(ConfigurationException.class, () -> collect("repository", "https://github.com/owner/name")).getMessage());
        assertTrue(assertThrows(ConfigurationException.class, () -> collect("regex", "*.json")).getMessage()
                .startsWith("parameter 'regex' cannot be \"*.json\""));
    }
}
