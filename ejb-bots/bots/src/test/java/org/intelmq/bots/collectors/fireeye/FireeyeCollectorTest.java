package org.intelmq.bots.collectors.fireeye;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.intelmq.parameters.ParameterSchema;
import org.intelmq.testing.CannedHttp;
import org.intelmq.testing.Poll;
import org.intelmq.testing.TestContext;
import org.junit.jupiter.api.Test;

class FireeyeCollectorTest {

    private static final String ROOT = "https://mas.example/wsapis/v2.0.0/";
    private static final String ITEM = "<IndicatorItem><Context search=\"FileItem/Md5sum\"/><Content>"
            + "d41d8cd98f00b204e9800998ecf8427e</Content></IndicatorItem>";

    private final CannedHttp http = new CannedHttp();

    private List<String> collect() throws Exception {
        return Poll.contents(Poll.once(Poll.collector(FireeyeCollector.TYPE, new TestContext().http(http), "host", "mas.example",
                "request_duration", "24_hours",
                "http_username", "u", "http_password", "p")));
    }

    private static String document(String items) {
        return "<?xml version=\"1.0\"?><OpenIOC><criteria><Indicator>" + items + "</Indicator></criteria></OpenIOC>";
    }

    private static String alert(String product, String name, String uuid) {
        return "{\"product\": \"" + product + "\", \"name\": \"" + name + "\", \"uuid\": \"" + uuid + "\"}";
    }

    private void answer(String path, int status, String body, String... headers) {
        http.at(ROOT + path, status, body.getBytes(StandardCharsets.UTF_8), headers);
    }

    @Test
    void sendsEachDocumentWithAnMd5Once() throws Exception {
        answer("auth/login", 200, "", "X-FeApi-Token", "t1");
        answer("alerts?duration=24_hours", 200, "{\"alert\": [" + alert("MAS", "MALWARE_OBJECT", "a") + ", " + alert("WEB_MPS", "MALWARE_OBJECT", "b") + ", "
                + alert("EMAIL_MPS", "INFECTION_MATCH", "c") + ", " + alert("EMAIL_MPS", "MALWARE_OBJECT", "d") + ", " + alert("MAS", "MALWARE_OBJECT", "e")
                + "]}");
        answer("openioc?alert_uuid=a", 200, document(ITEM + ITEM));
        answer("openioc?alert_uuid=d", 200, "no document");
        answer("openioc?alert_uuid=e", 200, document(ITEM));
        assertEquals(List.of(document(ITEM + ITEM), document(ITEM)), collect());
        assertEquals(List.of("POST auth/login", "GET alerts?duration=24_hours", "GET openioc?alert_uuid=a", "GET openioc?alert_uuid=d",
                "GET openioc?alert_uuid=e"),
                http.asked().stream().map(asked -> asked.request().method() + ' ' + asked.request().uri().toString().substring(ROOT.length())).toList());
        http.asked().stream().skip(1).forEach(asked -> assertEquals("t1", asked.request().headers().firstValue("X-FeApi-Token").orElse("")));
    }

    @Test
    void noAlertsAreNoError() throws Exception {
        answer("auth/login", 200, "", "X-FeApi-Token", "t1");
        answer("alerts?duration=24_hours", 200, "{\"alert\": []}");
        assertEquals(List.of(), collect());
    }

    @Test
    void tellsThatTheLoginIsWrong() {
        answer("auth/login", 401, "");
        assertTrue(assertThrows(IOException.class, this::collect).getMessage().contains("http_username or http_password is wrong"));
    }

    @Test
    void refusesToStartWithoutALogin() {
        assertEquals(List.of("parameter 'http_username' is not set: expected the login for the appliance"), ParameterSchema.of(FireeyeCollector.Params.class)
                .read(Map.of("host", "mas.example", "request_duration", "24_hours"), Set.of()).problems());
    }
}
