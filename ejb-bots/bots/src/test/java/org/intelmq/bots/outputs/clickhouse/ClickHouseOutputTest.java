package org.intelmq.bots.outputs.clickhouse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.intelmq.bot.ConfigurationException;
import org.intelmq.bot.Http;
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

class ClickHouseOutputTest {

    private static final RecordingOutbox NOWHERE = new RecordingOutbox();

    /** A table of ClickHouse: takes inserts whole or not at all, and knows tokens that it has had. */
    private static final class Table implements Http {

        private final List<Map<?, ?>> rows = new ArrayList<>();
        private final List<Map<String, String>> queries = new ArrayList<>();
        private final Set<String> tokens = new HashSet<>();
        private Set<String> columns;
        /** {@code lost} writes and does not answer; a number is an error of ClickHouse. */
        private String trouble = "";

        @Override
        public HttpRequest.Builder request(URI address) {
            return HttpRequest.newBuilder(address);
        }

        @Override
        public HttpResponse<InputStream> send(HttpRequest request) throws IOException {
            assertEquals("POST", request.method());
            assertEquals("/", request.uri().getPath());
            assertEquals(List.of("intelmq"), request.headers().allValues("X-ClickHouse-User"));
            assertEquals(List.of("secret"), request.headers().allValues("X-ClickHouse-Key"));
            Map<String, String> query = new LinkedHashMap<>();
            for (String part : request.uri().getRawQuery().split("&")) {
                query.put(part.split("=")[0], URLDecoder.decode(part.split("=")[1], StandardCharsets.UTF_8));
            }
            queries.add(query);
            if (trouble.equals("away")) {
                throw new ConnectException("connection refused");
            }
            if (trouble.startsWith("<")) {
                return answer(request, 200, trouble, null);
            }
            if (trouble.matches("\\d+")) {
                return answer(request, 500, "Code: " + trouble, trouble);
            }
            CannedHttp canned = new CannedHttp().at(request.uri().toString(), 200, new byte[0]);
            canned.send(request);
            List<Map<?, ?>> fresh = new ArrayList<>();
            for (String line : new String(canned.asked().get(0).body(), StandardCharsets.UTF_8).split("\n")) {
                Map<?, ?> row = (Map<?, ?>) Json.parse(line);
                if (columns != null && !columns.containsAll(row.keySet()) && query.get("input_format_skip_unknown_fields").equals("0")) {
                    return answer(request, 400, "Code: 117. Unknown field found while parsing JSONEachRow", "117");
                }
                fresh.add(row);
            }
            String token = query.get("insert_deduplication_token");
            if (token == null || tokens.add(token)) {
                rows.addAll(fresh);
            }
            if (trouble.equals("lost")) {
                throw new SocketTimeoutException("no reply within 30 s");
            }
            return answer(request, 200, "", null);
        }

        private static HttpResponse<InputStream> answer(HttpRequest request, int status, String text, String code) throws IOException {
            String[] headers = code == null ? new String[0] : new String[] {"X-ClickHouse-Exception-Code", code};
            return new CannedHttp().at(request.uri().toString(), status, text.getBytes(StandardCharsets.UTF_8), headers).send(request);
        }

        private String values(String column) {
            return rows.stream().map(row -> String.valueOf(row.get(column))).sorted().collect(Collectors.joining(" "));
        }
    }

    private final Table table = new Table();

    private ClickHouseOutput output(Object... parameters) {
        List<Object> all = new ArrayList<>(List.of("user", "intelmq", "password", "secret"));
        all.addAll(List.of(parameters));
        return new ClickHouseOutput(Parameters.of(ClickHouseOutput.Params.class, all.toArray()), new TestContext().http(table));
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

    /** As the host does: together, and if that fails one by one until one has to wait. Returns how many failed. */
    private static int deliver(ClickHouseOutput output, List<Message> events) throws InterruptedException {
        int failed = 0;
        try {
            output.processAll(events, NOWHERE);
        } catch (IOException | UnavailableException e) {
            for (Message event : events) {
                try {
                    output.process(event, NOWHERE);
                } catch (UnavailableException waits) {
                    return -1;
                } catch (IOException fails) {
                    failed++;
                }
            }
        }
        return failed;
    }

    @Test
    void aBatchIsOneInsertWithATokenOfItsOwn() throws Exception {
        output("table", "e`v", "id_column", "id").processAll(List.of(event("1", "source.ip", "192.0.2.1", "extra.a.b", 1L, "extra.c", List.of("x")),
                event("2", "comment", "ü")), NOWHERE);
        assertEquals("INSERT INTO `default`.`e\\`v` FORMAT JSONEachRow", table.queries.get(0).get("query"));
        assertEquals("0 1 best_effort 1", table.queries.get(0).get("async_insert") + " " + table.queries.get(0).get("insert_deduplicate") + " "
                + table.queries.get(0).get("date_time_input_format") + " " + table.queries.get(0).get("wait_end_of_query"));
        assertEquals("192.0.2.1 {a.b=1, c=[x]}", table.rows.get(0).get("source_ip") + " " + table.rows.get(0).get("extra"));
        assertEquals(2, table.rows.stream().map(row -> row.get("id")).distinct().count());
        output().processAll(three(), NOWHERE);
        output().processAll(three(), NOWHERE);
        assertEquals("a b c null ü", table.values("comment"));
        assertEquals(1, table.queries.size() - 2);
    }

    @Test
    void anInsertOfUnknownFateIsSentAgainAndNotTwiceThere() throws Exception {
        ClickHouseOutput output = output();
        table.trouble = "lost";
        assertEquals(-1, deliver(output, three()));
        table.trouble = "";
        assertEquals(0, deliver(output, three()));
        assertEquals(0, deliver(output, List.of(event("4", "comment", "d"))));
        assertEquals("a b c d", table.values("comment"));
        assertEquals(2, table.queries.stream().map(query -> query.get("insert_deduplication_token")).distinct().count());
    }

    @Test
    void whatWasLostAndComesAloneAfterwardsIsNotTwiceThere() throws Exception {
        ClickHouseOutput output = output();
        table.trouble = "lost";
        assertThrows(UnavailableException.class, () -> output.processAll(three(), NOWHERE));
        table.trouble = "";
        for (Message event : three()) {
            output.process(event, NOWHERE);
        }
        assertEquals("a b c", table.values("comment"));
    }

    @Test
    void waitsWhileItIsAwayOrCannot() throws Exception {
        ClickHouseOutput output = output();
        for (String trouble : List.of("away", "<html>Log in</html>", "516", "60", "252", "319")) {
            table.trouble = trouble;
            assertEquals(-1, deliver(output, three()), trouble);
        }
        table.trouble = "";
        assertEquals(0, deliver(output, three()));
        assertEquals("a b c", table.values("comment"));
    }

    @Test
    void theEventThatDoesNotFitFailsAndTheRestStays() throws Exception {
        table.columns = Set.of("comment");
        List<Message> events = List.of(event("1", "comment", "a"), event("2", "comment", "b", "tlp", "RED"), event("3", "comment", "c"));
        assertEquals(1, deliver(output(), events));
        assertEquals("a c", table.values("comment"));
        assertEquals(0, deliver(output("skip_unknown_fields", true), List.of(events.get(1))));
    }

    @Test
    void withoutAnIdentityThereIsNoToken() throws Exception {
        output().process(event(null, "comment", "a"), NOWHERE);
        assertNull(table.queries.get(0).get("insert_deduplication_token"));
    }

    @Test
    void needsAnAddress() {
        assertTrue(assertThrows(ConfigurationException.class, () -> output("url", "localhost")).getMessage().contains("'url'"));
    }
}
