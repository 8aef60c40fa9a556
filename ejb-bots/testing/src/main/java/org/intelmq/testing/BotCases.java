package org.intelmq.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.intelmq.bot.Bot;
import org.intelmq.bot.BotGroup;
import org.intelmq.bot.BotType;
import org.intelmq.bot.Dns;
import org.intelmq.bot.ParserParams;
import org.intelmq.message.Event;
import org.intelmq.message.Fields;
import org.intelmq.message.Harmonization;
import org.intelmq.message.IfPresent;
import org.intelmq.message.Json;
import org.intelmq.message.Message;
import org.intelmq.message.MessageJson;
import org.intelmq.message.Report;
import org.intelmq.parameters.ParameterSchema;
import org.intelmq.text.encoding.Base64Text;
import org.junit.jupiter.api.DynamicTest;

/**
 * A bot's cases as data: each folder in {@code cases/} next to the test is one. A parser's folder holds {@code feed.*}, which goes in
 * byte for byte, and perhaps {@code report.json}, further fields of the report; an expert's holds {@code input.json}, a list of
 * events, and what it finds outside: {@code http.json} and {@code dns.json}. {@code parameters.json} may set parameters, with
 * {@code ${CASE}} for the folder. {@code expected.json} is {@code {"events": [...], "rejected": ["beginning of a reason", ...]}}, or
 * {@code {"paths": {...}}} where a bot has several. With {@code "requests": [{"method": ..., "address": ..., "body": ...}, ...]} it also
 * says what a bot must have asked by HTTP. A missing {@code expected.json} fails and prints what came out, to be checked by eye and saved.
 */
public final class BotCases {

    private static final String REQUESTS = "requests";

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
        return folders.stream().map(folder -> DynamicTest.dynamicTest(folder.getFileName().toString(), () -> check(new CaseFiles(folder), type)));
    }

    private static Path folder(Class<?> test) throws IOException {
        URL folder = test.getResource("cases");
        if (folder == null) {
            String place = test.getPackageName().replace('.', '/') + "/cases";
            throw new IOException("there is no folder " + place + " on the class path: it belongs beside " + test.getSimpleName() + ", as src/test/java/"
                    + place + " or src/test/resources/" + place + ", with a folder for each case; for src/test/java, pom.xml must name it as a testResource");
        }
        try {
            return Path.of(folder.toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static <P extends Record> void check(CaseFiles files, BotType<P> type) throws Exception {
        boolean isExpected = files.has(CaseFiles.EXPECTED);
        Map<String, Object> wanted = isExpected ? files.object(CaseFiles.EXPECTED) : Map.of();
        Map<?, ?> paths = (Map<?, ?>) wanted.get("paths");
        RecordingOutbox outbox = new RecordingOutbox(paths == null ? new String[0] : paths.keySet().toArray(String[]::new));
        CannedHttp http = http(files);
        run(files, type, context(files).http(http), outbox);
        Map<String, Object> got = result(outbox, paths != null);
        if (http != null && (wanted.containsKey(REQUESTS) || !isExpected && type.group() == BotGroup.OUTPUT)) {
            got.put(REQUESTS, http.asked().stream().map(BotCases::plain).toList());
        }
        if (!isExpected) {
            throw new AssertionError(files.where(CaseFiles.EXPECTED) + " is missing; what came out:\n" + Json.pretty(got));
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
        assertEquals(sorted(whole), sorted(comparable), files.where(CaseFiles.EXPECTED).toString());
    }

    /** JSON is compared as data: the order of keys means nothing. */
    private static String sorted(Map<String, Object> value) {
        return Json.pretty(Json.parse(Json.writeSorted(value)));
    }

    @SuppressWarnings("unchecked")
    private static <P extends Record> void run(CaseFiles files, BotType<P> type, TestContext context, RecordingOutbox outbox) throws Exception {
        try (Bot<?> bot = bot(files, type, context)) {
            if (type.group() == BotGroup.PARSER) {
                process((Bot<Report>) bot, report(files), outbox);
                return;
            }
            for (Object event : files.list(CaseFiles.INPUT)) {
                process((Bot<Message>) bot, MessageJson.parse(Json.write(event), Harmonization.standard(), "Event"), outbox);
            }
        }
    }

    /** A host that lends what the case holds. */
    static TestContext context(CaseFiles files) throws IOException {
        return new TestContext().dataDirectory(files.folder()).http(http(files)).dns(dns(files));
    }

    /** With the parameters of the case; they are read as the server reads those in {@code runtime.yaml}, but unknown ones fail. */
    static <P extends Record> Bot<?> bot(CaseFiles files, BotType<P> type, TestContext context) throws Exception {
        Map<String, Object> parameters = files.parameters();
        ParameterSchema<? extends Record> common = ParameterSchema.of(type.group().commonParams());
        ParameterSchema<P> own = ParameterSchema.of(type.params());
        ParameterSchema.Reading<? extends Record> ofGroup = common.read(parameters, parameters.keySet());
        ParameterSchema.Reading<P> reading = own.read(parameters, parameters.keySet());
        Set<String> known = new TreeSet<>(own.names());
        known.addAll(common.names());
        Stream<String> unknown = parameters.keySet().stream().filter(name -> !known.contains(name))
                .map(name -> "unknown parameter '" + name + "', known are " + String.join(", ", known));
        List<String> problems = Stream.of(ofGroup.problems().stream(), reading.problems().stream(), unknown).flatMap(each -> each).distinct().toList();
        assertEquals(List.of(), problems, "problems in " + files.where(CaseFiles.PARAMETERS));
        if (ofGroup.value() instanceof ParserParams parser) {
            context.parser(parser);
        }
        return type.factory().create(reading.value(), context);
    }

    /** An input that is refused counts as rejected whole. */
    private static <I> void process(Bot<I> bot, I input, RecordingOutbox outbox) {
        try {
            bot.process(input, outbox);
        } catch (Exception e) {
            outbox.reject(input instanceof Report report ? report : null, e);
        }
    }

    /** Addresses with the text or JSON found there, or with {@code {"status": 404, "body": ...}}; {@code null} if the case has none. */
    private static CannedHttp http(CaseFiles files) throws IOException {
        if (!files.has("http.json")) {
            return null;
        }
        CannedHttp http = new CannedHttp();
        files.object("http.json").forEach((address, reply) -> {
            boolean withStatus = reply instanceof Map<?, ?> map && map.get("status") instanceof Long;
            Object body = withStatus ? ((Map<?, ?>) reply).get("body") : reply;
            long status = withStatus ? (Long) ((Map<?, ?>) reply).get("status") : 200;
            String text = body instanceof String plain ? plain : body == null ? "" : Json.write(body);
            http.at(address, (int) status, text.getBytes(StandardCharsets.UTF_8));
        });
        return http;
    }

    /** Type and name with the records found, or with {@code null} where no server answers; what is missing does not exist. */
    private static Dns dns(CaseFiles files) throws IOException {
        if (!files.has("dns.json")) {
            return null;
        }
        Map<String, Object> answers = files.object("dns.json");
        return (name, type) -> {
            Object answer = answers.getOrDefault(type + ' ' + name, List.of());
            return answer instanceof List<?> records ? CompletableFuture.completedFuture(records.stream().map(Object::toString).toList())
                    : CompletableFuture.failedFuture(new IOException("no server answers for " + name));
        };
    }

    /** The case's feed, as a collector would have fetched it. */
    static Report report(CaseFiles files) throws IOException {
        Report report = new TestContext().newReport();
        report.add(Fields.FEED_NAME, "test feed");
        report.addUnsanitized(Fields.RAW, Base64Text.encode(files.feed()), IfPresent.REPLACE, true);
        if (files.has(CaseFiles.REPORT)) {
            files.object(CaseFiles.REPORT).forEach(report::put);
        }
        return report;
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

    /** A body in JSON is compared as data. */
    private static Map<String, Object> plain(CannedHttp.Asked asked) {
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("method", asked.request().method());
        request.put("address", asked.request().uri().toString());
        if (asked.body().length > 0) {
            String body = new String(asked.body(), StandardCharsets.UTF_8);
            Object data = Json.parseOrNull(body);
            request.put("body", data == null ? body : data);
        }
        return request;
    }

    private static Map<String, Object> plain(Message message) {
        Map<String, Object> fields = new LinkedHashMap<>();
        message.forEach((field, value) -> fields.put(field.name(), value));
        if (!(message instanceof Event)) {
            fields.put("__type", message.typeName());
        }
        return fields;
    }
}
