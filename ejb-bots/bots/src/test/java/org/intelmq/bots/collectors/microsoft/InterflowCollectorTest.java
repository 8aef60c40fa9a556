package org.intelmq.bots.collectors.microsoft;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.intelmq.bot.ConfigurationException;
import org.intelmq.message.Fields;
import org.intelmq.testing.CannedHttp;
import org.intelmq.testing.Poll;
import org.intelmq.testing.RecordingOutbox;
import org.intelmq.testing.TestContext;
import org.junit.jupiter.api.Test;

class InterflowCollectorTest {

    private static final String LIST = "https://interflow.azure-api.net/file/api/file/listsharedfiles";
    private static final String DOWNLOAD = "https://interflow.azure-api.net/file/api/file/download?fileName=";

    private final CannedHttp http = new CannedHttp();
    private final TestContext context = new TestContext().http(http);

    private RecordingOutbox collect(Object... more) throws Exception {
        Object[] parameters = new Object[2 + more.length];
        System.arraycopy(new Object[] {"api_key", "k1"}, 0, parameters, 0, 2);
        System.arraycopy(more, 0, parameters, 2, more.length);
        return Poll.once(Poll.collector(InterflowCollector.TYPE, context, parameters));
    }

    private static String file(String name, String changed) {
        return "{\"Name\": \"" + name + "\", \"LastModified\": \"" + changed + "\"}";
    }

    private void list(String... files) {
        http.at(LIST, 200, ('[' + String.join(", ", files) + ']').getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void fetchesEachNewFileOnce() throws Exception {
        list(file("a b.gz", "2024-05-17T00:00:00+00:00"), file("b.json", "2024-05-16T10:00:00+02:00"), file("old.json", "2024-05-15T10:20:29Z"),
                "{\"Name\": \"without a time\"}");
        http.at(DOWNLOAD + "a%20b.gz", 200, Gzip.of("packed"));
        http.at(DOWNLOAD + "b.json", 200, "plain".getBytes(StandardCharsets.UTF_8));
        RecordingOutbox sent = collect();
        assertEquals(List.of("packed", "plain"), Poll.contents(sent));
        assertEquals(DOWNLOAD + "b.json", sent.sent().get(1).text(Fields.FEED_URL));
        http.asked().forEach(asked -> assertEquals("k1", asked.request().headers().firstValue("Ocp-Apim-Subscription-Key").orElse("")));
        assertEquals(List.of(), Poll.contents(collect()));
        assertEquals(4, http.asked().size());
    }

    @Test
    void aDamagedFileCostsNoOtherAndComesAgain() throws Exception {
        list(file("a.gz", "2024-05-17T00:00:00Z"), file("b.gz", "2024-05-17T00:00:00Z"));
        byte[] cut = Gzip.of("packed".repeat(1000));
        http.at(DOWNLOAD + "a.gz", 200, Arrays.copyOf(cut, cut.length - 5));
        http.at(DOWNLOAD + "b.gz", 200, Gzip.of("b"));
        assertEquals(List.of("b"), Poll.contents(collect()));
        http.at(DOWNLOAD + "a.gz", 200, Gzip.of("a"));
        assertEquals(List.of("a"), Poll.contents(collect()));
    }

    @Test
    void aFileThatUnpacksToTooMuchIsRefused() throws Exception {
        list(file("a.gz", "2024-05-17T00:00:00Z"));
        http.at(DOWNLOAD + "a.gz", 200, Gzip.of("\0".repeat(30_000_000)));
        assertEquals(List.of(), Poll.contents(collect()));
    }

    @Test
    void namesMatchFromTheirBeginning() throws Exception {
        list(file("xa.json", "2024-05-17T00:00:00Z"), file("a.json", "2024-05-17T00:00:00Z"));
        http.at(DOWNLOAD + "a.json", 200, "a".getBytes(StandardCharsets.UTF_8));
        assertEquals(List.of("a"), Poll.contents(collect("file_match", "a")));
    }

    @Test
    void refusesToForgetWhatIsStillWanted() {
        String told = assertThrows(ConfigurationException.class, () -> collect("not_older_than", "8 days")).getMessage();
        assertTrue(told.startsWith("parameter 'not_older_than' cannot be \"8 days\": expected less than redis_cache_ttl, which is 604800 s"), told);
        assertThrows(ConfigurationException.class, () -> collect("not_older_than", "2024-05-10T10:20:29Z"));
    }

    @Test
    void aDateWithinTheTimeToLiveIsALimit() throws Exception {
        list(file("a.json", "2024-05-10T10:20:33Z"), file("b.json", "2024-05-10T10:20:31Z"));
        http.at(DOWNLOAD + "a.json", 200, "a".getBytes(StandardCharsets.UTF_8));
        assertEquals(List.of("a"), Poll.contents(collect("not_older_than", "2024-05-10T10:20:32Z")));
    }
}
