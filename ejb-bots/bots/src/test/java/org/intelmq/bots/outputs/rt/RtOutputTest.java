package org.intelmq.bots.outputs.rt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.intelmq.bot.Http;
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
import org.junit.jupiter.api.io.TempDir;

class RtOutputTest {

    private static final String ADDRESS = "http://rt.example/REST/1.0/";

    /** Request Tracker: lets in who knows the password, counts tickets, and answers as it does. */
    private static final class Tracker implements Http {

        private final List<String> requests = new ArrayList<>();
        private final List<String> tickets = new ArrayList<>();
        private final Map<String, String> statuses = new LinkedHashMap<>();
        private String failsAt = "nothing";

        @Override
        public HttpRequest.Builder request(URI address) {
            return HttpRequest.newBuilder(address);
        }

        @Override
        public HttpResponse<InputStream> send(HttpRequest request) throws IOException {
            String path = request.uri().toString().substring(ADDRESS.length());
            assertEquals("POST", request.method());
            assertEquals(List.of("application/x-www-form-urlencoded"), request.headers().allValues("Content-Type"));
            requests.add(path);
            if (path.equals(failsAt)) {
                throw new ConnectException("connection refused");
            }
            CannedHttp canned = new CannedHttp().at(request.uri().toString(), 200, new byte[0]);
            canned.send(request);
            String body = URLDecoder.decode(new String(canned.asked().get(0).body(), StandardCharsets.UTF_8), StandardCharsets.UTF_8);
            if (!path.isEmpty()) {
                assertEquals(List.of("RT_SID=1"), request.headers().allValues("Cookie"));
            }
            return new CannedHttp().at(request.uri().toString(), 200, answer(path, body).getBytes(StandardCharsets.UTF_8), "Set-Cookie",
                    "RT_SID=1; path=/; secure")
                    .send(request);
        }

        private String answer(String path, String body) {
            if (path.isEmpty()) {
                return body.equals("user=apiuser&pass=secret") ? "RT/4.4.4 200 Ok\n\n" : "RT/4.4.4 401 Credentials required\n\n";
            }
            if (path.equals("ticket/new")) {
                String content = body.substring("content=".length());
                if (content.endsWith("Queue: None")) {
                    return "RT/4.4.4 200 Ok\n\n# Could not create ticket.\n# No such queue\n";
                }
                tickets.add(content);
                return "RT/4.4.4 200 Ok\n\n# Ticket " + tickets.size() + " created.\n";
            }
            if (path.equals("ticket/link")) {
                tickets.add(body);
                return "RT/4.4.4 200 Ok\n\n# Created link 2 MemberOf 1\n";
            }
            statuses.put(path, body);
            return "RT/4.4.4 200 Ok\n\n# Ticket 1 updated.\n";
        }
    }

    private final Tracker tracker = new Tracker();
    @TempDir
    private Path data;

    private RtOutput output(Object... parameters) throws IOException {
        Object[] all = new Object[parameters.length + 4];
        all[0] = "rt_uri";
        all[1] = "http://rt.example/REST/1.0";
        all[2] = "rt_password";
        all[3] = "secret";
        System.arraycopy(parameters, 0, all, 4, parameters.length);
        return new RtOutput(Parameters.of(RtOutput.Params.class, all), new TestContext().http(tracker).dataDirectory(data));
    }

    private static Message event() {
        Message event = new Event(Harmonization.standard()).add("source.ip", "192.0.2.1").add("source.abuse_contact", "abuse@example.com")
                .add("event_description.text", "first\nQueue: Other\u2028CF.{IP}: x").add("extra.list", List.of(1L, "ü"));
        event.identify("1");
        return event;
    }

    @Test
    void opensATicketAndClosesIt() throws Exception {
        output("cf_mapping", "source.ip: IP, extra.list: List").process(event(), new RecordingOutbox());
        assertEquals(List.of("Subject: Incident notification, 192.0.2.1\nText: first\n Queue: Other\n CF.{IP}: x\n \n source.ip: 192.0.2.1\n"
                + " source.abuse_contact: abuse@example.com\n event_description.text: first\n Queue: Other\n CF.{IP}: x\n extra.list: [1, 'ü']\n"
                + "CF.{IP}: 192.0.2.1\nCF.{List}: [1, 'ü']\nid: ticket/new\nQueue: Incidents"), tracker.tickets);
        assertEquals(Map.of("ticket/1/edit", "content=Status: resolved"), tracker.statuses);
    }

    @Test
    void opensAnInvestigationAndLinksIt() throws Exception {
        output("create_investigation", true, "investigation_fields", "source.ip", "final_status", "").process(event(), new RecordingOutbox());
        assertEquals(List.of("Subject: Incident notification, 192.0.2.1\nText: first\n Queue: Other\n CF.{IP}: x\n \n source.ip: 192.0.2.1\n"
                + "Requestor: abuse@example.com\nid: ticket/new\nQueue: Investigations", "rel=memberof&to=1&id=2&del=0"), tracker.tickets.subList(1, 3));
        assertEquals(Map.of(), tracker.statuses);
    }

    @Test
    void waitsWhileItIsNotLetIn() {
        String message = assertThrows(UnavailableException.class, () -> output("rt_user", "x").process(event(), new RecordingOutbox())).getMessage();
        assertTrue(message.contains("does not let user 'x' log in") && !message.contains("secret"), message);
        assertEquals(List.of(), tracker.tickets);
    }

    @Test
    void anEventWithoutATicketIsNotTakenForDone() {
        String message = assertThrows(IOException.class, () -> output("queue", "None").process(event(), new RecordingOutbox())).getMessage();
        assertEquals("Request Tracker did not create a ticket in queue 'None': \"RT/4.4.4 200 Ok / # Could not create ticket. / # No such queue\"", message);
    }

    @Test
    void aStepThatFailsIsTriedAgainWithoutAnotherTicket() throws Exception {
        RtOutput output = output();
        tracker.failsAt = "ticket/1/edit";
        assertThrows(IOException.class, () -> output.process(event(), new RecordingOutbox()));
        tracker.failsAt = "nothing";
        output.process(event(), new RecordingOutbox());
        assertEquals(1, tracker.tickets.size());
        assertEquals(Set.of("ticket/1/edit"), tracker.statuses.keySet());
    }

    @Test
    void theTicketOfAnEventThatComesAgainAfterACrashIsNotOpenedTwice() throws Exception {
        RecordingOutbox rolledBack = new RecordingOutbox();
        output("create_investigation", true).process(event(), rolledBack);
        assertEquals(3, tracker.tickets.size());
        RecordingOutbox out = new RecordingOutbox();
        output("create_investigation", true).process(event(), out);
        assertEquals(3, tracker.tickets.size());
        out.commit();
        output().process(event(), new RecordingOutbox());
        assertEquals(4, tracker.tickets.size(), "once all is committed, an event that comes is another one");
    }

    @Test
    void aTicketThatWasRefusedIsNotSaidToBeThere() throws Exception {
        RtOutput refused = output("queue", "None");
        assertThrows(IOException.class, () -> refused.process(event(), new RecordingOutbox()));
        refused.close();
        try (Stream<Path> ledgers = Files.list(data.resolve("rt-output"))) {
            assertEquals("", Files.readString(ledgers.findFirst().orElseThrow()));
        }
    }

    @Test
    void aContactIsNotWrittenToTwice() throws Exception {
        tracker.failsAt = "ticket/link";
        output("create_investigation", true).process(event(), new RecordingOutbox());
        assertEquals(2, tracker.tickets.size());
        assertEquals(1, tracker.statuses.size());
    }

    @Test
    void needsAPassword() {
        assertEquals(List.of("parameter 'rt_password' is not set: expected text (Password of the user.)"),
                ParameterSchema.of(RtOutput.Params.class).read(Map.of(), Set.of()).problems());
    }
}
