package org.intelmq.server.outside;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.intelmq.server.outside.StrictHttp.Answer;
import org.intelmq.server.outside.StrictHttp.Request;

/**
 * OTX, Blueliv, a FireEye appliance, a MISP with tagged events, Azure's storage, Interflow and ESET's TAXII 1.1, as far as their collectors
 * go. All but MISP offer the same at every poll.
 */
final class IndicatorServices {

    private static final String TAXII = "http://taxii.mitre.org/messages/taxii_xml_binding-1.1";
    private static final Pattern UUID = Pattern.compile("\"uuid\": \"5b1a0000-0000-4000-8000-0{6}(\\d{6})\"");

    private final int number;
    private final BiFunction<String, Integer, String> text;
    private final Arrivals fetched;
    /** Held from the first on: those who are asked for a list at once are cut off within it. */
    private final Arrivals lists = new Arrivals().holdAt(1);
    private final Set<Integer> untagged = ConcurrentHashMap.newKeySet();

    IndicatorServices(int number, BiFunction<String, Integer, String> text, Arrivals fetched) {
        this.number = number;
        this.text = text;
        this.fetched = fetched;
    }

    Answer answer(String host, Request request) {
        return switch (host) {
            case "otx.alienvault.com" -> otx(request);
            case "freeapi.blueliv.com" -> blueliv(request);
            case "mas.example" -> fireeye(request);
            case "misp.example" -> misp(request);
            case "account.blob.core.windows.net" -> azure(request);
            case "interflow.azure-api.net" -> interflow(request);
            case "eti.eset.com" -> eset(request);
            default -> throw new IllegalStateException("nobody is called " + host);
        };
    }

    private String each(int from, int end, String between, IntFunction<String> item) {
        return IntStream.range(from, end).mapToObj(item).collect(Collectors.joining(between));
    }

    void open() {
        lists.open();
    }

    private void givesList(String what) {
        lists.arrived(what);
        lists.hold();
    }

    private void gives(String what) {
        fetched.arrived(what);
        fetched.hold();
    }

    /** Two pages. */
    private Answer otx(Request request) {
        request.requireHeader("X-OTX-API-KEY", "key");
        boolean isSecond = request.query().contains("page=2");
        if (isSecond) {
            givesList("page of OTX");
        }
        String pulses = each(isSecond ? number / 2 : 0, isSecond ? number : number / 2, ",", item -> """
                {"id": "%d", "name": "p", "author_name": "a", "modified": "2026-01-01T00:00:00", "created": "2026-01-01T00:00:00", "tags": [],
                 "indicators": [{"type": "domain", "indicator": "%s", "created": "2026-01-01T00:00:00"}]}""".formatted(item, text.apply("otx", item)));
        return new Answer(200, "{\"results\": [" + pulses + "], \"next\": "
                + (isSecond ? "null" : "\"https://otx.alienvault.com/api/v1/pulses/subscribed?limit=50&page=2\"") + '}');
    }

    private Answer blueliv(Request request) {
        request.requireHeader("Authorization", "bearer key");
        givesList("list of Blueliv");
        return new Answer(200, "{\"crimeServers\": [" + each(0, number, ",", item -> """
                {"_id": "%d", "type": "PHISHING", "url": "http://%s/", "status": "ONLINE"}""".formatted(item, text.apply("blueliv", item))) + "]}");
    }

    private Answer fireeye(Request request) {
        if (request.path().endsWith("/auth/login")) {
            request.exchange().getResponseHeaders().add("X-FeApi-Token", "token");
            return new Answer(200, "");
        }
        request.requireHeader("X-FeApi-Token", "token");
        if (request.path().endsWith("/alerts")) {
            return new Answer(200, "{\"alert\": [" + each(0, number, ",", item -> """
                    {"product": "MAS", "name": "MALWARE_OBJECT", "uuid": "%d"}""".formatted(item)) + "]}");
        }
        request.require(request.path().endsWith("/openioc"), "neither login, alerts nor document");
        gives("document " + request.query());
        return new Answer(200, "<OpenIOC><criteria><Indicator><IndicatorItem><Context search=\"FileItem/Md5sum\"/></IndicatorItem></Indicator></criteria><x>,"
                + text.apply("fireeye", Integer.parseInt(request.query().replaceFirst("alert_uuid=", ""))).strip() + ",</x></OpenIOC>");
    }

    private Answer misp(Request request) {
        request.requireHeader("Authorization", "key");
        if (request.path().equals("/events/restSearch")) {
            return new Answer(200, "{\"response\": [" + IntStream.range(0, number).filter(item -> !untagged.contains(item)).mapToObj(item -> """
                    {"Event": {"id": "%1$d", "uuid": "5b1a0000-0000-4000-8000-%1$012d", "info": "x", "timestamp": "1767225600", "Tag": [],
                     "Attribute": [{"uuid": "5b1a0000-0000-4000-8000-%1$012d", "type": "domain", "category": "Network activity", "value": "%2$s",
                      "comment": "", "timestamp": "1767225600", "to_ids": true}]}}""".formatted(item, text.apply("misp", item)))
                    .collect(Collectors.joining(",")) + "]}");
        }
        request.require(request.path().equals("/tags/removeTagFromObject"), "neither a search nor a tag");
        Matcher uuid = UUID.matcher(request.body());
        request.require(uuid.find(), "no event");
        gives("tag " + uuid.group(1));
        untagged.add(Integer.parseInt(uuid.group(1)));
        return new Answer(200, "{\"saved\": true}");
    }

    private Answer azure(Request request) {
        request.require(request.query().contains("sig=signature"), "not signed");
        if (request.query().contains("comp=list")) {
            request.require(request.path().equals("/feeds"), "not the container");
            return new Answer(200, "<EnumerationResults><Blobs>" + each(0, number, "", item -> "<Blob><Name>" + item + "</Name></Blob>")
                    + "</Blobs><NextMarker/></EnumerationResults>");
        }
        String name = request.path().substring("/feeds/".length());
        gives("blob " + name);
        return new Answer(200, packed(text.apply("azure", Integer.parseInt(name))));
    }

    private Answer interflow(Request request) {
        request.requireHeader("Ocp-Apim-Subscription-Key", "key");
        if (request.path().endsWith("/listsharedfiles")) {
            return new Answer(200, '[' + each(0, number, ",", item -> """
                    {"Name": "%d.gz", "LastModified": "2026-01-01T00:00:00Z"}""".formatted(item)) + ']');
        }
        request.require(request.path().endsWith("/download"), "neither list nor file");
        gives("file " + request.query());
        return new Answer(200, packed(text.apply("interflow", Integer.parseInt(request.query().replaceAll("\\D", "")))));
    }

    private static byte[] packed(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** Two parts. */
    private Answer eset(Request request) {
        request.exchange().getResponseHeaders().add("Content-Type", "application/xml");
        if (request.body().contains("Discovery_Request")) {
            return new Answer(200, "<t:Discovery_Response xmlns:t=\"" + TAXII + "\"><t:Service_Instance service_type=\"POLL\"><t:Address>"
                    + "https://eti.eset.com/taxiiservice/poll</t:Address></t:Service_Instance></t:Discovery_Response>");
        }
        boolean isSecond = request.body().contains("Poll_Fulfillment");
        if (isSecond) {
            givesList("part of ESET's collection");
        }
        return new Answer(200, "<t:Poll_Response xmlns:t=\"" + TAXII + "\" more=\"" + !isSecond + "\" result_id=\"r\">"
                + each(isSecond ? number / 2 : 0, isSecond ? number : number / 2, "", item -> "<t:Content_Block><t:Content>" + text.apply("eset", item)
                + "</t:Content></t:Content_Block>") + "</t:Poll_Response>");
    }
}
