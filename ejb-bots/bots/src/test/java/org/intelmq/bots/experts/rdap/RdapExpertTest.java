package org.intelmq.bots.experts.rdap;

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

class RdapExpertTest {

    @TestFactory
    Stream<DynamicTest> cases() throws IOException {
        return BotCases.of(getClass(), RdapExpert.TYPE);
    }

    @Test
    void sendsTheTokenOfAServer() throws Exception {
        CannedHttp http = new CannedHttp()
                .at("https://rdap.example/domain/shop.example", 404, "".getBytes(StandardCharsets.UTF_8));
        Map<String, Object> parameters = Map.of("rdap_bootstrapped_servers",
                Map.of("example", Map.of("url", "https://rdap.example/", "auth", Map.of("type", "jwt", "token", "t"))));
        Event event = new Event(Harmonization.standard());
        event.add(Fields.SOURCE_FQDN, "shop.example");
        new RdapExpert(ParameterSchema.of(RdapExpert.Params.class).read(parameters, Set.of()).value(), new TestContext().http(http))
                .process(event, new RecordingOutbox());
        assertEquals("Bearer t", http.asked().get(0).request().headers().firstValue("Authorization").orElse(null));
    }
}
