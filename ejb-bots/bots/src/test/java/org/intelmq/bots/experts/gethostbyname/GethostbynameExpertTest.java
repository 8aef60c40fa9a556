package org.intelmq.bots.experts.gethostbyname;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.intelmq.bot.BatchBot;
import org.intelmq.bot.Dns;
import org.intelmq.message.Event;
import org.intelmq.message.Harmonization;
import org.intelmq.message.Message;
import org.intelmq.testing.RecordingOutbox;
import org.intelmq.testing.TestContext;
import org.junit.jupiter.api.Test;

class GethostbynameExpertTest {

    private final RecordingOutbox out = new RecordingOutbox();
    private final List<CompletableFuture<List<String>>> asked = new ArrayList<>();

    /** Answers nothing before all of a batch have been asked. */
    private final Dns dns = (name, type) -> {
        CompletableFuture<List<String>> answer = new CompletableFuture<>();
        asked.add(answer);
        if (name.startsWith("slow")) {
            asked.forEach(each -> each.complete(List.of("192.0.2.5", "192.0.2.6")));
        } else if (name.startsWith("down")) {
            answer.completeExceptionally(new IOException("no server answers"));
        } else if (name.startsWith("sink")) {
            answer.complete(List.of("0.0.0.0", "192.0.2.7"));
        } else if (name.startsWith("missing")) {
            answer.complete(List.of());
        }
        return answer;
    };

    @SuppressWarnings("unchecked")
    private BatchBot<Message> bot(List<Integer> ignored, boolean overwrite) throws Exception {
        return (BatchBot<Message>) GethostbynameExpert.TYPE.factory()
                .create(new GethostbynameExpert.Params(true, ignored, overwrite), new TestContext().dns(dns));
    }

    private static Event event(String field, String value) {
        Event event = new Event(Harmonization.standard());
        event.add(field, value);
        return event;
    }

    @Test
    void asksForAllNamesOfABatchBeforeItWaits() throws Exception {
        Event known = event("source.fqdn", "host.example.net");
        known.add("source.ip", "198.51.100.1");
        bot(List.of(), false).processAll(List.of(event("source.fqdn", "fast.example.net"), known,
                event("destination.url", "http://slow.example.net/x")), out);
        assertEquals(2, asked.size());
        assertEquals("192.0.2.5", out.sent().get(0).get("source.ip"));
        assertEquals("198.51.100.1", out.sent().get(1).get("source.ip"));
        assertEquals("192.0.2.5", out.sent().get(2).get("destination.ip"));
    }

    @Test
    void replacesAnAddressIfAsked() throws Exception {
        Event event = event("source.fqdn", "slow.example.net");
        event.add("source.ip", "198.51.100.1");
        bot(List.of(), true).process(event, out);
        assertEquals("192.0.2.5", out.sent().get(0).get("source.ip"));
    }

    @Test
    void leavesNamesThatDoNotExistAndUrlsWithAnAddressAlone() throws Exception {
        bot(List.of(), false).processAll(List.of(event("source.fqdn", "missing.example.net"), event("source.url", "http://192.0.2.9/")), out);
        assertEquals(1, out.sent().get(0).size());
        assertEquals(1, out.sent().get(1).size());
    }

    @Test
    void refusesAnEventWhenNoServerAnswersUnlessThatIsIgnored() throws Exception {
        assertThrows(IOException.class, () -> bot(List.of(), false).process(event("source.fqdn", "down.example.net"), out));
        bot(List.of(-3), false).process(event("source.fqdn", "down.example.net"), out);
        assertEquals(1, out.sent().size());
    }

    @Test
    void asksForTheHostOfAUrlAlone() throws Exception {
        bot(List.of(), false).processAll(List.of(event("source.url", "http://user:pw@sink.example.net:8080/x"),
                event("source.url", "http://[2001:db8::1]:80/")), out);
        assertEquals(1, asked.size());
        assertEquals("192.0.2.7", out.sent().get(0).get("source.ip"));
        assertEquals(1, out.sent().get(1).size());
    }
}
