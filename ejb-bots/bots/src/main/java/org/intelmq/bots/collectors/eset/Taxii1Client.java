package org.intelmq.bots.collectors.eset;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.function.Consumer;
import javax.xml.stream.XMLStreamException;
import org.intelmq.bot.Http;
import org.intelmq.bot.Pages;
import org.intelmq.bot.Reply;
import org.intelmq.text.net.MaskedUrl;
import org.intelmq.text.xml.XmlElement;

/** Polls collections over TAXII 1.1, https://taxiiproject.github.io/documentation/. Thread-safe. */
final class Taxii1Client {

    private static final String NAMESPACE = "http://taxii.mitre.org/messages/taxii_xml_binding-1.1";
    private static final String MESSAGE = "urn:taxii.mitre.org:message:xml:1.1";
    private static final int MOST_PARTS = 10_000;

    private final Http http;
    private final URI discovery;

    Taxii1Client(Http http, URI discovery) {
        this.http = http;
        this.discovery = discovery;
    }

    /** Passes on the content of each block of the collection that was added after the beginning, up to and including the end. */
    void poll(String collection, Instant begin, Instant end, Consumer<String> contents) throws IOException, InterruptedException {
        URI service = pollService();
        XmlElement part = ask(service, request("Poll_Request", " collection_name=\"" + escaped(collection) + '"',
                "<t:Exclusive_Begin_Timestamp>" + time(begin) + "</t:Exclusive_Begin_Timestamp><t:Inclusive_End_Timestamp>" + time(end)
                + "</t:Inclusive_End_Timestamp><t:Poll_Parameters allow_asynch=\"false\"><t:Response_Type>FULL</t:Response_Type></t:Poll_Parameters>"),
                "Poll_Response");
        for (int parts = 2; ; parts++) {
            for (XmlElement block : part.children()) {
                XmlElement content = block.tag().equals("Content_Block") ? block.child("Content") : null;
                if (content != null && !content.content().isBlank()) {
                    contents.accept(content.content());
                }
            }
            if (!"true".equals(part.attribute("more")) && !"1".equals(part.attribute("more"))) {
                return;
            }
            if (parts > MOST_PARTS) {
                throw new IOException("collection " + collection + " has more than " + MOST_PARTS + " parts at " + MaskedUrl.in(service));
            }
            part = ask(service, request("Poll_Fulfillment", " collection_name=\"" + escaped(collection) + "\" result_id=\""
                    + escaped(String.valueOf(part.attribute("result_id"))) + "\" result_part_number=\"" + parts + '"', ""), "Poll_Response");
        }
    }

    private URI pollService() throws IOException, InterruptedException {
        XmlElement services = ask(discovery, request("Discovery_Request", "", ""), "Discovery_Response");
        for (XmlElement service : services.children()) {
            if (service.tag().equals("Service_Instance") && "POLL".equals(service.attribute("service_type")) && service.textOf("Address") != null) {
                URI address = address(service.textOf("Address"));
                if (!Pages.isSameServer(discovery, address)) {
                    throw new IOException(MaskedUrl.in(discovery) + " says that collections are polled at " + MaskedUrl.in(address)
                            + ": expected the same server, as the password is meant for it");
                }
                return address;
            }
        }
        throw new IOException(MaskedUrl.in(discovery) + " lists no service where collections are polled");
    }

    private URI address(String given) throws IOException {
        try {
            return discovery.resolve(given.strip());
        } catch (IllegalArgumentException e) {
            throw new IOException(MaskedUrl.in(discovery) + " says that collections are polled at \"" + MaskedUrl.in(given) + "\": expected an address", e);
        }
    }

    private static String request(String name, String attributes, String content) {
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?><t:" + name + " xmlns:t=\"" + NAMESPACE + "\" message_id=\"" + UUID.randomUUID() + '"' + attributes
                + '>' + content + "</t:" + name + '>';
    }

    private static String time(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MICROS).toString();
    }

    private static String escaped(String value) {
        return value.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
    }

    private XmlElement ask(URI service, String message, String expected) throws IOException, InterruptedException {
        HttpRequest request = http.request(service).setHeader("Content-Type", "application/xml").setHeader("Accept", "application/xml")
                .setHeader("X-TAXII-Content-Type", MESSAGE).setHeader("X-TAXII-Accept", MESSAGE)
                .setHeader("X-TAXII-Protocol", "urn:taxii.mitre.org:protocol:" + service.getScheme() + ":1.0")
                .setHeader("X-TAXII-Services", "urn:taxii.mitre.org:services:1.1").POST(HttpRequest.BodyPublishers.ofString(message)).build();
        Reply reply = http.ask(request).checked();
        XmlElement answer;
        try {
            answer = XmlElement.parse(reply.utf8());
        } catch (XMLStreamException e) {
            throw new IOException(reply.unexpected(expected).getMessage(), e);
        }
        if (answer.tag().equals("Status_Message")) {
            throw new IOException("POST " + MaskedUrl.in(service) + " was refused: " + answer.attribute("status_type")
                    + (answer.textOf("Message") == null ? "" : ", " + answer.textOf("Message")));
        }
        if (!answer.tag().equals(expected)) {
            throw reply.unexpected(expected);
        }
        return answer;
    }
}
