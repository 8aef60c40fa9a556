package org.intelmq.bots.outputs.restapi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.intelmq.message.Event;
import org.intelmq.message.Harmonization;
import org.intelmq.message.Message;
import org.intelmq.testing.CannedHttp;
import org.intelmq.testing.Parameters;
import org.intelmq.testing.RecordingOutbox;
import org.intelmq.testing.TestContext;
import org.junit.jupiter.api.Test;

class RestApiOutputTest {

    private static final String HOST = "http://siem.example/events";

    private final CannedHttp http = new CannedHttp().at(HOST, 201, new byte[0]);

    private CannedHttp.Asked post(Message event, Object... parameters) throws Exception {
        Object[] all = new Object[parameters.length + 2];
        all[0] = "host";
        all[1] = HOST;
        System.arraycopy(parameters, 0, all, 2, parameters.length);
        new RestApiOutput(Parameters.of(RestApiOutput.Params.class, all), new TestContext().http(http)).process(event, new RecordingOutbox());
        return http.asked().get(http.asked().size() - 1);
    }

    private static Message event() {
        return new Event(Harmonization.standard()).add("source.ip", "192.0.2.1").add("comment", "ü").add("extra.list", List.of(1L, "b c"));
    }

    private static String body(CannedHttp.Asked asked) {
        return new String(asked.body(), StandardCharsets.UTF_8);
    }

    @Test
    void postsJson() throws Exception {
        CannedHttp.Asked asked = post(event());
        assertEquals("{\"source.ip\": \"192.0.2.1\", \"comment\": \"\\u00fc\", \"extra.list\": [1, \"b c\"]}", body(asked));
        assertEquals("POST", asked.request().method());
        assertEquals(List.of("application/json; charset=utf-8"), asked.request().headers().allValues("Content-Type"));
        assertEquals("{\"source\": {\"ip\": \"192.0.2.1\"}, \"comment\": \"\\u00fc\", \"extra\": {\"list\": [1, \"b c\"]}}",
                body(post(event(), "hierarchical_output", true)));
    }

    @Test
    void postsAForm() throws Exception {
        CannedHttp.Asked asked = post(event(), "use_json", false);
        assertEquals("source.ip=192.0.2.1&comment=%C3%BC&extra.list=1&extra.list=b+c", body(asked));
        assertEquals(List.of("application/x-www-form-urlencoded"), asked.request().headers().allValues("Content-Type"));
    }

    @Test
    void sendsTheTokenAsAsked() throws Exception {
        assertEquals(List.of("secret"), post(event(), "auth_type", "http_header", "auth_token_name", "X-Token", "auth_token", "secret")
                .request().headers().allValues("X-Token"));
        assertEquals(List.of("Basic dXNlcjpzZWNyZXQ="), post(event(), "auth_type", "http_basic_auth", "auth_token_name", "user", "auth_token", "secret")
                .request().headers().allValues("Authorization"));
    }

    @Test
    void failsForAnErrorStatus() {
        http.at(HOST, 503, "busy".getBytes(StandardCharsets.UTF_8));
        assertEquals("POST " + HOST + " answered with status 503: busy", assertThrows(IOException.class, () -> post(event())).getMessage());
    }
}
