package org.intelmq.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.intelmq.bot.Bot;
import org.intelmq.bot.BotGroup;
import org.intelmq.bot.BotType;
import org.intelmq.bot.Dns;
import org.intelmq.bot.Http;
import org.intelmq.message.Event;
import org.intelmq.message.Fields;
import org.intelmq.message.Harmonization;
import org.intelmq.message.Json;
import org.intelmq.message.Message;
import org.intelmq.message.MessageJson;
import org.intelmq.message.Report;
import org.intelmq.parameters.ParameterSchema;
import org.junit.jupiter.api.DynamicTest;

/**
 * A bot's cases as data: each folder in {@code cases/} beside the test is one. A parser's folder holds {@code feed.*}, which goes in
 * byte for byte, and perhaps {@code report.json}, further fields of the report; an expert's holds {@code input.json}, a list of
 * events, and what it finds outside: {@code http.json} and {@code dns.json}. {@code parameters.json} may set parameters, with
 * {@code ${CASE}} for the folder. {@code expected.json} is {@code {"events": [...], "rejected": ["beginning of a reason", ...]}}, or
 * {@code {"paths": {...}}} where a bot has several. A missing {@code expected.json} fails and prints what came out, to be checked by
 * eye and saved.
 */
public final class BotCases {

    private BotCases() { }

    public static <P extends Record> Stream<DynamicTest> of(Class<?> test, BotType<P> type) throws IOException {
        return in(folder(test), type);
    }

    /** @param cases the folder that holds the cases' folders */
    public static <P extends Record> Stream<DynamicTest> in(Path cases, BotType<P> type) throws IOException {
        List<Path> folders;
        try (Stream<Path> found = Files.list(cases)) {
            folders = found.filter(Files::isDirectory).sorted().toList();
        }
        assertEquals(false, folders.isEmpty(), "no cases in " + cases);
        return folders.stream().map(folder -> DynamicTest.dynamicTest(folder.getFileName().toString(), () -> check(folder, type)));
    }

    private static Path folder(Class<?> test) {
        try {
            URI location = test.getResource("cases").toURI();
            return Path.of(location);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static <P extends Record> void check(Path folder, BotType<P> type) throws Exception {
        Map<String, Object> parameters = Files.exists(folder.resolve("parameters.json")) ? parameters(folder) : Map.of();
        ParameterSchema.Reading<P> reading = ParameterSchema.of(type.params()).read(parameters, Set.of());
        assertEquals(List.of(), reading.problems());
        Path expected = folder.resolve("expected.json");
        Map<String, Object> wanted = Files.exists(expected) ? object(expected) : Map.of();
        Map<?, ?> paths = (Map<?, ?>) wanted.get("paths");
        RecordingOutbox outbox = new RecordingOutbox(paths == null ? new String[0] : paths.keySet().toArray(String[]::new));
        run(folder, type, reading.value(), outbox);
        Map<String, Object> got = result(outbox, paths != null);
        if (!Files.exists(expected)) {
            throw new AssertionError(expected + " is missing; what came out:\n" + Json.pretty(got));
        }
        List<?> reasons = (List<?>) got.get("rejected");
        List<?> wantedReasons = (List<?>) wanted.getOrDefault("rejected", List.of());
        List<Object> shortened = new ArrayList<>();
        for (int i = 0; i < reasons.size(); i++) {
            String beginning = i < wantedReasons.size() ? wantedReasons.get(i).toString() : "";
            shortened.add(!beginning.isEmpty() && reasons.get(i).toString().startsWith(beginning) ? beginning : reasons.get(i));
        }
        Map<String, Object> comparable = new LinkedHashMap<>(got);
        comparable.put("rejected", shortened);
        Map<String, Object> whole = new LinkedHashMap<>(wanted);
        whole.put("rejected", wantedReasons);
        assertEquals(Json.pretty(whole), Json.pretty(comparable), folder.getFileName().toString());
    }

    @SuppressWarnings("unchecked")
    private static <P extends Record> void run(Path folder, BotType<P> type, P parameters, RecordingOutbox outbox) throws Exception {
        TestContext context = new TestContext().dataDirectory(folder).http(http(folder)).dns(dns(folder));
        try (Bot<?> bot = type.factory().create(parameters, context)) {
            if (type.group() == BotGroup.PARSER) {
                process((Bot<Report>) bot, report(folder), outbox);
                return;
            }
            for (Object event : (List<?>) Json.parse(Files.readString(folder.resolve("input.json")))) {
                process((Bot<Message>) bot, MessageJson.parse(Json.write(event), Harmonization.standard(), "Event"), outbox);
            }
        }
    }

    /** An input that is refused counts as rejected whole. */
    private static <I> void process(Bot<I> bot, I input, RecordingOutbox outbox) {
        try {
            bot.process(input, outbox);
        } catch (Exception e) {
            outbox.reject(input instanceof Report report ? report : null, e);
        }
    }

    /** Addresses with the text or JSON found there, or with {@code {"status": 404, "body": ...}}. */
    private static Http http(Path folder) throws IOException {
        if (!Files.exists(folder.resolve("http.json"))) {
            return null;
        }
        CannedHttp http = new CannedHttp();
        object(folder.resolve("http.json")).forEach((address, reply) -> {
            boolean withStatus = reply instanceof Map<?, ?> map && map.get("status") instanceof Long;
            Object body = withStatus ? ((Map<?, ?>) reply).get("body") : reply;
            long status = withStatus ? (Long) ((Map<?, ?>) reply).get("status") : 200;
            String text = body instanceof String plain ? plain : body == null ? "" : Json.write(body);
            http.at(address, (int) status, text.getBytes(StandardCharsets.UTF_8));
        });
        return http;
    }

    /** Type and name with the records found, or with {@code null} where no server answers; what is missing does not exist. */
    private static Dns dns(Path folder) throws IOException {
        if (!Files.exists(folder.resolve("dns.json"))) {
            return null;
        }
        Map<String, Object> answers = object(folder.resolve("dns.json"));
        return (name, type) -> {
            Object answer = answers.getOrDefault(type + ' ' + name, List.of());
            return answer instanceof List<?> records ? CompletableFuture.completedFuture(records.stream().map(Object::toString).toList())
                    : CompletableFuture.failedFuture(new IOException("no server answers for " + name));
        };
    }

    static Report report(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            Path feed = files.filter(file -> file.getFileName().toString().startsWith("feed.")).findFirst()
                    .orElseThrow(() -> new IOException("no feed.* in " + folder));
            Report report = new TestContext().newReport();
            report.add(Fields.FEED_NAME, "test feed");
            report.add(Fields.RAW, Files.readString(feed, StandardCharsets.UTF_8));
            Path more = folder.resolve("report.json");
            if (Files.exists(more)) {
                object(more).forEach(report::put);
            }
            return report;
        }
    }

    private static Map<String, Object> result(RecordingOutbox outbox, boolean withPaths) {
        Map<String, Object> result = new LinkedHashMap<>();
        if (withPaths) {
            Map<String, Object> paths = new LinkedHashMap<>();
            outbox.paths().forEach(path -> paths.put(path, outbox.sent(path).stream().map(BotCases::plain).toList()));
            result.put("paths", paths);
        } else {
            result.put("events", outbox.sent().stream().map(BotCases::plain).toList());
        }
        result.put("rejected", outbox.rejected().stream().map(rejection -> String.valueOf(rejection.reason().getMessage())).toList());
        return result;
    }

    private static Map<String, Object> plain(Message message) {
        Map<String, Object> fields = new LinkedHashMap<>();
        message.forEach((field, value) -> fields.put(field.name(), value));
        if (!(message instanceof Event)) {
            fields.put("__type", message.typeName());
        }
        return fields;
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> parameters(Path folder) throws IOException {
        return (Map<String, Object>) Json.parse(Files.readString(folder.resolve("parameters.json")).replace("${CASE}", folder.toString()));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> object(Path file) throws IOException {
        return (Map<String, Object>) Json.parse(Files.readString(file));
    }
}
