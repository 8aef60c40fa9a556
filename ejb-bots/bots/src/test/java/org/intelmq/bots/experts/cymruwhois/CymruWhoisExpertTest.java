package org.intelmq.bots.experts.cymruwhois;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.intelmq.bot.BatchBot;
import org.intelmq.bot.CacheParams;
import org.intelmq.bot.Dns;
import org.intelmq.message.Event;
import org.intelmq.message.Harmonization;
import org.intelmq.message.Message;
import org.intelmq.testing.RecordingOutbox;
import org.intelmq.testing.TestContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CymruWhoisExpertTest {

    private static final CacheParams CACHE = new CacheParams(null, "127.0.0.1", 6379, 5, null, Duration.ofDays(1));
    private static final Map<String, List<String>> RECORDS = Map.of(
            "20.2.0.192.origin.asn.cymru.com", List.of("\"64520 | 192.0.2.0/33 | AT | ripencc | 0000-00-00\"",
            "\"many | 192.0.2.0/24 | Austria | nobody | 2020-02-30\""),
            "21.2.0.192.origin.asn.cymru.com", List.of("\"64521 | 192.0.2.0/24 | AT | ripencc | 2010-01-01\""),
            "AS64521.asn.cymru.com", List.of("\"64521 | AT | ripencc | 2010-01-01 | EX\\007AMPLE\"", "\"64521 | AT | ripencc | 2010-01-01 | \\255\\254\""),
            "22.2.0.192.origin.asn.cymru.com", List.of("\"64522 | 192.0.2.0/24 | AT | ripencc | 2010-01-01\""),
            "24.2.0.192.origin.asn.cymru.com", List.of("\"64523 | 192.0.2.0/24 | AT | ripencc | unknown\""),
            "23.2.0.192.origin.asn.cymru.com", List.of("\"\\25x | odd\"", ""),
            "7.2.0.192.origin.asn.cymru.com", List.of("\"64500 | 192.0.0.0/16 | AT | ripencc | 2007-06-07\"",
            "\"64501 64502 | 192.0.2.0/24 | AT | other | 2010-01-01\""),
            "AS64501.asn.cymru.com", List.of("\"64501 | AT | ripencc | 2010-01-01 | CAF\\195\\131\\194\\137 Caf\\195\\131\\194\\169 - Test, AT\""),
            "1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.origin6.asn.cymru.com", List.of("\"NA | 2001:db8::/32 |  | arin | \""));

    private final RecordingOutbox out = new RecordingOutbox();
    private final List<String> asked = new ArrayList<>();
    private BatchBot<Message> bot;

    @BeforeEach
    @SuppressWarnings("unchecked")
    void start() throws Exception {
        Dns dns = (name, type) -> {
            asked.add(name);
            return name.startsWith("3.2.0.192") || name.startsWith("AS64522") ? CompletableFuture.failedFuture(new IOException("no server answers"))
                    : CompletableFuture.completedFuture(RECORDS.getOrDefault(name, List.of()));
        };
        bot = (BatchBot<Message>) CymruWhoisExpert.TYPE.factory().create(new CymruWhoisExpert.Params(true, CACHE), new TestContext().dns(dns));
    }

    private static Event event(String field, String address) {
        Event event = new Event(Harmonization.standard());
        event.add(field, address);
        return event;
    }

    @Test
    void takesTheMostSpecificNetworkItsFirstAsAndItsNameDecoded() throws Exception {
        bot.process(event("source.ip", "192.0.2.7"), out);
        assertEquals("{\"source.ip\": \"192.0.2.7\", \"source.asn\": 64501, \"source.network\": \"192.0.2.0/24\", \"source.geolocation.cc\": \"AT\", "
                + "\"source.allocated\": \"2010-01-01T00:00:00+00:00\", \"source.as_name\": \"CAF\\u00c9 Caf\\u00e9 - Test, AT\", \"__type\": \"Event\"}",
                out.sent().get(0).toString());
    }

    @Test
    void asksOnceForTheAddressesOfABatchAndRemembersTheAnswers() throws Exception {
        bot.processAll(List.of(event("source.ip", "192.0.2.7"), event("destination.ip", "192.0.2.7"), event("source.ip", "192.0.2.8")), out);
        bot.processAll(List.of(event("source.ip", "192.0.2.7"), event("source.ip", "192.0.2.8")), out);
        assertEquals(List.of("7.2.0.192.origin.asn.cymru.com", "8.2.0.192.origin.asn.cymru.com", "AS64501.asn.cymru.com"), asked);
        assertEquals(64501L, out.sent().get(1).get("destination.asn"));
        assertEquals(out.sent().get(0), out.sent().get(3));
        assertEquals(1, out.sent().get(4).size());
    }

    @Test
    void takesWhatThereIsForIpv6() throws Exception {
        bot.process(event("source.ip", "2001:db8::1"), out);
        assertEquals("{\"source.ip\": \"2001:db8::1\", \"source.network\": \"2001:db8::/32\", \"source.registry\": \"ARIN\", \"__type\": \"Event\"}",
                out.sent().get(0).toString());
    }

    @Test
    void goesOnWithoutWhenNoServerAnswers() throws Exception {
        bot.process(event("source.ip", "192.0.2.3"), out);
        assertEquals(1, out.sent().get(0).size());
    }

    @Test
    void doesNotTakeAFailureForAnAnswer() throws Exception {
        bot.process(event("source.ip", "192.0.2.3"), out);
        bot.process(event("source.ip", "192.0.2.3"), out);
        bot.process(event("source.ip", "192.0.2.22"), out);
        bot.process(event("source.ip", "192.0.2.22"), out);
        assertEquals(List.of("3.2.0.192.origin.asn.cymru.com", "3.2.0.192.origin.asn.cymru.com", "22.2.0.192.origin.asn.cymru.com", "AS64522.asn.cymru.com",
                "22.2.0.192.origin.asn.cymru.com", "AS64522.asn.cymru.com"), asked);
        assertEquals(64522L, out.sent().get(3).get("source.asn"));
    }

    @Test
    void leavesOutWhatIsInvalid() throws Exception {
        bot.process(event("source.ip", "192.0.2.20"), out);
        bot.process(event("source.ip", "192.0.2.21"), out);
        bot.process(event("source.ip", "192.0.2.23"), out);
        assertEquals("{\"source.ip\": \"192.0.2.20\", \"source.network\": \"192.0.2.0/24\", \"__type\": \"Event\"}", out.sent().get(0).toString());
        assertEquals("{\"source.ip\": \"192.0.2.21\", \"source.asn\": 64521, \"source.network\": \"192.0.2.0/24\", \"source.geolocation.cc\": \"AT\", "
                + "\"source.registry\": \"RIPE\", \"source.allocated\": \"2010-01-01T00:00:00+00:00\", \"__type\": \"Event\"}", out.sent().get(1).toString());
        assertEquals(1, out.sent().get(2).size());
    }

    @Test
    void takesNoWordForTheDayOfAnAllocation() throws Exception {
        bot.process(event("source.ip", "192.0.2.24"), out);
        assertEquals(64523L, out.sent().get(0).get("source.asn"));
        assertNull(out.sent().get(0).get("source.allocated"));
    }
}
