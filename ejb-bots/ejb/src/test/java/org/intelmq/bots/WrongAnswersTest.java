package org.intelmq.bots;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.intelmq.bot.Bot;
import org.intelmq.bot.BotGroup;
import org.intelmq.bot.BotType;
import org.intelmq.bot.Tick;
import org.intelmq.message.Event;
import org.intelmq.message.Harmonization;
import org.intelmq.message.Message;
import org.intelmq.parameters.ParameterSchema;
import org.intelmq.testing.CannedHttp;
import org.intelmq.testing.RecordingOutbox;
import org.intelmq.testing.TestContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Services that answer with JSON of the wrong shape, or never stop answering: whatever a bot makes of it, it comes to an end, and its exception
 * tells an operator what came and what was expected, not which of our classes could not be cast.
 */
@Timeout(120)
class WrongAnswersTest {

    private static final String DEEP = "[".repeat(20_000);
    private static final List<String> ANSWERS = List.of("", "null", "1", "\"x\"", "true", "[]", "{}", "[1]", "[null]", "[[]]", "[\"x\"]", "[{}]", DEEP,
            fields("1"), fields("null"), fields("\"x\""), fields("[]"), fields("[1]"), fields("{}"), fields("[{}]"), fields("[null]"), fields("[[\"x\"]]"),
            fields("{\"value\": [1]}"), fields("true"), fields("1e999"), '[' + fields("1") + ']', '[' + fields("[1]") + ']', '[' + fields("{}") + ']',
            '[' + fields("null") + ']');
    /** Bots that need no more than examples to ask their service something. */
    private static final int LEAST_BOTS = 20;
    private static final int MOST_REQUESTS = 300;

    private static final Set<String> ASKED = new TreeSet<>();

    @TempDir
    private Path data;

    @AfterAll
    static void askedOfMany() {
        assertTrue(ASKED.size() >= LEAST_BOTS, ASKED::toString);
    }

    /** What services name in their answers, all with the same value. */
    private static String fields(String value) {
        StringBuilder all = new StringBuilder("{\"deep\": 1");
        for (String name : List.of("results", "result", "response", "Event", "Attribute", "objects", "more", "next", "data", "matches", "alerts", "alert", "id",
                "uuid", "sid", "items", "entities", "vcardArray", "events", "status", "error", "indicators", "pulses", "count", "message", "asn", "contacts",
                "abuse_contacts", "authoritative_rir", "located_resources", "records", "value", "name", "url", "type", "file", "download_url", "reports",
                "risk", "score", "riskScore", "entry", "messages", "ip", "country", "announced", "block", "resource", "tags", "info", "timestamp", "title",
                "access_token", "redirect", "answer", "services", "@odata.nextLink", "feeds", "attributes", "iocs", "domains", "suspend", "constituency")) {
            all.append(", \"").append(name).append("\": ").append(value);
        }
        return all.append('}').toString();
    }

    @TestFactory
    Stream<DynamicTest> endWithAReason() {
        return new IntelmqBots().types().stream().filter(type -> asksTheWeb(type) && !type.connects())
                .map(type -> DynamicTest.dynamicTest(type.module(), () -> {
                    List<String> wrong = new ArrayList<>();
                    for (String answer : ANSWERS) {
                        String outcome = outcome(type, new CannedHttp().anywhere(answer, MOST_REQUESTS));
                        if (outcome != null) {
                            wrong.add((answer.length() > 60 ? answer.substring(0, 60) + "…" : answer) + " -> " + outcome);
                        }
                    }
                    assertEquals(List.of(), wrong.stream().distinct().toList());
                }));
    }

    private static boolean asksTheWeb(BotType<?> type) {
        return !type.streams() && type.group() != BotGroup.PARSER
                && Stream.of(type.params().getRecordComponents()).anyMatch(each -> each.getType().getSimpleName().endsWith("HttpParams"));
    }

    private <P extends Record> String outcome(BotType<P> type, CannedHttp http) {
        Bot<?> bot;
        try {
            Map<String, Object> values = new HashMap<>();
            ParameterSchema<P> schema = ParameterSchema.of(type.params());
            schema.parameters().stream().filter(ParameterSchema.Parameter::required).forEach(parameter -> values.put(parameter.name(), value(parameter)));
            values.computeIfPresent("retry_interval", (name, value) -> 0);
            P params = schema.read(values, Set.of()).value();
            bot = params == null ? null : type.factory().create(params, new TestContext().http(http).dataDirectory(data));
        } catch (Exception e) {
            return http.asked().isEmpty() || isExplained(e) ? null : "cannot be made: " + e;
        }
        if (bot == null) {
            return null;
        }
        try (Bot<?> tried = bot) {
            give(tried, type.group());
            return null;
        } catch (Throwable e) {
            // none may be a surprise, an error of the JVM's among them
            return isExplained(e) ? null : e + Stream.of(e.getStackTrace()).filter(at -> at.getClassName().startsWith("org.intelmq.bots.")).findFirst()
                    .map(at -> " at " + at).orElse("");
        } finally {
            if (!http.asked().isEmpty()) {
                ASKED.add(type.module());
            }
        }
    }

    private static Object value(ParameterSchema.Parameter parameter) {
        if (!parameter.example().isEmpty()) {
            return parameter.example();
        }
        return parameter.name().contains("url") || parameter.name().contains("uri") ? "https://service.example/" : "x";
    }

    private static boolean isExplained(Throwable e) {
        // a cast of ours says what came instead
        boolean isCast = e instanceof ClassCastException && !String.valueOf(e.getMessage()).contains(", expected ");
        boolean ours = isCast || e instanceof NullPointerException || e instanceof IndexOutOfBoundsException || e instanceof Error;
        return !ours && e.getMessage() != null && e.getMessage().lines().count() == 1;
    }

    @SuppressWarnings("unchecked")
    private static void give(Bot<?> bot, BotGroup group) throws Exception {
        RecordingOutbox out = new RecordingOutbox();
        if (group == BotGroup.COLLECTOR) {
            ((Bot<Tick>) bot).process(new Tick(Instant.EPOCH), out);
            return;
        }
        Message event = new Event(Harmonization.standard()).add("source.ip", "192.0.2.1").add("source.fqdn", "www.example.com")
                .add("source.url", "http://www.example.com/").add("source.asn", 64496).add("source.abuse_contact", "abuse@example.net")
                .add("malware.hash.sha256", "0".repeat(64)).add("comment", "x").add("classification.type", "scanner");
        event.identify("report-1.1");
        ((Bot<Message>) bot).process(event, out);
        out.commit();
    }
}
