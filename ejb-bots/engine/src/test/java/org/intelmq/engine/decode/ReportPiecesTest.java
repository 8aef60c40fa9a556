package org.intelmq.engine.decode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;
import org.intelmq.bot.Bot;
import org.intelmq.bot.BotType;
import org.intelmq.bot.Divisible;
import org.intelmq.bot.RowParser;
import org.intelmq.bot.Rows;
import org.intelmq.bot.Seams;
import org.intelmq.bot.rows.CsvDictRows;
import org.intelmq.bot.rows.CsvRecord;
import org.intelmq.bot.rows.CsvRows;
import org.intelmq.bot.rows.LineSeams;
import org.intelmq.bot.rows.Lines;
import org.intelmq.bots.parsers.generic.GenericCsvParser;
import org.intelmq.bots.parsers.json.JsonParser;
import org.intelmq.message.Event;
import org.intelmq.message.Fields;
import org.intelmq.message.MessageJson;
import org.intelmq.message.Report;
import org.intelmq.testing.Parameters;
import org.intelmq.testing.RecordingOutbox;
import org.intelmq.testing.TestContext;
import org.intelmq.text.csv.Csv;
import org.intelmq.text.encoding.Base64Text;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class ReportPiecesTest {

    private static final int BYTES = 400;
    private static final long SEED = 20261126;
    private static final int REPORTS = 60;

    /** What is made of the pieces, one after the other, is what is made of the whole. */
    @TestFactory
    Stream<DynamicTest> piecesMeanWhatTheWholeMeans() throws Exception {
        return Stream.of(
                inPieces("lines", parser(Lines.withHeader("#")), random -> "# about\n# more\n" + lines(random, "\n")),
                inPieces("CSV", parser(new CsvRows(Csv.Dialect.EXCEL, "#")), random -> records(random, ',', "\r\n")),
                inPieces("CSV with column names", parser(new CsvDictRows(Csv.Dialect.UNIX, CsvRecord::original, CsvRecord::verbatim)),
                        random -> "\"ip\nor none\",\"text\",c\n" + records(random, ',', "\n")),
                inPieces("tabs", parser(new CsvRows(Csv.Dialect.EXCEL.withDelimiter('\t'))), random -> records(random, '\t', "\n")),
                inPieces("generic CSV", bot(GenericCsvParser.TYPE, "columns", "comment,extra.a,extra.b", "skip_header", "2", "type", "spam"),
                        random -> "# comment, with \"a quote\nfirst header\n\n  # and another\nsecond \" header\n" + records(random, ',', "\n")),
                inPieces("JSON lines", bot(JsonParser.TYPE, "splitlines", true),
                        random -> Stream.generate(() -> "{\"comment\": \"" + "x".repeat(1 + random.nextInt(60)) + "\", \"__type\": \"Event\"}\n").limit(40)
                                .reduce("", String::concat)));
    }

    private static DynamicTest inPieces(String name, Bot<Report> parser, Function<Random, String> reports) {
        return DynamicTest.dynamicTest(name, () -> {
            Random random = new Random(SEED);
            int cut = 0;
            for (int i = 0; i < REPORTS; i++) {
                String report = reports.apply(random);
                List<String> pieces = pieces(report, ((Divisible) parser).seams().orElseThrow(), BYTES);
                assertSame(resultsOf(parser, List.of(report)), resultsOf(parser, pieces));
                cut += pieces.size();
            }
            assertTrue(2 * cut > 3 * REPORTS, cut + " pieces of " + REPORTS + " reports");
        });
    }

    @Test
    void aRowThatIsLongerThanAPieceStaysWhole() throws IOException {
        String row = "x".repeat(10 * BYTES);
        assertEquals(List.of("a\n", row + "\nb\n"), pieces("a\n" + row + "\nb\n", LineSeams.WITHOUT_HEADER, BYTES));
    }

    @Test
    void aRowWithoutEndIsCutThroughAndNothingOfItLost() throws IOException {
        String row = "x".repeat(50 * BYTES);
        List<String> pieces = pieces(row, LineSeams.WITHOUT_HEADER, BYTES);
        assertTrue(pieces.size() > 1);
        assertEquals(row, String.join("", pieces));
    }

    @Test
    void aMarkIsNoPartOfTheFirstRowOrOfTheHeaderAndSaysOfEachPieceThatItIsUtf8() throws IOException {
        String text = "# note\n" + "\u00e4bc\n".repeat(50);
        List<String> wanted = new ArrayList<>();
        pieces(text, Lines.withHeader("#").seams().orElseThrow(), BYTES).forEach(piece -> wanted.add("\ufeff" + piece));
        for (Charset charset : List.of(UTF_8, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE, Charset.forName("UTF-32LE"))) {
            assertEquals(wanted, pieces(("\ufeff" + text).getBytes(charset), Lines.withHeader("#").seams().orElseThrow(), UTF_8, BYTES), charset.name());
        }
    }

    @Test
    void textInTwoBytesIsCutBetweenItsLines() throws IOException {
        String text = "\u0a0a\u0a0b\n".repeat(40);
        List<String> pieces = pieces(text.getBytes(StandardCharsets.UTF_16LE), LineSeams.WITHOUT_HEADER, StandardCharsets.UTF_16LE, BYTES);
        assertEquals(text, String.join("", pieces).replace("\ufeff", ""));
        assertTrue(pieces.stream().allMatch(piece -> piece.startsWith("\ufeff") && piece.endsWith("\n")));
    }

    @Test
    void bytesOfOtherEncodingsStayAsTheyAre() throws IOException {
        ReportPieces pieces = new ReportPieces(new ByteArrayInputStream(new byte[] {'a', (byte) 0xfc, '\n'}), LineSeams.WITHOUT_HEADER,
                StandardCharsets.ISO_8859_1, BYTES);
        assertArrayEquals(new byte[] {'a', (byte) 0xfc, '\n'}, pieces.next());
    }

    @Test
    void anEmptyReportHasNoPieces() throws IOException {
        assertEquals(List.of(), pieces("", LineSeams.WITHOUT_HEADER, BYTES));
    }

    private static List<String> pieces(String report, Seams seams, int bytes) throws IOException {
        return pieces(report.getBytes(UTF_8), seams, UTF_8, bytes);
    }

    private static List<String> pieces(byte[] report, Seams seams, Charset encoding, int bytes) throws IOException {
        ReportPieces pieces = new ReportPieces(new ByteArrayInputStream(report), seams, encoding, bytes);
        List<String> found = new ArrayList<>();
        for (byte[] piece = pieces.next(); piece != null; piece = pieces.next()) {
            found.add(new String(piece, UTF_8));
        }
        return found;
    }

    private static String lines(Random random, String end) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 60; i++) {
            text.append(word(random, ' ')).append(end);
        }
        return text.toString();
    }

    /** With quotes, line ends within, empty cells and white space at all places. */
    private static String records(Random random, char delimiter, String end) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 60; i++) {
            for (int cell = 0; cell < 3; cell++) {
                String word = word(random, delimiter);
                text.append(cell == 0 ? "r" : String.valueOf(delimiter));
                text.append(random.nextInt(3) == 0 && cell > 0 ? '"' + word.replace("\"", "\"\"") + end + "ü#,\t\"" : word);
            }
            text.append(end);
        }
        return text.toString();
    }

    private static String word(Random random, char unwanted) {
        String letters = "ab€\" x";
        StringBuilder word = new StringBuilder("w");
        for (int i = random.nextInt(12); i > 0; i--) {
            word.append(letters.charAt(random.nextInt(letters.length())));
        }
        return random.nextInt(8) == 0 ? "" : word.toString().replace(unwanted, '_');
    }

    private static Bot<Report> parser(Rows<?> rows) {
        return new RowParser<>(new TestContext(), rows, row -> {
            Event event = row.newEvent();
            event.add(Fields.COMMENT, row.content() instanceof CsvRecord record ? record.cells().toString() : String.valueOf(row.content()));
            // a last row that is alone in its piece does not show the line end of the others
            event.add(Fields.RAW, row.text().replace("\r\n", "\n"));
        });
    }

    @SuppressWarnings("unchecked")
    private static <P extends Record> Bot<Report> bot(BotType<P> type, Object... parameters) throws Exception {
        return (Bot<Report>) type.factory().create(Parameters.of(type.params(), parameters), new TestContext());
    }

    private static void assertSame(List<String> expected, List<String> results) {
        for (int i = 0; i < Math.min(expected.size(), results.size()); i++) {
            assertEquals(expected.get(i), results.get(i), "result " + i);
        }
        assertEquals(expected.size(), results.size(), "results");
    }

    private static List<String> resultsOf(Bot<Report> parser, List<String> reports) throws Exception {
        RecordingOutbox outbox = new RecordingOutbox();
        for (String text : reports) {
            Report report = new TestContext().newReport();
            report.add(Fields.RAW, text);
            parser.process(report, outbox);
        }
        return Stream.concat(outbox.sent().stream().map(MessageJson::serialize),
                outbox.rejected().stream().map(rejection -> Base64Text.decode(rejection.part().text(Fields.RAW)))).toList();
    }
}
