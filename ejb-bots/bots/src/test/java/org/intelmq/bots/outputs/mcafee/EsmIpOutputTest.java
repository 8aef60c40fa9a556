package org.intelmq.bots.outputs.mcafee;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.intelmq.bot.ConfigurationException;
import org.intelmq.bot.UnavailableException;
import org.intelmq.message.Event;
import org.intelmq.message.Harmonization;
import org.intelmq.message.Json;
import org.intelmq.message.Message;
import org.intelmq.testing.CannedHttp;
import org.intelmq.testing.Parameters;
import org.intelmq.testing.RecordingOutbox;
import org.intelmq.testing.TestContext;
import org.junit.jupiter.api.Test;

class EsmIpOutputTest {

    private static final String BASE = "https://esm.example/rs/esm/";
    private static final String LISTS = BASE + "sysGetWatchlists?hidden=false&dynamic=false&writeOnly=false&indexedOnly=false";
    private static final String ADD = BASE + "sysAddWatchlistValues";

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static CannedHttp esm() {
        return new CannedHttp().at(BASE + "login", 200, new byte[0], "Set-Cookie", "JWTToken=abc; Path=/rs/; Secure", "Xsrf-Token", "xyz")
                .at(LISTS, 200, utf8("{\"return\": [{\"name\": \"other\", \"id\": 4}, {\"name\": \"intelmq\", \"id\": 5}]}"))
                .at(ADD, 200, new byte[0]).at(BASE + "logout", 200, new byte[0]);
    }

    private static EsmIpOutput output(CannedHttp esm, String watchlist) {
        return new EsmIpOutput(Parameters.of(EsmIpOutput.Params.class, "esm_ip", "esm.example", "esm_password", "secret", "esm_watchlist", watchlist),
                new TestContext().http(esm));
    }

    private static Message event(String ip) {
        Message event = new Event(Harmonization.standard()).add("comment", "x");
        return ip == null ? event : event.add("source.ip", ip);
    }

    private static List<String> asked(CannedHttp esm) {
        return esm.asked().stream().map(each -> each.request().method() + ' ' + each.request().uri().toString().substring(BASE.length()).split("\\?")[0]
                + ' ' + each.request().headers().firstValue("Cookie").orElse("-") + ' ' + new String(each.body(), StandardCharsets.UTF_8)).toList();
    }

    @Test
    void anIdThatIsNoneIsTold() {
        for (String id : List.of("null", "[5]", "{\"value\": true}")) {
            CannedHttp esm = esm().at(LISTS, 200, utf8("{\"return\": [7, {\"name\": \"intelmq\", \"id\": " + id + "}]}"));
            String message = assertThrows(IOException.class, () -> output(esm, "intelmq").process(event("192.0.2.1"), new RecordingOutbox())).getMessage();
            assertTrue(message.matches("the ESM esm.example lists the watchlist 'intelmq' with the id .*: expected a number or a text"), message);
        }
    }

    @Test
    void putsABatchOnTheListInOneRequest() throws Exception {
        CannedHttp esm = esm();
        try (EsmIpOutput output = output(esm, "intelmq")) {
            List<Message> events = new ArrayList<>(List.of(event("192.0.2.1"), event(null), event("192.0.2.2"), event("192.0.2.1")));
            output.processAll(events, new RecordingOutbox());
            output.process(event(null), new RecordingOutbox());
        }
        List<String> asked = asked(esm);
        assertEquals(List.of("POST login -", "POST sysGetWatchlists JWTToken=abc", "POST sysAddWatchlistValues JWTToken=abc", "DELETE logout JWTToken=abc"),
                asked.stream().map(each -> each.replaceAll(" \\{.*| $", "")).toList());
        assertEquals(Json.parse("{\"watchlist\": {\"value\": 5}, \"values\": \"[\\\"192.0.2.1\\\", \\\"192.0.2.2\\\"]\"}"),
                Json.parse(asked.get(2).substring(asked.get(2).indexOf('{'))));
        assertEquals(Json.parse("{\"username\": \"TkdDUA==\", \"password\": \"c2VjcmV0\", \"locale\": \"en_US\", \"os\": \"Win32\"}"),
                Json.parse(asked.get(0).substring(asked.get(0).indexOf('{'))));
        assertEquals("xyz", esm.asked().get(2).request().headers().firstValue("X-Xsrf-Token").orElseThrow());
    }

    @Test
    void namesTheListsThereAreIfTheOneIsNot() throws Exception {
        try (EsmIpOutput output = output(esm(), "missing")) {
            assertEquals("parameter 'esm_watchlist' cannot be \"missing\": the ESM esm.example has the watchlists of IP addresses [other, intelmq]",
                    assertThrows(ConfigurationException.class, () -> output.process(event("192.0.2.1"), new RecordingOutbox())).getMessage());
        }
    }

    @Test
    void waitsForAnEsmThatIsAwayOrLetsNobodyIn() throws Exception {
        for (CannedHttp esm : List.of(new CannedHttp(), esm().at(BASE + "login", 401, utf8("no")), esm().at(ADD, 503, utf8("later")))) {
            try (EsmIpOutput output = output(esm, "intelmq")) {
                assertThrows(UnavailableException.class, () -> output.process(event("192.0.2.1"), new RecordingOutbox()));
            }
        }
    }
}
