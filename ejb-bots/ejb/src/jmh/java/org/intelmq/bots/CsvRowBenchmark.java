package org.intelmq.bots;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.intelmq.bot.Bot;
import org.intelmq.bot.BotType;
import org.intelmq.bot.Outbox;
import org.intelmq.bots.parsers.generic.GenericCsvParser;
import org.intelmq.message.Fields;
import org.intelmq.message.Message;
import org.intelmq.message.MessageJson;
import org.intelmq.message.Report;
import org.intelmq.parameters.ParameterSchema;
import org.intelmq.testing.TestContext;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** From one row of the generic CSV parser, ten columns, to a serialised event: split, checked, with its {@code raw}. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
public class CsvRowBenchmark {

    private static final int ROWS = 1000;
    private static final List<String> COLUMNS = List.of("time.source", "source.ip", "source.port", "source.asn", "source.fqdn", "source.url",
            "malware.name", "classification.type", "protocol.transport", "comment");

    private Bot<Report> parser;
    private Report report;

    @Setup
    public void prepare() throws Exception {
        Logger.getLogger("").setLevel(Level.OFF);
        TestContext context = new TestContext();
        parser = parser(GenericCsvParser.TYPE, context);
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < ROWS; i++) {
            rows.append("2024-03-05 12:34:%02d,198.51.100.%d,%d,64496,host-%d.example.net,http://host-%d.example.net/wl,gamarue,phishing,tcp,n%06d%n"
                    .formatted(i % 60, i % 256, 1024 + i, i, i, i));
        }
        report = context.newReport();
        report.add(Fields.RAW, rows.toString());
    }

    @SuppressWarnings("unchecked")
    private static <P extends Record> Bot<Report> parser(BotType<P> type, TestContext context) throws Exception {
        P params = ParameterSchema.of(type.params()).read(Map.of("columns", COLUMNS), Set.of()).value();
        return (Bot<Report>) type.factory().create(params, context);
    }

    @Benchmark
    @OperationsPerInvocation(ROWS)
    public void rowToSerialisedEvent(Blackhole events) throws Exception {
        parser.process(report, new Serialising(events));
    }

    private record Serialising(Blackhole events) implements Outbox {

        @Override
        public void send(String path, Message message) {
            events.consume(MessageJson.serialize(message));
        }

        @Override
        public void sendIfRouted(String path, Message message) {
            send(path, message);
        }

        @Override
        public void reject(Report part, Exception reason) {
            throw new IllegalStateException("each row is good", reason);
        }

        @Override
        public void afterCommit(Runnable action) {
            action.run();
        }
    }
}
