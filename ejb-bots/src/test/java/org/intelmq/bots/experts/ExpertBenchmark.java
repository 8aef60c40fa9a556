package org.intelmq.bots.experts;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.intelmq.bot.Bot;
import org.intelmq.bot.BotGroup;
import org.intelmq.bot.BotType;
import org.intelmq.bot.Outbox;
import org.intelmq.bot.testing.TestContext;
import org.intelmq.catalogue.Catalogue;
import org.intelmq.catalogue.ParameterSchema;
import org.intelmq.message.Harmonization;
import org.intelmq.message.Json;
import org.intelmq.message.Message;
import org.intelmq.message.MessageJson;
import org.intelmq.message.Report;
import org.intelmq.state.StateStore;
import org.intelmq.state.TransactionalState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Events per CPU-second of each expert that waits for nobody, without a container or queue; copying the event is counted in:
 * {@code mvn -pl jms-config,ejb-bots test -Dtest=ExpertBenchmark}.
 */
class ExpertBenchmark {

    private static final long WARM_UP_NANOSECONDS = 500_000_000L;
    private static final long MEASURED_NANOSECONDS = 500_000_000L;
    private static final String[] TYPES = {"scanner", "phishing", "c2-server", "spam", "brute-force"};
    private static final int BATCH = 200;

    @TempDir
    private Path directory;

    @Test
    void printsEventsPerSecond() throws Exception {
        Logger.getLogger("").setLevel(Level.OFF);
        System.out.printf("%12s %14s  %s%n", "events/CPU-s", "µs per event", "expert");
        List<Message> events = events();
        print("copying the event", (event, out) -> { }, events);
        for (String module : List.of("taxonomy", "url2fqdn", "url", "rfc1918")) {
            print(module + ", events of P2", bot(module, Map.of(), new TestContext()), events);
        }
        Files.writeString(directory.resolve("modify.conf"), Json.write(rules()));
        print("modify with 20 rules, events of P2", bot("modify", Map.of("configuration_path", "modify.conf"), new TestContext().dataDirectory(directory)), events);
        printDeduplicator(events);
        for (BotType<?> type : Catalogue.load(getClass().getClassLoader()).types()) {
            if (type.group() == BotGroup.EXPERT && !type.waits()) {
                printOnItsOwnCase(type);
            }
        }
    }

    private void printDeduplicator(List<Message> events) throws Exception {
        try (StateStore store = StateStore.open(directory.resolve("bot.state"), Clock.systemUTC()); TransactionalState state = store.session()) {
            int[] inputs = {0};
            Bot<Message> bot = bot("deduplicator", Map.of("filter_keys", "raw, time.observation"), new TestContext().state(state));
            print("deduplicator with its state on disk, all events new", (event, out) -> {
                int input = inputs[0]++;
                event.put("extra.number", input);
                state.begin(Integer.toString(input));
                bot.process(event, out);
                if (input % BATCH == 0) {
                    state.flush();
                }
            }, events);
        }
    }

    @SuppressWarnings("unchecked")
    private static Bot<Message> bot(String name, Map<String, Object> parameters, TestContext context) throws Exception {
        return (Bot<Message>) bot(Catalogue.load(ExpertBenchmark.class.getClassLoader()).find("intelmq.bots.experts." + name + ".expert"), parameters, context);
    }

    private static <P extends Record> Bot<?> bot(BotType<P> type, Map<String, Object> parameters, TestContext context) throws Exception {
        return type.factory().create(ParameterSchema.of(type.params()).read(parameters, Set.of()).value(), context);
    }

    /** Sixteen fields, about 700 bytes when written. */
    private static List<Message> events() {
        Random random = new Random(1);
        List<Message> events = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            String name = Long.toString(random.nextLong() >>> 30, 36) + ".example-site.at";
            String json = """
                    {"time.source": "2024-03-01T13:%02d:%02d+00:00", "source.ip": "%d.%d.2.%d", "source.port": %d, "source.asn": %d, "source.url": "http://%s/wl/%d",
                    "malware.name": "family%d", "classification.type": "%s", "protocol.transport": "udp", "comment": "n%06d", "feed.name": "bench feed",
                    "feed.accuracy": 100.0, "feed.provider": "bench provider", "feed.url": "file://localhost/var/lib/bots/file-collector/bench.csv",
                    "time.observation": "2024-04-01T00:00:00+00:00", "raw": "%s"}""".formatted(i / 60 % 60, i % 60, 20 + random.nextInt(100), random.nextInt(256), random.nextInt(256),
                    random.nextInt(65535) + 1, random.nextInt(60000) + 1, name, i, random.nextInt(20), TYPES[random.nextInt(TYPES.length)], i, "QUFB".repeat(60));
            events.add(MessageJson.parse(json, Harmonization.standard(), "Event"));
        }
        return events;
    }

    private static List<Object> rules() {
        List<Object> rules = new ArrayList<>();
        for (int i = 0; i < 14; i++) {
            rules.add(rule("family " + i, Map.of("malware.name", "^family" + i + "(p2p)?$"), Map.of("classification.identifier", "family" + i)));
        }
        rules.add(rule("ssh", Map.of("classification.type", "^scanner$", "source.port", "^22$"), Map.of("protocol.application", "ssh")));
        rules.add(rule("http", Map.of("classification.type", "^phishing$", "source.url", "^http://"), Map.of("protocol.application", "http")));
        rules.add(rule("high port", Map.of("protocol.transport", "^udp$", "source.port", "^[56]\\d{4}$"), Map.of("event_description.text", "high udp port {msg[source.port]}")));
        rules.add(rule("no identifier", Map.of("classification.identifier", ""), Map.of("classification.identifier", "{msg[malware.name]}")));
        rules.add(rule("country", Map.of("source.url", "\\.(?P<tld>at|de)/"), Map.of("source.geolocation.cc", "{matches[source.url][tld]}")));
        rules.add(rule("tag", Map.of("comment", "^n0000"), Map.of("status", "tagged")));
        return rules;
    }

    private static Map<String, Object> rule(String name, Map<String, Object> conditions, Map<String, Object> actions) {
        return Map.of("rulename", name, "if", conditions, "then", actions);
    }

    @SuppressWarnings("unchecked")
    private static void printOnItsOwnCase(BotType<?> type) throws Exception {
        Path cases = Path.of(ExpertBenchmark.class.getResource("").toURI())
                .resolve(type.factory().getClass().getPackageName().replaceFirst(".*\\.", "")).resolve("cases");
        if (!Files.isDirectory(cases)) {
            return;
        }
        Path first;
        try (Stream<Path> folders = Files.list(cases)) {
            first = folders.sorted().findFirst().orElseThrow();
        }
        List<Message> events = new ArrayList<>();
        for (Object event : (List<?>) Json.parse(Files.readString(first.resolve("input.json")))) {
            events.add(MessageJson.parse(Json.write(event), Harmonization.standard(), "Event"));
        }
        Bot<Message> bot;
        try {
            bot = (Bot<Message>) bot(type, parameters(first), new TestContext().dataDirectory(first));
        } catch (IllegalStateException | IllegalArgumentException e) {
            // it needs what this benchmark does not lend
            return;
        }
        print(type.module(), bot, events);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> parameters(Path folder) throws IOException {
        Path file = folder.resolve("parameters.json");
        return Files.exists(file) ? (Map<String, Object>) Json.parse(Files.readString(file).replace("${CASE}", folder.toString())) : Map.of();
    }

    private static void print(String what, Bot<Message> bot, List<Message> events) {
        repeat(bot, events, WARM_UP_NANOSECONDS);
        double nanoseconds = repeat(bot, events, MEASURED_NANOSECONDS);
        System.out.printf("%,12.0f %14.2f  %s%n", 1e9 / nanoseconds, nanoseconds / 1e3, what);
    }

    private static double repeat(Bot<Message> bot, List<Message> events, long nanoseconds) {
        Outbox out = new Nowhere();
        long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        long taken;
        long count = 0;
        do {
            for (Message event : events) {
                try {
                    bot.process(event.copy(), out);
                } catch (Exception e) {
                    // an event that fails is one of the case's
                }
            }
            count += events.size();
            taken = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start;
        } while (taken < nanoseconds);
        return (double) taken / count;
    }

    private static final class Nowhere implements Outbox {

        @Override
        public void send(String path, Message message) { }

        @Override
        public void sendIfRouted(String path, Message message) { }

        @Override
        public void reject(Report part, Exception reason) { }

        @Override
        public void afterCommit(Runnable action) { }
    }
}
