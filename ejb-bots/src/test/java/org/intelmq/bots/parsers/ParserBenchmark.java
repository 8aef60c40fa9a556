package org.intelmq.bots.parsers;

import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.intelmq.bot.Bot;
import org.intelmq.bot.BotType;
import org.intelmq.bot.Outbox;
import org.intelmq.bot.testing.ParserSample;
import org.intelmq.bot.testing.TestContext;
import org.intelmq.bots.parsers.generic.GenericCsvParser;
import org.intelmq.bots.parsers.json.JsonParser;
import org.intelmq.catalogue.ParameterSchema;
import org.intelmq.message.Fields;
import org.intelmq.message.Message;
import org.intelmq.message.Report;
import org.junit.jupiter.api.Test;

/**
 * Events per CPU-second of each parser, on its own cases and without a container or queue:
 * {@code mvn -pl jms-config,ejb-bots test -Dtest=ParserBenchmark}.
 */
class ParserBenchmark {

    private static final String[] P1_COLUMNS = {"time.source", "source.ip", "source.port", "source.asn", "source.fqdn", "source.url",
        "malware.name", "classification.type", "protocol.transport", "comment"};
    private static final long WARM_UP_NANOSECONDS = 400_000_000L;
    private static final long MEASURED_NANOSECONDS = 400_000_000L;

    @Test
    void printsEventsPerSecond() throws Exception {
        Logger.getLogger("").setLevel(Level.OFF);
        Map<String, ParserSample> largest = new LinkedHashMap<>();
        for (ParserSample sample : ParserSample.all()) {
            if (givesEvents(sample)) {
                largest.merge(sample.type().module(), sample, (one, other) -> one.feed().length >= other.feed().length ? one : other);
            }
        }
        System.out.printf("%12s %14s  %s%n", "events/CPU-s", "µs per event", "parser");
        for (ParserSample sample : largest.values()) {
            print(sample.type().module(), sample.bot(), sample.report(sample.feed()));
        }
        printOnRowsOfP1();
    }

    private static boolean givesEvents(ParserSample sample) throws Exception {
        Counter counter = new Counter();
        try {
            sample.bot().process(sample.report(sample.feed()), counter);
        } catch (Exception e) {
            return false;
        }
        return counter.sent > 0;
    }

    /** The parsers for which the original was measured, on rows of the same shape. */
    private static void printOnRowsOfP1() throws Exception {
        StringBuilder csv = new StringBuilder();
        StringBuilder json = new StringBuilder();
        Random random = new Random(1);
        for (int i = 0; i < 5000; i++) {
            String name = Long.toString(random.nextLong() >>> 30, 36) + ".example";
            String[] cells = {"2024-03-01 13:%02d:%02d".formatted(i / 60 % 60, i % 60), "192.0.2." + i % 256, String.valueOf(random.nextInt(65535) + 1),
                String.valueOf(random.nextInt(60000) + 1), name, "http://" + name + "/wl", "gamarue", "phishing", "tcp", "n%06d".formatted(i)};
            csv.append(String.join(",", cells)).append('\n');
            json.append("{\"time.source\": \"%s+00:00\"".formatted(cells[0].replace(' ', 'T')));
            for (int column = 1; column < cells.length; column++) {
                json.append(", \"").append(P1_COLUMNS[column]).append("\": \"").append(cells[column]).append('"');
            }
            json.append("}\n");
        }
        TestContext context = new TestContext();
        Map<String, Object> columns = Map.of("columns", List.of(P1_COLUMNS));
        print("generic CSV, rows of P1", bot(GenericCsvParser.TYPE, columns, context), report(csv.toString(), context));
        print("JSON, rows of P1", bot(JsonParser.TYPE, Map.of("splitlines", true), context), report(json.toString(), context));
    }

    @SuppressWarnings("unchecked")
    private static <P extends Record> Bot<Report> bot(BotType<P> type, Map<String, Object> parameters, TestContext context) throws Exception {
        return (Bot<Report>) type.factory().create(ParameterSchema.of(type.params()).read(parameters, Set.of()).value(), context);
    }

    private static Report report(String text, TestContext context) {
        Report report = context.newReport();
        report.add(Fields.FEED_NAME, "bench");
        report.add(Fields.RAW, text);
        return report;
    }

    private static void print(String module, Bot<Report> bot, Report report) throws Exception {
        Counter counter = new Counter();
        repeat(bot, report, counter, WARM_UP_NANOSECONDS);
        counter.sent = 0;
        long taken = repeat(bot, report, counter, MEASURED_NANOSECONDS);
        System.out.printf("%,12.0f %14.2f  %s%n", counter.sent * 1e9 / taken, taken / 1e3 / counter.sent, module);
    }

    private static long repeat(Bot<Report> bot, Report report, Outbox out, long nanoseconds) throws Exception {
        long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        long taken;
        do {
            bot.process(report.copy(), out);
            taken = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start;
        } while (taken < nanoseconds);
        return taken;
    }

    private static final class Counter implements Outbox {

        private long sent;

        @Override
        public void send(String path, Message message) {
            sent++;
        }

        @Override
        public void sendIfRouted(String path, Message message) {
            sent++;
        }

        @Override
        public void reject(Report part, Exception reason) { }

        @Override
        public void afterCommit(Runnable action) { }
    }
}
