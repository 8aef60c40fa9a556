package org.intelmq.bots.collectors.taxii;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.intelmq.message.Fields;
import org.intelmq.message.Message;
import org.intelmq.testing.CannedHttp;
import org.intelmq.testing.Poll;
import org.intelmq.testing.RecordingOutbox;
import org.intelmq.testing.TestContext;
import org.junit.jupiter.api.Test;

class TaxiiCollectorTest {

    private static final String COLLECTION = "https://taxii.example/api/collections/c1/";
    private static final String OBJECTS = COLLECTION + "objects/?added_after=";

    private final CannedHttp http = new CannedHttp();
    private final TestContext context = new TestContext().http(http);

    private RecordingOutbox collect(Object... more) throws Exception {
        Object[] parameters = new Object[2 + more.length];
        System.arraycopy(new Object[] {"collection", COLLECTION.substring(0, COLLECTION.length() - 1)}, 0, parameters, 0, 2);
        System.arraycopy(more, 0, parameters, 2, more.length);
        return Poll.once(Poll.collector(TaxiiCollector.TYPE, context, parameters));
    }

    private void answer(String address, String body) {
        http.at(address, 200, body.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void sendsWhatWasAddedThroughAllPages() throws Exception {
        answer(COLLECTION, "{\"id\": \"c1\", \"title\": \"Feed 1\", \"can_read\": true}");
        String first = OBJECTS + "2024-05-17T09%3A20%3A30Z&match%5Btype%5D=indicator";
        answer(first, "{\"more\": true, \"next\": \"n 1\", \"objects\": [{\"id\": \"indicator--1\", \"modified\": \"m\"}]}");
        answer(first + "&next=n+1", "{\"more\": false, \"objects\": [{\"id\": \"indicator--2\"}]}");
        RecordingOutbox sent = collect("username", "u", "password", "p");
        assertEquals(List.of("{\"id\": \"indicator--1\", \"modified\": \"m\"}", "{\"id\": \"indicator--2\"}"), Poll.contents(sent));
        assertEquals("Feed 1", sent.sent().get(0).text(Fields.FEED_CODE));
        assertEquals("https://taxii.example/api/collections/c1", sent.sent().get(0).text(Fields.FEED_URL));
        http.asked().forEach(asked -> assertEquals("application/taxii+json;version=2.1", asked.request().headers().firstValue("Accept").orElse("")));
        assertEquals(sent.sent().get(0).id(), collect().sent().get(0).id());
    }

    @Test
    void looksBackToTheLastPollThatSucceeded() throws Exception {
        answer(COLLECTION, "{\"title\": \"t\"}");
        answer(OBJECTS + "2024-05-17T09%3A20%3A30Z", "{}");
        assertEquals(List.of(), collect("object_types", "").sent());
        context.clock(Clock.fixed(TestContext.NOW.plus(Duration.ofHours(3)), ZoneOffset.UTC));
        answer(OBJECTS + "2024-05-17T10%3A20%3A30Z", "{\"objects\": [{\"id\": 1}]}");
        assertEquals(List.of("{\"id\": 1}"), Poll.contents(collect("object_types", "")));
    }

    @Test
    void aTitleThatIsNoTextIsIgnored() throws Exception {
        answer(COLLECTION, "{\"title\": {\"en\": \"t\"}}");
        answer(OBJECTS + "2024-05-17T09%3A20%3A30Z&match%5Btype%5D=indicator", "{\"objects\": [{\"id\": \"indicator--1\"}]}");
        RecordingOutbox sent = collect();
        assertEquals(List.of("{\"id\": \"indicator--1\"}"), Poll.contents(sent));
        assertNull(sent.sent().get(0).text(Fields.FEED_CODE));
    }

    @Test
    void objectsWithoutAVersionAreToldApartByTheirContent() throws Exception {
        answer(COLLECTION, "{}");
        answer(OBJECTS + "2024-05-17T09%3A20%3A30Z&match%5Btype%5D=indicator",
                "{\"objects\": [{\"a\": 1}, {\"a\": 2}, {\"a\": 1}, {\"id\": \"x\", \"a\": 1}]}");
        List<String> identities = collect().sent().stream().map(Message::id).toList();
        assertEquals(identities.get(0), identities.get(2));
        assertEquals(3, Set.copyOf(identities).size());
    }

    @Test
    void tellsWhatCameAndWhatWasExpected() {
        answer(COLLECTION, "{}");
        String objects = OBJECTS + "2024-05-17T09%3A20%3A30Z&match%5Btype%5D=indicator";
        answer(objects, "{\"objects\": \"none\"}");
        assertEquals("GET " + objects + " answered with unusable JSON: objects is none, expected a list",
                assertThrows(IOException.class, this::collect).getMessage());
    }

    @Test
    void tellsThatTheCollectionMayNotBeRead() {
        answer(COLLECTION, "{\"title\": \"t\", \"can_read\": false}");
        assertEquals("collection " + COLLECTION + " may not be read without username and password",
                assertThrows(IOException.class, this::collect).getMessage());
    }

    @Test
    void moreWithoutAPageIsAnError() {
        answer(COLLECTION, "{\"title\": \"t\"}");
        answer(OBJECTS + "2024-05-17T09%3A20%3A30Z&match%5Btype%5D=indicator", "{\"more\": true, \"objects\": []}");
        assertTrue(assertThrows(IOException.class, this::collect).getMessage().contains("expected 'next', as there is more"));
    }
}
