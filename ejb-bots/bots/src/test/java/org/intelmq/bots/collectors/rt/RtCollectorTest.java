package org.intelmq.bots.collectors.rt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.intelmq.bot.ConfigurationException;
import org.intelmq.message.Fields;
import org.intelmq.message.Message;
import org.intelmq.testing.CannedHttp;
import org.intelmq.testing.Poll;
import org.intelmq.testing.RecordingOutbox;
import org.intelmq.testing.TestContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RtCollectorTest {

    private static final String ROOT = "http://rt.example/REST/1.0/";
    private static final String OK = "RT/4.4.4 200 Ok\n\n";
    private static final String USUAL = "search/ticket?query=%28Queue%3D%27Incident+Reports%27%29+AND+%28Owner%3D%27nobody%27%29+AND+%28Status%3D%27new%27%29"
            + "+AND+%28Subject+LIKE+%27Report%27%29&orderby=Created&format=l";

    private final CannedHttp http = new CannedHttp();

    @BeforeEach
    void logIn() {
        http.at(ROOT, 200, OK.getBytes(StandardCharsets.UTF_8), "Set-Cookie", "RT_SID=s1; path=/; HttpOnly");
    }

    private RecordingOutbox collect(Object... more) throws Exception {
        Object[] parameters = new Object[6 + more.length];
        System.arraycopy(new Object[] {"uri", "http://rt.example/REST/1.0", "user", "u", "password", "p&q"}, 0, parameters, 0, 6);
        System.arraycopy(more, 0, parameters, 6, more.length);
        return Poll.once(Poll.collector(RtCollector.TYPE, new TestContext().http(http), parameters));
    }

    private void answer(String path, String text) {
        http.at(path.startsWith("http") ? path : ROOT + path, 200, text.getBytes(StandardCharsets.UTF_8));
    }

    private List<String> asked() {
        return http.asked().stream().map(asked -> asked.request().method() + ' ' + asked.request().uri().toString().replace(ROOT, "/")
                + (asked.body().length == 0 ? "" : ' ' + new String(asked.body(), StandardCharsets.UTF_8))).toList();
    }

    private static String ticket(int id, String updated) {
        return "id: ticket/" + id + "\nQueue: Incident Reports\nOwner: Nobody\nSubject: Report: daily\nStatus: new\n"
                + "Requestors: a@example.com,\n            b@example.com\n"
                + "LastUpdated: " + updated + "\n\n";
    }

    private void offerCsv(int id, String content) {
        answer("ticket/" + id + "/attachments", OK + "id: ticket/" + id + "/attachments\n\nAttachments: 10: (Unnamed) (text/plain / 1.2k),\n"
                + "             11: a (b).csv (text/csv / 1.2k)\n");
        answer("ticket/" + id + "/attachments/11/content", OK + content);
        answer("ticket/" + id + "/attachments/11", OK + "id: 11\nCreated: 2026-01-02 03:04:05\nFilename: a (b).csv\n\n");
    }

    @Test
    void marksTicketsOnceTheirReportsAreSafe() throws Exception {
        answer(USUAL, OK + ticket(1, "x") + "\n\n--\n\n" + ticket(2, "y"));
        offerCsv(1, "one");
        offerCsv(2, "two");
        RecordingOutbox sent = collect("attachment_regex", "\\.csv$", "extract_attachment", false);
        assertEquals(List.of("one", "two"), Poll.contents(sent));
        Message report = sent.sent().get(0);
        assertEquals(1L, report.get(Fields.RTIR_ID));
        assertEquals("2026-01-02T03:04:05+00:00", report.text(Fields.TIME_OBSERVATION));
        assertEquals("Report: daily", report.text("extra.ticket_subject"));
        assertEquals("a@example.com,b@example.com", report.text("extra.email_from"));
        assertEquals(List.of("POST / user=u&pass=p%26q", "GET /" + USUAL, "GET /ticket/1/attachments", "GET /ticket/1/attachments/11/content",
                "GET /ticket/1/attachments/11",
                "GET /ticket/2/attachments", "GET /ticket/2/attachments/11/content", "GET /ticket/2/attachments/11"), asked());
        for (int id : new int[] {1, 2}) {
            answer("ticket/" + id + "/take", OK + "# Owner changed\n");
            answer("ticket/" + id + "/edit", OK + "# Ticket updated.\n");
        }
        sent.commit();
        assertEquals(List.of("POST /ticket/1/take content=Ticket%3A+1%0AAction%3A+take", "POST /ticket/1/edit content=status%3A+open",
                "POST /ticket/2/take content=Ticket%3A+2%0AAction%3A+take", "POST /ticket/2/edit content=status%3A+open"), asked().subList(8, 12));
        http.asked().stream().skip(1).forEach(asked -> assertEquals("RT_SID=s1", asked.request().headers().firstValue("Cookie").orElse("")));
    }

    @Test
    void aTicketThatCannotBeMarkedComesAgainAsTheSame() throws Exception {
        answer(USUAL, OK + ticket(1, "x"));
        offerCsv(1, "one");
        RecordingOutbox first = collect("attachment_regex", "\\.csv$", "extract_attachment", false);
        first.commit();
        String again = collect("attachment_regex", "\\.csv$", "extract_attachment", false).sent().get(0).id();
        assertEquals(first.sent().get(0).id(), again);
        answer(USUAL, OK + ticket(1, "later"));
        assertNotEquals(again, collect("attachment_regex", "\\.csv$", "extract_attachment", false).sent().get(0).id());
    }

    @Test
    void aTicketThatCannotBeReadCostsNoOther() throws Exception {
        answer(USUAL, OK + ticket(1, "x") + "\n\n--\n\n" + ticket(2, "y"));
        answer("ticket/1/attachments", "RT/4.4.4 401 Credentials required\n\n");
        offerCsv(2, "two");
        assertEquals(List.of("two"), Poll.contents(collect("attachment_regex", "\\.csv$", "extract_attachment", false)));
    }

    @Test
    void aRefusalToTakeKeepsNobodyFromSettingTheStatus() throws Exception {
        answer(USUAL, OK + ticket(1, "x"));
        offerCsv(1, "one");
        answer("ticket/1/take", "RT/4.4.4 400 Bad Request\n\n# That user already owns that ticket\n");
        answer("ticket/1/edit", OK + "# Ticket 1 updated.\n");
        collect("attachment_regex", "\\.csv$", "extract_attachment", false, "set_status", "resolved").commit();
        assertEquals("POST /ticket/1/edit content=status%3A+resolved", asked().get(asked().size() - 1));
    }

    @Test
    void fetchesWhatLiesAtAnAddressInTheTicket() throws Exception {
        answer(USUAL, OK + ticket(1, "x"));
        answer("ticket/1/history?format=l", OK + "# 1/1 (id/5/total)\n\nid: 5\nContent: Dear all,\n         see https://dl.example/x.csv.gz\n         -- \n"
                + "         us\nCreator: u\nCreated: 2026-01-02 03:04:05\n");
        answer("ticket/1/show", OK + ticket(1, "x"));
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write("csv".getBytes(StandardCharsets.UTF_8));
        }
        http.at("https://dl.example/x.csv.gz", 200, packed.toByteArray());
        RecordingOutbox sent = collect("attachment_regex", "", "url_regex", "https://dl\\.example/\\S+");
        assertEquals(List.of("csv"), Poll.contents(sent));
        assertEquals("x.csv", sent.sent().get(0).text("extra.file_name"));
        assertTrue(http.asked().stream().filter(asked -> asked.request().uri().getHost().equals("dl.example"))
                .allMatch(asked -> asked.request().headers().firstValue("Cookie").isEmpty()), "the session is Request Tracker's alone");
    }

    @Test
    void anAddressThatIsGoneForGoodEndsTheTicketAndOneThatFailsDoesNot() throws Exception {
        answer(USUAL, OK + ticket(1, "x"));
        answer("ticket/1/history?format=l", OK + "id: 5\nContent: https://dl.example/x\nCreated: 2026-01-02 03:04:05\n");
        http.at("https://dl.example/x", 503, "later".getBytes(StandardCharsets.UTF_8));
        RecordingOutbox sent = collect("attachment_regex", "", "url_regex", "https://dl\\.example/\\S+");
        sent.commit();
        assertEquals(List.of(), sent.sent());
        assertFalse(asked().stream().anyMatch(asked -> asked.contains("/take") || asked.contains("/edit")));
        http.at("https://dl.example/x", 410, "gone".getBytes(StandardCharsets.UTF_8));
        answer("ticket/1/take", OK);
        answer("ticket/1/edit", OK);
        sent = collect("attachment_regex", "", "url_regex", "https://dl\\.example/\\S+");
        sent.commit();
        assertEquals(List.of(), sent.sent());
        assertTrue(asked().get(asked().size() - 1).startsWith("POST /ticket/1/edit"));
    }

    @Test
    void asksForAllOfAList() throws Exception {
        String query = "search/ticket?query=%28Queue%3D%27Q%27%29+AND+%28%28Status%3D%27new%27%29+AND+%28Subject+LIKE+%27a%27%29"
                + "+AND+%28Subject+LIKE+%27b%5C%27s%27%29"
                + "+AND+%28Subject+NOT+LIKE+%27c%27%29%29&orderby=Created&format=l";
        answer(query, OK + "No matching results.\n");
        assertEquals(List.of(), collect("search_queue", "Q", "search_owner", null, "search_subject_like", List.of("a", "b's"),
                "search_subject_notlike", "c").sent());
        assertEquals("GET /" + query, asked().get(1));
    }

    @Test
    void tellsThatTheLoginIsWrong() {
        answer(ROOT, "RT/4.4.4 401 Credentials required\n\n# bad\n");
        assertEquals("user or password is wrong: Request Tracker answered with 401 Credentials required: # bad",
                assertThrows(IOException.class, this::collect).getMessage());
        answer(ROOT, "<html>");
        assertTrue(assertThrows(IOException.class, this::collect).getMessage().contains("answered with <html>, expected an answer of REST 1.0"));
    }

    @Test
    void refusesWrongParameters() {
        assertEquals("parameter 'search_not_older_than' cannot be \"whenever\": expected a span such as 2 days, or a date such as 2026-01-31T06:00:00+00:00",
                assertThrows(ConfigurationException.class, () -> collect("search_not_older_than", "whenever")).getMessage());
        assertTrue(assertThrows(ConfigurationException.class, () -> collect("url_regex", "(")).getMessage()
                .startsWith("parameter 'url_regex' cannot be \"(\""));
        assertTrue(assertThrows(ConfigurationException.class, () -> collect("uri", "rt")).getMessage().startsWith("parameter 'uri' cannot be \"rt\""));
    }
}
