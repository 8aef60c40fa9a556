package org.intelmq.bots.collectors.shadowserver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.intelmq.testing.CannedHttp;
import org.intelmq.testing.MovableClock;
import org.intelmq.testing.Poll;
import org.intelmq.testing.RecordingOutbox;
import org.intelmq.testing.StateInMemory;
import org.intelmq.testing.TestContext;
import org.junit.jupiter.api.Test;

class ShadowserverReportsCollectorTest {

    private static final String LIST = "https://transform.shadowserver.org/api2/reports/list";
    private static final String DOWNLOADS = "https://dl.shadowserver.org/";

    private final CannedHttp http = new CannedHttp();
    private final TestContext context = new TestContext().http(http);

    private RecordingOutbox collect(Object... more) throws Exception {
        Object[] parameters = new Object[4 + more.length];
        System.arraycopy(new Object[] {"api_key", "k1", "secret", "s1"}, 0, parameters, 0, 4);
        System.arraycopy(more, 0, parameters, 4, more.length);
        return Poll.once(Poll.collector(ShadowserverReportsCollector.TYPE, context, parameters));
    }

    private static String report(String id, String type) {
        return "{\"id\": \"" + id + "\", \"type\": \"" + type + "\", \"file\": \"" + id + ".csv\"}";
    }

    private void answer(String address, int status, String body, String... headers) {
        http.at(address, status, body.getBytes(StandardCharsets.UTF_8), headers);
    }

    @Test
    void signsTheQuestionAndFetchesEachReportOnce() throws Exception {
        answer(LIST, 200, '[' + report("a", "scan_http") + ", " + report("b", "blocklist") + ", {\"id\": \"c\"}]");
        answer(DOWNLOADS + "a", 200, "A");
        answer(DOWNLOADS + "b", 200, "B");
        RecordingOutbox sent = collect("reports", "one, two");
        assertEquals(List.of("A", "B"), Poll.contents(sent));
        assertEquals("a.csv", sent.sent().get(0).text("extra.file_name"));
        CannedHttp.Asked list = http.asked().get(0);
        assertEquals("POST", list.request().method());
        assertEquals("{ \"apikey\": \"k1\" ,\"date\": \"2024-05-15:2024-05-17\" ,\"reports\": [\"one\", \"two\"]}",
                new String(list.body(), StandardCharsets.UTF_8));
        // printf '%s' BODY | openssl dgst -sha256 -hmac s1
        assertEquals("30a5197bd8092dd5eb49ad10f345cf1e23de7ef768aba740f71e8fbc5ced1c23", list.request().headers().firstValue("HMAC2").orElse(""));
        assertEquals(List.of(), Poll.contents(collect("reports", "one, two")));
        assertEquals(4, http.asked().size());
    }

    @Test
    void forgetsAfterTheTimeToLive() throws Exception {
        answer(LIST, 200, '[' + report("a", "scan_http") + ']');
        answer(DOWNLOADS + "a", 200, "A");
        MovableClock clock = new MovableClock(TestContext.NOW);
        context.state(new StateInMemory(clock));
        assertEquals(1, collect().sent().size());
        clock.pass(Duration.ofDays(10).minusSeconds(1));
        assertEquals(0, collect().sent().size());
        clock.pass(Duration.ofSeconds(2));
        assertEquals(1, collect().sent().size());
    }

    @Test
    void aReportThatCannotBeFetchedComesWithTheNextPoll() throws Exception {
        answer(LIST, 200, '[' + report("a", "scan_http") + ", " + report("b", "blocklist") + ']');
        answer(DOWNLOADS + "a", 503, "later");
        answer(DOWNLOADS + "b", 200, "B");
        assertEquals(List.of("B"), Poll.contents(collect()));
        answer(DOWNLOADS + "a", 200, "A");
        assertEquals(List.of("A"), Poll.contents(collect()));
    }

    @Test
    void anEmptyReportIsDoneWith() throws Exception {
        answer(LIST, 200, '[' + report("a", "scan_http") + ']');
        answer(DOWNLOADS + "a", 200, "");
        assertEquals(List.of(), Poll.contents(collect()));
        assertEquals(List.of(), Poll.contents(collect()));
        assertEquals(3, http.asked().size());
    }

    @Test
    void typesAreWantedWhole() throws Exception {
        answer(LIST, 200, '[' + report("a", "scan_http") + ", " + report("b", "scan") + ']');
        answer(DOWNLOADS + "b", 200, "B");
        assertEquals(List.of("B"), Poll.contents(collect("types", List.of(" scan ", "sinkhole"))));
    }

    @Test
    void textInLatin1BecomesUtf8() throws Exception {
        answer(LIST, 200, '[' + report("a", "scan_http") + ']');
        http.at(DOWNLOADS + "a", 200, "ü".getBytes(StandardCharsets.ISO_8859_1), "Content-Type", "text/csv");
        assertEquals(List.of("ü"), Poll.contents(collect()));
    }

    @Test
    void tellsWhyTheListIsRefused() {
        answer(LIST, 200, "{\"error\": \"no permission\"}");
        assertEquals("POST " + LIST + " was refused: no permission", assertThrows(IOException.class, this::collect).getMessage());
        answer(LIST, 200, "oops");
        assertTrue(assertThrows(IOException.class, this::collect).getMessage().startsWith("POST " + LIST + " answered with invalid JSON"));
    }
}
