package org.intelmq.bots.experts.splunksavedsearch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.intelmq.bot.UnavailableException;
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

class SplunkSavedSearchExpertTest {

    @TestFactory
    Stream<DynamicTest> cases() throws IOException {
        return BotCases.of(getClass(), SplunkSavedSearchExpert.TYPE);
    }

    @Test
    void letsNoEventAddToTheSearch() throws Exception {
        CannedHttp http = new CannedHttp()
                .at("https://splunk.example/services/search/jobs", 201, "{\"sid\": \"1\"}".getBytes(StandardCharsets.UTF_8))
                .at("https://splunk.example/services/search/jobs/1/results/?output_mode=json", 200, "{\"results\": []}".getBytes(StandardCharsets.UTF_8));
        Map<String, Object> parameters = Map.of("url", "https://splunk.example", "auth_token", "t", "saved_search", "who", "retry_interval", 0,
                "search_parameters", Map.of("comment", "c"), "multiple_result_handling", "limit");
        Event event = new Event(Harmonization.standard());
        event.add(Fields.COMMENT, "a \"b\"");
        new SplunkSavedSearchExpert(ParameterSchema.of(SplunkSavedSearchExpert.Params.class).read(parameters, Set.of()).value(), new TestContext().http(http))
                .process(event, new RecordingOutbox());
        assertEquals("Bearer t", http.asked().get(0).request().headers().firstValue("Authorization").orElse(null));
        assertEquals("output_mode=json&search=%7Csavedsearch+%22who%22+%22c%22%3D%22a+%5C%22b%5C%22%22+%7C+head+1",
                new String(http.asked().get(0).body(), StandardCharsets.UTF_8));
        assertEquals("Bearer t", http.asked().get(1).request().headers().firstValue("Authorization").orElse(null));
    }

    @Test
    void doesNotWaitForEverForASearchAndTakesNoOtherAnswer() throws Exception {
        CannedHttp http = new CannedHttp().at("https://splunk.example/services/search/jobs", 201, "{\"sid\": \"1\"}".getBytes(StandardCharsets.UTF_8))
                .at("https://splunk.example/services/search/jobs/1/results/?output_mode=json", 204, new byte[0]);
        assertTrue(assertThrows(UnavailableException.class, () -> search(http)).getMessage().contains("has no results after 10 minutes"));
        http.at("https://splunk.example/services/search/jobs/1/results/?output_mode=json", 200, "{\"results\": [\"x\"]}".getBytes(StandardCharsets.UTF_8));
        assertTrue(assertThrows(IOException.class, () -> search(http)).getMessage().contains("a list of results"));
    }

    private static void search(CannedHttp http) throws Exception {
        Map<String, Object> parameters = Map.of("url", "https://splunk.example", "auth_token", "t", "saved_search", "who", "retry_interval", 0,
                "search_parameters", Map.of("comment", "c"), "result_fields", Map.of("a", "extra.a"));
        Event event = new Event(Harmonization.standard());
        event.add(Fields.COMMENT, "a");
        // an hour passes between two looks at it
        Iterator<Instant> hours = Stream.iterate(TestContext.NOW, now -> now.plusSeconds(3600)).iterator();
        Clock clock = new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return hours.next();
            }
        };
        new SplunkSavedSearchExpert(ParameterSchema.of(SplunkSavedSearchExpert.Params.class).read(parameters, Set.of()).value(),
                new TestContext().http(http).clock(clock)).process(event, new RecordingOutbox());
    }
}
