package org.intelmq.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.intelmq.bot.Bot;
import org.intelmq.bot.BotType;
import org.intelmq.bot.NoParams;
import org.intelmq.bot.ReportData;
import org.intelmq.bot.ReportSize;
import org.intelmq.bot.ReportTooLargeException;
import org.intelmq.bot.Row;
import org.intelmq.bot.RowParser;
import org.intelmq.bot.rows.Lines;
import org.intelmq.catalogue.Catalogue;
import org.intelmq.engine.failure.RollbackException;
import org.intelmq.jms.Delivery;
import org.intelmq.jms.Parcel;
import org.intelmq.jms.Sender;
import org.intelmq.message.Event;
import org.intelmq.message.Fields;
import org.intelmq.message.Message;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A report that says it is larger than memory goes from collector to parser as a stream, and is parsed in pieces. */
class LargeReportTest {

    private static final int LINES = 150_000;
    private static final byte[] DATA = IntStream.range(0, LINES).mapToObj(i -> "line number " + i + "\n").reduce(new StringBuilder("# about\n"),
            StringBuilder::append, StringBuilder::append).toString().getBytes(UTF_8);

    @TempDir
    Path root;

    private final List<String> comments = new ArrayList<>();
    private final List<String> ids = new ArrayList<>();
    private final List<String> told = new ArrayList<>();
    private EngineHarness harness;

    @BeforeEach
    void makeHarness() {
        harness = new EngineHarness(root, Catalogue.of(List.of(
                BotType.collector("test.large", "Large", "Sends a large report.", NoParams.class, (params, context) -> (tick, out) -> {
                    try {
                        out.send(context.newReport(), new Large());
                    } catch (ReportTooLargeException e) {
                        told.add(e.getMessage());
                    }
                }),
                BotType.parser("test.lines", "Lines", "An event a line.", NoParams.class,
                        (params, context) -> new RowParser<>(context, Lines.withHeader("#"), LargeReportTest::map)),
                BotType.parser("test.whole", "Whole", "An event a line, of a whole report.", NoParams.class,
                        (params, context) -> new RowParser<>(context, (text, rows) -> Lines.all().split(text, rows), LargeReportTest::map)),
                BotType.output("test.collect", "Collect", "Keeps comments.", NoParams.class, (params, context) -> output()))));
    }

    private static void map(Row<String> row) {
        Event event = row.newEvent();
        event.add(Fields.COMMENT, row.content());
        event.add(Fields.RAW, row.text());
    }

    private Bot<Message> output() {
        return (message, out) -> {
            comments.add(message.text(Fields.COMMENT));
            ids.add(message.id());
        };
    }

    private static final class Large implements ReportData {

        @Override
        public long size() {
            return ReportSize.MOST + 1;
        }

        @Override
        public InputStream open() {
            return new ByteArrayInputStream(DATA);
        }
    }

    /** Ends in an error after so many bytes, as when the server is killed. */
    private record BrokenOff(Delivery delivery, int bytes) implements Delivery {

        @Override
        public InputStream data() {
            InputStream broken = new InputStream() {
                @Override
                public int read() throws IOException {
                    throw new IOException("broken off");
                }

                @Override
                public int read(byte[] bytes, int offset, int length) throws IOException {
                    return read();
                }
            };
            return new SequenceInputStream(new ByteArrayInputStream(DATA, 0, bytes), broken);
        }

        @Override
        public String queue() {
            return delivery.queue();
        }

        @Override
        public Parcel parcel() {
            return delivery.parcel();
        }

        @Override
        public int deliveryCount() {
            return delivery.deliveryCount();
        }

        @Override
        public String messageId() {
            return delivery.messageId();
        }

        @Override
        public void atEnd(Runnable action) {
            delivery.atEnd(action);
        }

        @Override
        public Sender sender() {
            return delivery.sender();
        }
    }

    private void configure(String parser) throws IOException {
        harness.configure("""
                in: {group: Collector, module: test.large, parameters: {destination_queues: {_default: [lines]}, rate_limit: 3600}}
                lines: {group: Parser, module: %s, parameters: {source_queue: lines, destination_queues: {_default: [out]}}}
                out: {group: Output, module: test.collect, parameters: {source_queue: out}}
                """.formatted(parser));
    }

    private static List<String> expected() {
        return IntStream.range(0, LINES).mapToObj(i -> "line number " + i).toList();
    }

    @Test
    void isParsedInPieces() throws IOException {
        configure("test.lines");
        harness.start();
        harness.run();

        assertEquals(expected(), comments);
        assertEquals(LINES, ids.stream().distinct().count());
        assertEquals(0, harness.broker().length("lines"));
    }

    @Test
    void addsOnlyWhatIsMissingWhenItIsCutAnew() throws IOException {
        configure("test.lines");
        harness.start();
        harness.engine().stop("lines");
        harness.run();
        assertEquals(1, harness.broker().length("lines"));
        harness.engine().start("lines");

        assertThrows(RollbackException.class, () -> harness.broker().deliverAll(delivery ->
                harness.engine().deliver(new BrokenOff(delivery, DATA.length / 2))));
        long piecesBefore = harness.broker().length("lines") - 1;
        harness.run();

        assertEquals(1, piecesBefore);
        assertEquals(expected(), comments);
    }

    @Test
    void isRefusedBeforeItIsSentToABotThatNeedsItWhole() throws IOException {
        configure("test.whole");
        harness.start();
        harness.run();

        assertEquals(List.of("for bot 'lines', which reads reports whole: the data has " + (ReportSize.MOST + 1) + " bytes, more than the " + ReportSize.MOST
                + " that can be read whole: send it to a parser that reads line by line, split it (chunk_size), "
                + "or give the server more memory (INTELMQ_HEAP)"), told);
        assertEquals(0, harness.broker().length("lines"));
    }

    @Test
    void isReadWholeByABotThatNeedsThatOnceMemoryCanHoldIt() throws IOException {
        configure("test.lines");
        harness.start();
        harness.engine().stop("lines");
        harness.run();
        configure("test.whole");
        harness.engine().start("lines");
        harness.run();

        assertEquals(LINES + 1, comments.size());
    }

    @Test
    void isNotTakenOutOfItsQueueByHand() throws IOException {
        configure("test.lines");
        harness.start();
        harness.engine().stop("lines");
        harness.run();

        String problem = assertThrows(IllegalStateException.class, () -> new EngineControl(harness.engine()).pop("lines")).getMessage();
        assertEquals("the next message in queue 'lines' is a report that is too large for memory: only a running parser can process it", problem);
        assertEquals(1, harness.broker().length("lines"));
    }
}
