package org.intelmq.bots;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.intelmq.bot.BatchBot;
import org.intelmq.bot.Bot;
import org.intelmq.bot.BotGroup;
import org.intelmq.bot.BotType;
import org.intelmq.bots.experts.maxmindgeoip.Mmdb;
import org.intelmq.catalogue.Catalogue;
import org.intelmq.message.Fields;
import org.intelmq.message.Harmonization;
import org.intelmq.message.Json;
import org.intelmq.message.Message;
import org.intelmq.message.MessageHash;
import org.intelmq.message.MessageJson;
import org.intelmq.message.Report;
import org.intelmq.parameters.ParameterSchema;
import org.intelmq.state.StateStore;
import org.intelmq.state.TransactionalState;
import org.intelmq.testing.ParserSample;
import org.intelmq.testing.RecordingOutbox;
import org.intelmq.testing.TestContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Events per CPU-second of what was measured of the original, then of each parser and expert that waits for nobody, on its own
 * cases; without a container or queue: {@code mvn -B test -pl ejb-bots/ejb -am -Dtest=BotBenchmark
 * -Dsurefire.failIfNoSpecifiedTests=false}.
 */
class BotBenchmark {

    private static final int ROWS = 5000;
    /** As many events as the host hands on at once. */
    private static final int BATCH = 500;
    private static final Catalogue CATALOGUE = Catalogue.load(BotBenchmark.class.getClassLoader());

    /** Names of experts that are not measured. */
    private final Set<String> left = new TreeSet<>();

    @TempDir
    private Path directory;

    @Test
    void printsEventsPerSecond() throws Exception {
        Logger.getLogger("").setLevel(Level.OFF);
        List<Message> events = events();
        System.out.printf("%d events, %.0f bytes each as written between bots%n", events.size(),
                events.stream().mapToInt(event -> MessageJson.serialize(event).length()).average().orElseThrow());
        Gauge.title();
        compareParsers();
        compareExperts(events);
        compareDeduplicator(events);
        compareOutput(events);
        compareSerialising(events);
        System.out.println("Each parser and expert on its own cases:");
        printParsers();
        printExperts();
        printExpertsWithoutCases(events);
        System.out.println("Not measured, as they wait for others or need what this does not lend: " + String.join(", ", left));
        Gauge.printGarbageCollection();
    }

    // ------------------------------------------------------------------ what was measured of the original

    private void compareParsers() throws Exception {
        TestContext context = new TestContext().dataDirectory(directory);
        Map<String, Object> csv = Map.of("columns", BenchmarkFeeds.COLUMNS, "default_url_protocol", "http://");
        Map<String, Object> withTimeFormat = Map.of("columns", BenchmarkFeeds.COLUMNS, "default_url_protocol", "http://",
                "time_format", "from_format|%Y-%m-%d %H:%M:%S");
        Report rows = report(BenchmarkFeeds.csv(ROWS), context);
        compare("CSV parser, rows of P1", Original.CSV_PARSER, bot("parsers.generic.parser_csv", csv, context), rows);
        compare("CSV parser, fixed time format", Original.CSV_PARSER_WITH_TIME_FORMAT, bot("parsers.generic.parser_csv", withTimeFormat, context), rows);
        compare("JSON parser, rows of P1", Original.JSON_PARSER, bot("parsers.json.parser", Map.of("splitlines", true), context),
                report(BenchmarkFeeds.json(ROWS), context));
        Files.write(directory.resolve("shadowserver-schema.json"), BenchmarkFeeds.schema());
        compare("Shadowserver parser, 30 columns", Original.SHADOWSERVER_PARSER, bot("parsers.shadowserver.parser", Map.of("feedname", "bench"), context),
                report(BenchmarkFeeds.shadowserver(ROWS), context));
    }

    private static void compare(String what, Original original, Bot<Report> parser, Report report) throws Exception {
        Gauge.print(what, original, () -> {
            CountingOutbox out = new CountingOutbox();
            parser.process(report.copy(), out);
            assertEquals(ROWS, out.sent());
            return ROWS;
        });
    }

    private static Report report(String text, TestContext context) {
        Report report = context.newReport();
        report.add(Fields.FEED_NAME, "bench feed");
        report.add(Fields.FEED_PROVIDER, "bench provider");
        report.add(Fields.FEED_ACCURACY, 100.0);
        report.add(Fields.FEED_URL, "file://localhost/opt/intelmq/var/lib/bots/file-collector/bench.csv");
        report.add(Fields.RAW, text);
        return report;
    }

    /** What the CSV parser makes of {@link BenchmarkFeeds#csv}. */
    private static List<Message> events() throws Exception {
        TestContext context = new TestContext();
        RecordingOutbox out = new RecordingOutbox();
        Bot<Report> parser = bot("parsers.generic.parser_csv", Map.of("columns", BenchmarkFeeds.COLUMNS, "default_url_protocol", "http://"), context);
        parser.process(report(BenchmarkFeeds.csv(BATCH), context), out);
        return out.sent();
    }

    private void compareExperts(List<Message> events) throws Exception {
        Files.writeString(directory.resolve("modify.conf"), BenchmarkFeeds.modifyRules());
        Gauge.print("copying the event, part of each expert below", () -> each((event, out) -> { }, events));
        compareExpert("taxonomy", Original.TAXONOMY, Map.of(), events);
        compareExpert("url2fqdn", Original.URL2FQDN, Map.of(), events);
        compareExpert("modify", Original.MODIFY, Map.of("configuration_path", "modify.conf"), events);
        compareExpert("rfc1918", Original.RFC1918, Map.of("fields", "destination.ip,source.ip,source.url", "policy", "del,drop,drop"), events);
    }

    private void compareExpert(String name, Original original, Map<String, Object> parameters, List<Message> events) throws Exception {
        Bot<Message> expert = bot("experts." + name + ".expert", parameters, new TestContext().dataDirectory(directory));
        Gauge.print(name + " expert, events of P2", original, () -> each(expert, events));
    }

    private void compareDeduplicator(List<Message> events) throws Exception {
        MessageHash hash = new MessageHash(Set.of(Fields.RAW, Fields.TIME_OBSERVATION), false);
        Gauge.print("deduplicator's hash", Original.DEDUPLICATOR_HASH, () -> each((event, out) -> hash.of(event), events));
        try (StateStore store = StateStore.open(directory.resolve("bot.state"), Clock.systemUTC()); TransactionalState state = store.session()) {
            Bot<Message> bot = bot("experts.deduplicator.expert", Map.of("filter_keys", "raw, time.observation"), new TestContext().state(state));
            Bot<Message> keeping = keeping(bot, state);
            int[] numbers = {0};
            Gauge.print("deduplicator with its state written, all events new", Original.DEDUPLICATOR_HASH, () -> each((event, out) -> {
                event.put("extra.number", numbers[0]++);
                keeping.process(event, out);
            }, events));
        }
    }

    /** With its state written after each batch, as the host does it. */
    private static Bot<Message> keeping(Bot<Message> bot, TransactionalState state) {
        int[] inputs = {0};
        return (event, out) -> {
            int input = inputs[0]++;
            state.begin("ID:2f1c-bench-" + input);
            bot.process(event, out);
            if (input % BATCH == 0) {
                state.flush();
            }
        };
    }

    private void compareOutput(List<Message> events) throws Exception {
        Path file = directory.resolve("events.txt");
        try (Bot<Message> output = bot("outputs.file.output", Map.of("file", file.toString()), new TestContext())) {
            BatchBot<Message> inBatches = (BatchBot<Message>) output;
            CountingOutbox out = new CountingOutbox();
            Gauge.print("file output", Original.FILE_OUTPUT, () -> {
                inBatches.processAll(events, out);
                return events.size();
            });
        }
    }

    private static void compareSerialising(List<Message> events) throws Exception {
        List<String> texts = events.stream().map(MessageJson::serialize).toList();
        Gauge.print("serialise", Original.SERIALISE, () -> events.stream().map(MessageJson::serialize).filter(text -> !text.isEmpty()).count());
        Gauge.print("deserialise", Original.DESERIALISE, () -> texts.stream()
                .map(text -> MessageJson.parse(text, Harmonization.standard(), "Event")).filter(event -> event.size() > 0).count());
    }

    // ------------------------------------------------------------------ each bot on its own cases

    private static void printParsers() throws Exception {
        Map<String, ParserSample> largest = new LinkedHashMap<>();
        for (ParserSample sample : ParserSample.all()) {
            if (eventsOf(sample) > 0) {
                largest.merge(sample.type().module(), sample, (one, other) -> one.feed().length >= other.feed().length ? one : other);
            }
        }
        for (ParserSample sample : largest.values()) {
            Bot<Report> parser = sample.bot();
            Report report = sample.report(sample.feed());
            Gauge.print(sample.type().module(), () -> {
                CountingOutbox out = new CountingOutbox();
                parser.process(report.copy(), out);
                return out.sent();
            });
        }
    }

    private static long eventsOf(ParserSample sample) throws Exception {
        CountingOutbox out = new CountingOutbox();
        try {
            sample.bot().process(sample.report(sample.feed()), out);
        } catch (Exception e) {
            // a case of a feed that is refused
            return 0;
        }
        return out.sent();
    }

    private void printExperts() throws Exception {
        for (BotType<?> type : CATALOGUE.types()) {
            if (type.group() == BotGroup.EXPERT && (type.waits() || !printExpert(type))) {
                left.add(type.module().split("experts\\.")[1].replace(".expert", ""));
            }
        }
        left.remove("deduplicator");
    }

    private void printExpertsWithoutCases(List<Message> events) throws Exception {
        Files.write(directory.resolve("city.mmdb"), Mmdb.withOneNode(Map.of("country", Map.of("iso_code", "AT"), "location",
                Map.of("latitude", 48.2, "longitude", 16.4))));
        try (StateStore store = StateStore.open(directory.resolve("experts.state"), Clock.systemUTC()); TransactionalState state = store.session()) {
            TestContext context = new TestContext().dataDirectory(directory).state(state);
            Map<String, Map<String, Object>> experts = new LinkedHashMap<>();
            experts.put("aggregate", Map.of("fields", "source.ip, classification.type"));
            experts.put("idea", Map.of());
            experts.put("maxmind_geoip", Map.of("database", "city.mmdb", "overwrite", true));
            experts.put("threshold", Map.of("filter_keys", "source.ip", "filter_type", "whitelist"));
            for (Map.Entry<String, Map<String, Object>> expert : experts.entrySet()) {
                Bot<Message> bot = keeping(bot("experts." + expert.getKey() + ".expert", expert.getValue(), context), state);
                Gauge.print("intelmq.bots.experts." + expert.getKey() + ".expert, events of P2", () -> each(bot, events));
                left.remove(expert.getKey());
            }
        }
    }

    /** On its first case in which no event fails; false if there is none. */
    private static boolean printExpert(BotType<?> type) throws Exception {
        Path cases = folder("experts").resolve(type.factory().getClass().getPackageName().replaceFirst(".*\\.", "")).resolve("cases");
        if (!Files.isDirectory(cases)) {
            return false;
        }
        List<Path> folders;
        try (Stream<Path> found = Files.list(cases)) {
            folders = found.sorted().toList();
        }
        for (Path folder : folders) {
            List<Message> events = new ArrayList<>();
            for (Object event : (List<?>) Json.parse(Files.readString(folder.resolve("input.json")))) {
                events.add(MessageJson.parse(Json.write(event), Harmonization.standard(), "Event"));
            }
            Bot<Message> bot = working(type, folder, events);
            if (bot != null) {
                Gauge.print(type.module() + ", case " + folder.getFileName(), () -> each(bot, events));
                return true;
            }
        }
        return false;
    }

    /** {@code null} if it needs what this benchmark does not lend, or the case is one of events that fail. */
    @SuppressWarnings("unchecked")
    private static Bot<Message> working(BotType<?> type, Path folder, List<Message> events) {
        try {
            Bot<Message> bot = (Bot<Message>) bot(type, parameters(folder), new TestContext().dataDirectory(folder));
            each(bot, events);
            return bot;
        } catch (Exception e) {
            return null;
        }
    }

    private static Path folder(String name) throws URISyntaxException {
        return Path.of(BotBenchmark.class.getResource(name).toURI());
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> parameters(Path folder) throws IOException {
        Path file = folder.resolve("parameters.json");
        return Files.exists(file) ? (Map<String, Object>) Json.parse(Files.readString(file).replace("${CASE}", folder.toString())) : Map.of();
    }

    // ------------------------------------------------------------------ bots

    @SuppressWarnings("unchecked")
    private static <I> Bot<I> bot(String module, Map<String, Object> parameters, TestContext context) throws Exception {
        return (Bot<I>) bot(CATALOGUE.find("intelmq.bots." + module), parameters, context);
    }

    private static <P extends Record> Bot<?> bot(BotType<P> type, Map<String, Object> parameters, TestContext context) throws Exception {
        return type.factory().create(ParameterSchema.of(type.params()).read(parameters, Set.of()).value(), context);
    }

    private static long each(Bot<Message> bot, List<Message> events) throws Exception {
        CountingOutbox out = new CountingOutbox();
        for (Message event : events) {
            bot.process(event.copy(), out);
        }
        return events.size();
    }
}
