package org.intelmq.bots.collectors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.intelmq.bot.BotType;
import org.intelmq.bots.QuietLog;
import org.intelmq.bots.collectors.alienvaultotx.AlienVaultOtxCollector;
import org.intelmq.bots.collectors.blueliv.BluelivCrimeserverCollector;
import org.intelmq.bots.collectors.fireeye.FireeyeCollector;
import org.intelmq.bots.collectors.github.GithubContentsCollector;
import org.intelmq.bots.collectors.microsoft.InterflowCollector;
import org.intelmq.bots.collectors.misp.MispCollector;
import org.intelmq.bots.collectors.shadowserver.ShadowserverReportsCollector;
import org.intelmq.bots.collectors.taxii.TaxiiCollector;
import org.intelmq.message.Json;
import org.intelmq.message.Message;
import org.intelmq.testing.CannedHttp;
import org.intelmq.testing.Poll;
import org.intelmq.testing.RecordingOutbox;
import org.intelmq.testing.TestContext;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Each value in the JSON of a service is replaced by one of each other type in turn. What is not needed is ignored; a broken item is left
 * out and the item before it is collected all the same; otherwise one error names the request and what was expected.
 */
class OddAnswersTest {

    private static final List<Object> ODD = Arrays.asList(null, true, 7L, 1e300, "", "odd", List.of(), List.of(List.of(1L)), Map.of(), Map.of("odd", "x"));
    private static final String MAS = "https://mas.example/wsapis/v2.0.0/";
    private static final String INTERFLOW = "https://interflow.azure-api.net/file/api/file/";
    private static final String DOCUMENT = "<OpenIOC><criteria><Indicator><IndicatorItem><Context search=\"FileItem/Md5sum\"/></IndicatorItem></Indicator>"
            + "</criteria></OpenIOC>";

    /**
     * A collector whose service offers two items.
     *
     * @param answer  the address of the answer that is spoilt, and the answer as it should be
     * @param items   the name of the list of items in it; {@code null} if it is a list itself
     * @param others  gives the service's other answers
     * @param first   what is sent for the first item, or a part of it
     */
    private record Service(BotType<?> type, Object[] parameters, Map.Entry<String, String> answer, String items, Consumer<CannedHttp> others,
            String first) { }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static List<Service> services() {
        return List.of(
                new Service(AlienVaultOtxCollector.TYPE, new Object[] {"api_key", "k"},
                        Map.entry("https://otx.alienvault.com/api/v1/pulses/subscribed?limit=50", """
                                {"results": [{"id": "first"}, {"id": "second"}], "next": null}"""), "results", http -> { }, "\"first\""),
                new Service(BluelivCrimeserverCollector.TYPE, new Object[] {"api_key", "k"},
                        Map.entry("https://freeapi.blueliv.com/v1/crimeserver/online", """
                                {"crimeServers": [{"url": "first"}, {"url": "second"}], "meta": {}}"""), "crimeServers", http -> { }, "\"first\""),
                new Service(FireeyeCollector.TYPE, new Object[] {"host", "mas.example", "request_duration", "1_hour", "http_username", "u",
                    "http_password", "p"}, Map.entry(MAS + "alerts?duration=1_hour", """
                                {"alert": [{"product": "MAS", "name": "MALWARE_OBJECT", "uuid": "a"},
                                 {"product": "MAS", "name": "MALWARE_OBJECT", "uuid": "b"}]}"""), "alert", OddAnswersTest::fireeye, DOCUMENT),
                new Service(GithubContentsCollector.TYPE, new Object[] {"repository", "o/n", "regex", ".*", "extra_fields", "sha"},
                        Map.entry("https://api.github.com/repos/o/n/contents", """
                                [{"type": "file", "name": "1", "path": "1", "sha": "s", "url": "u", "download_url": "https://raw.example/1"},
                                 {"type": "dir", "name": "2", "path": "2", "sha": "s", "url": "https://api.github.com/repos/o/n/2", "download_url": null}]"""),
                        null, http -> http.at("https://raw.example/1", 200, bytes("first"))
                                .at("https://api.github.com/repos/o/n/2", 200, bytes("[]")), "first"),
                new Service(InterflowCollector.TYPE, new Object[] {"api_key", "k", "file_match", "."}, Map.entry(INTERFLOW + "listsharedfiles", """
                                [{"Name": "1", "LastModified": "2024-05-17T09:00:00Z"}, {"Name": "2", "LastModified": "2024-05-17T09:00:00Z"}]"""),
                        null, http -> http.at(INTERFLOW + "download?fileName=1", 200, bytes("first"))
                                .at(INTERFLOW + "download?fileName=2", 200, bytes("second")), "first"),
                new Service(MispCollector.TYPE, new Object[] {"misp_url", "https://misp.example", "misp_key", "k", "misp_tag_to_process", "t"},
                        Map.entry("https://misp.example/events/restSearch", """
                                {"response": [{"Event": {"uuid": "first", "timestamp": "1"}}, {"Event": {"uuid": "second", "timestamp": "1"}}]}"""),
                        "response", http -> { }, "\"first\""),
                new Service(ShadowserverReportsCollector.TYPE, new Object[] {"api_key", "k", "secret", "s", "types", "a"},
                        Map.entry("https://transform.shadowserver.org/api2/reports/list", """
                                [{"id": "1", "type": "a", "file": "1.csv"}, {"id": "2", "type": "a", "file": "2.csv"}]"""), null,
                        http -> http.at("https://dl.shadowserver.org/1", 200, bytes("first")).at("https://dl.shadowserver.org/2", 200, bytes("second")),
                        "first"),
                new Service(TaxiiCollector.TYPE, new Object[] {"collection", "https://taxii.example/c", "object_types", ""},
                        Map.entry("https://taxii.example/c/objects/?added_after=2024-05-17T09%3A20%3A30Z", """
                                {"more": false, "next": "n", "objects": [{"id": "first", "modified": "m"}, {"id": "second", "modified": "m"}]}"""),
                        "objects", http -> http.at("https://taxii.example/c/", 200, bytes("{\"title\": \"t\"}"))
                                .at("https://taxii.example/c/objects/?added_after=2024-05-17T09%3A20%3A30Z&next=n", 200, bytes("{}")), "\"first\""),
                new Service(TaxiiCollector.TYPE, new Object[] {"collection", "https://taxii.example/d", "object_types", ""},
                        Map.entry("https://taxii.example/d/", """
                                {"id": "d", "title": "t", "description": "d", "can_read": true, "media_types": ["x"]}"""), "none",
                        http -> http.at("https://taxii.example/d/objects/?added_after=2024-05-17T09%3A20%3A30Z", 200,
                                bytes("{\"objects\": [{\"id\": \"first\"}]}")), "\"first\""));
    }

    private static void fireeye(CannedHttp http) {
        http.at(MAS + "auth/login", 200, bytes(""), "X-FeApi-Token", "t");
        http.at(MAS + "openioc?alert_uuid=a", 200, bytes(DOCUMENT));
        http.at(MAS + "openioc?alert_uuid=b", 200, bytes(DOCUMENT));
    }

    @TestFactory
    Stream<DynamicTest> oneOddValueKeepsTheRest() {
        return services().stream().map(service -> DynamicTest.dynamicTest(service.type().module() + " " + service.answer().getKey(), () -> {
            assertTrue(sent(service, service.answer().getValue()).contains(service.first()), "as it should be");
            Object right = Json.parse(service.answer().getValue());
            for (String place : places(right, "")) {
                for (Object odd : ODD) {
                    check(service, place, place + " = " + Json.write(odd), Json.write(with(right, "", place, odd)));
                }
            }
        }));
    }

    private static void check(Service service, String place, String how, String answer) throws Exception {
        boolean isInSecond = place.endsWith("/1") || place.contains("/1/");
        boolean isList = place.isEmpty() || place.equals("/" + service.items());
        String sent;
        try {
            sent = sent(service, answer);
        } catch (IOException e) {
            assertTrue(e.getMessage().matches("(?s).*https://.*(expected|no '|is null|connection refused).*"), how + ": " + e.getMessage());
            assertTrue(!isInSecond, how + ": one odd item fails all: " + e.getMessage());
            return;
        }
        boolean isInFirst = place.endsWith("/0") || place.contains("/0/");
        if (!isList && !isInFirst) {
            assertTrue(sent.contains(service.first()), how + ": the other item is missing in " + sent);
        }
    }

    private static String sent(Service service, String answer) throws Exception {
        CannedHttp http = new CannedHttp();
        service.others().accept(http);
        http.at(service.answer().getKey(), 200, bytes(answer));
        try (QuietLog quiet = new QuietLog()) {
            RecordingOutbox sent = Poll.once(Poll.collector(service.type(), new TestContext().http(http), service.parameters()));
            List<String> identities = sent.sent().stream().map(Message::id).filter(Objects::nonNull).toList();
            assertEquals(identities.size(), Set.copyOf(identities).size(), "reports of one identity: " + identities);
            return String.join("\n", Poll.contents(sent));
        }
    }

    private static List<String> places(Object value, String here) {
        List<String> all = new ArrayList<>(List.of(here));
        if (value instanceof Map<?, ?> map) {
            map.forEach((name, each) -> all.addAll(places(each, here + '/' + name)));
        } else if (value instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                all.addAll(places(list.get(i), here + '/' + i));
            }
        }
        return all;
    }

    private static Object with(Object value, String here, String place, Object odd) {
        if (here.equals(place)) {
            return odd;
        }
        if (value instanceof Map<?, ?> map) {
            Map<Object, Object> changed = new LinkedHashMap<>();
            map.forEach((name, each) -> changed.put(name, with(each, here + '/' + name, place, odd)));
            return changed;
        }
        if (value instanceof List<?> list) {
            List<Object> changed = new ArrayList<>();
            for (int i = 0; i < list.size(); i++) {
                changed.add(with(list.get(i), here + '/' + i, place, odd));
            }
            return changed;
        }
        return value;
    }
}
