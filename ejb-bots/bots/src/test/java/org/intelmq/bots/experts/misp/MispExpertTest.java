package org.intelmq.bots.experts.misp;

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

class MispExpertTest {

    @TestFactory
    Stream<DynamicTest> cases() throws IOException {
        return BotCases.of(getClass(), MispExpert.TYPE);
    }

    @Test
    void asksForOneAttributeWithItsKey() throws Exception {
        CannedHttp http = new CannedHttp()
                .at("https://misp.example/attributes/restSearch", 200, "{\"response\": {}}".getBytes(StandardCharsets.UTF_8));
        Map<String, Object> parameters = Map.of("misp_url", "https://misp.example", "misp_key", "k");
        Event event = new Event(Harmonization.standard());
        event.add(Fields.SOURCE_IP, "192.0.2.1");
        new MispExpert(ParameterSchema.of(MispExpert.Params.class).read(parameters, Set.of()).value(), new TestContext().http(http))
                .process(event, new RecordingOutbox());
        assertEquals("k", http.asked().get(0).request().headers().firstValue("Authorization").orElse(null));
        assertEquals("{\"returnFormat\": \"json\", \"value\": \"192.0.2.1\", \"page\": 1, \"limit\": 1}",
                new String(http.asked().get(0).body(), StandardCharsets.UTF_8));
    }
}
