package org.intelmq.bots.collectors.eset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.intelmq.message.Fields;
import org.intelmq.testing.CannedHttp;
import org.intelmq.testing.Poll;
import org.intelmq.testing.RecordingOutbox;
import org.intelmq.testing.TestContext;
import org.intelmq.text.xml.XmlElement;
import org.junit.jupiter.api.Test;

class EsetCollectorTest {

    private static final String DISCOVERY = "https://eti.eset.com/taxiiservice/discovery";
    private static final String POLL = "https://eti.eset.com/taxiiservice/poll";

    private final CannedHttp http = new CannedHttp();
    private final TestContext context = new TestContext().http(http);

    private RecordingOutbox collect() throws Exception {
        return Poll.once(Poll.collector(EsetCollector.TYPE, context, "collection", "ei.urls (json)", "username", "u", "password", "p"));
    }

    private void answer(String address, String name, String rest) {
        http.at(address, 200, ("<?xml version=\"1.0\"?><taxii_11:" + name + " xmlns:taxii_11=\"http://taxii.mitre.org/messages/taxii_xml_binding-1.1\" " + rest
                + "</taxii_11:" + name + '>').getBytes(StandardCharsets.UTF_8));
    }

    private void discover(String address) {
        answer(DISCOVERY, "Discovery_Response",
                "message_id=\"1\"><taxii_11:Service_Instance service_type=\"COLLECTION_MANAGEMENT\"><taxii_11:Address>https://x.example"
                + "</taxii_11:Address></taxii_11:Service_Instance><taxii_11:Service_Instance service_type=\"POLL\"><taxii_11:Address>" + address
                + "</taxii_11:Address></taxii_11:Service_Instance>");
    }

    private static String block(String content) {
        return "<taxii_11:Content_Block><taxii_11:Content_Binding binding_id=\"x\"/><taxii_11:Content>" + content
                + "</taxii_11:Content></taxii_11:Content_Block>";
    }

    @Test
    void anAddressThatIsNoneIsTold() {
        discover("https://[poll");
        assertEquals(DISCOVERY + " says that collections are polled at \"https://[poll\": expected an address",
                assertThrows(IOException.class, this::collect).getMessage());
    }

    @Test
    void pollsTheLastHourOfTheCollection() throws Exception {
        discover("/taxiiservice/poll");
        answer(POLL, "Poll_Response", "collection_name=\"c\" more=\"false\">" + block("[{\"a\": \"&lt;b>\"}]") + block(" ") + block("[2]"));
        RecordingOutbox sent = collect();
        assertEquals(List.of("[{\"a\": \"<b>\"}]", "[2]"), Poll.contents(sent));
        assertEquals("ei.urls (json)", sent.sent().get(0).text("extra.eset_feed"));
        assertEquals(DISCOVERY, sent.sent().get(0).text(Fields.FEED_URL));
        CannedHttp.Asked asked = http.asked().get(1);
        assertEquals("POST", asked.request().method());
        assertEquals("urn:taxii.mitre.org:message:xml:1.1", asked.request().headers().firstValue("X-TAXII-Content-Type").orElse(""));
        XmlElement question = XmlElement.parse(new String(asked.body(), StandardCharsets.UTF_8));
        assertEquals("Poll_Request", question.tag());
        assertEquals("ei.urls (json)", question.attribute("collection_name"));
        assertEquals("2024-05-17T09:20:30Z", question.textOf("Exclusive_Begin_Timestamp"));
        assertEquals("2024-05-17T10:20:30Z", question.textOf("Inclusive_End_Timestamp"));
    }

    @Test
    void asksForTheFurtherParts() throws Exception {
        discover(POLL);
        http.inTurn(POLL, "<Poll_Response more=\"true\" result_id=\"r&quot;1\" result_part_number=\"1\">"
                + "<Content_Block><Content>1</Content></Content_Block></Poll_Response>",
                "<Poll_Response more=\"false\"><Content_Block><Content>2</Content></Content_Block></Poll_Response>");
        assertEquals(List.of("1", "2"), Poll.contents(collect()));
        XmlElement question = XmlElement.parse(new String(http.asked().get(2).body(), StandardCharsets.UTF_8));
        assertEquals("Poll_Fulfillment", question.tag());
        assertEquals("r\"1", question.attribute("result_id"));
        assertEquals("2", question.attribute("result_part_number"));
    }

    @Test
    void thePasswordIsForTheServerThatWasConfigured() {
        discover("https://elsewhere.example/poll");
        assertTrue(assertThrows(IOException.class, this::collect).getMessage().contains("expected the same server, as the password is meant for it"));
        assertEquals(1, http.asked().size());
    }

    @Test
    void tellsWhatTheServerSays() {
        discover(POLL);
        answer(POLL, "Status_Message", "status_type=\"NOT_FOUND\"><taxii_11:Message>no such collection</taxii_11:Message>");
        assertEquals("POST " + POLL + " was refused: NOT_FOUND, no such collection", assertThrows(IOException.class, this::collect).getMessage());
    }
}
