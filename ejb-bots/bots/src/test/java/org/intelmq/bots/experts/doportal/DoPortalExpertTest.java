package org.intelmq.bots.experts.doportal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.intelmq.message.Event;
import org.intelmq.message.Fields;
import org.intelmq.message.Harmonization;
import org.intelmq.parameters.ParameterSchema;
import org.intelmq.testing.BotCases;
import org.intelmq.testing.CannedHttp;
import org.intelmq.testing.RecordingOutbox;
import org.intelmq.testing.TestContext;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class DoPortalExpertTest {

    @TestFactory
    Stream<DynamicTest> cases() throws IOException {
        return BotCases.of(getClass(), DoPortalExpert.TYPE);
    }

    @Test
    void sendsItsKey() throws Exception {
        CannedHttp http = new CannedHttp()
                .at("https://portal.example/api/1.0/ripe/contact?cidr=192.0.2.1", 200, "{\"abusecs\": []}".getBytes(StandardCharsets.UTF_8));
        Map<String, Object> parameters = Map.of("portal_url", "https://portal.example", "portal_api_key", "k");
        Event event = new Event(Harmonization.standard());
        event.add(Fields.SOURCE_IP, "192.0.2.1");
        new DoPortalExpert(ParameterSchema.of(DoPortalExpert.Params.class).read(parameters, Set.of()).value(), new TestContext().http(http))
                .process(event, new RecordingOutbox());
        assertEquals("k", http.asked().get(0).request().headers().firstValue("API-Authorization").orElse(null));
    }
}
