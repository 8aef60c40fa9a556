package org.intelmq.bots.experts.lookyloo;

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

class LookylooExpertTest {

    @TestFactory
    Stream<DynamicTest> cases() throws IOException {
        return BotCases.of(getClass(), LookylooExpert.TYPE);
    }

    @Test
    void saysWhatToLookAtAndAsWho() throws Exception {
        CannedHttp http = new CannedHttp()
                .at("http://localhost:5100/submit", 200, "\"1\"".getBytes(StandardCharsets.UTF_8));
        Map<String, Object> parameters = Map.of("http_user_agent", "A browser");
        Event event = new Event(Harmonization.standard());
        event.add(Fields.SOURCE_URL, "https://phish.example/");
        new LookylooExpert(ParameterSchema.of(LookylooExpert.Params.class).read(parameters, Set.of()).value(), new TestContext().http(http))
                .process(event, new RecordingOutbox());
        assertEquals("{\"url\": \"https://phish.example/\", \"user_agent\": \"A browser\"}", new String(http.asked().get(0).body(), StandardCharsets.UTF_8));
    }
}
