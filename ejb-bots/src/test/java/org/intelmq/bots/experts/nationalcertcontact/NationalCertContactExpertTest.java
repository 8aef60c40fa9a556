package org.intelmq.bots.experts.nationalcertcontact;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

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
import org.intelmq.bot.Bot;
import org.intelmq.bot.Http;
import org.intelmq.bot.testing.RecordingOutbox;
import org.intelmq.bot.testing.TestContext;
import org.intelmq.catalogue.ParameterSchema;
import org.intelmq.message.Event;
import org.intelmq.message.Harmonization;
import org.intelmq.message.Message;
import org.junit.jupiter.api.Test;

class NationalCertContactExpertTest {

    private final RecordingOutbox out = new RecordingOutbox();
    private final List<URI> asked = new ArrayList<>();
    private String answer = "192.0.2.1;AT;x;reports@cert.example;y\n";

    private final Http http = new Http() {
        @Override
        public HttpResponse<InputStream> send(HttpRequest request) {
            throw new UnsupportedOperationException();
        }

        @Override
        public HttpRequest.Builder request(URI address) {
            throw new UnsupportedOperationException();
        }

        @Override
        public byte[] get(URI address) {
            asked.add(address);
            return answer.getBytes(StandardCharsets.UTF_8);
        }
    };

    @SuppressWarnings("unchecked")
    private Bot<Message> bot(Map<String, Object> parameters) throws Exception {
        return (Bot<Message>) NationalCertContactExpert.TYPE.factory()
                .create(ParameterSchema.of(NationalCertContactExpert.Params.class).read(parameters, Set.of()).value(), new TestContext().http(http));
    }

    private static Event event(String... fieldsAndValues) {
        Event event = new Event(Harmonization.standard());
        for (int i = 0; i < fieldsAndValues.length; i += 2) {
            event.add(fieldsAndValues[i], fieldsAndValues[i + 1]);
        }
        return event;
    }

    @Test
    void addsCountryAndContact() throws Exception {
        bot(Map.of()).process(event("source.ip", "2001:db8::1", "destination.ip", "192.0.2.1", "destination.abuse_contact", "old@example.net",
                "destination.geolocation.cc", "DE"), out);
        assertEquals(URI.create("https://contacts.cert.at/cgi-bin/abuse-nationalcert.pl?ip=2001%3Adb8%3A%3A1&bFilter=off&bShowNationalCERT=on&sep=semicolon"), asked.get(0));
        assertEquals(event("source.ip", "2001:db8::1", "destination.ip", "192.0.2.1", "destination.abuse_contact", "old@example.net,reports@cert.example",
                "destination.geolocation.cc", "DE", "source.geolocation.cc", "AT", "source.abuse_contact", "reports@cert.example"), out.sent().get(0));
    }

    @Test
    void replacesACountryIfAskedAndTakesAnEmptyAnswerForNone() throws Exception {
        bot(Map.of("overwrite_cc", true, "filter", true)).process(event("source.ip", "192.0.2.1", "source.geolocation.cc", "DE"), out);
        assertEquals("AT", out.sent().get(0).get("source.geolocation.cc"));
        answer = "";
        bot(Map.of()).process(event("source.ip", "192.0.2.1"), out);
        assertEquals(1, out.sent().get(1).size());
    }

    @Test
    void refusesAnAnswerInAnotherForm() throws Exception {
        answer = "<html>";
        assertThrows(IOException.class, () -> bot(Map.of()).process(event("source.ip", "192.0.2.1"), out));
    }
}
