package org.intelmq.bot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.intelmq.bot.rows.CsvDictRows;
import org.intelmq.bot.rows.CsvRecord;
import org.intelmq.bot.rows.CsvRows;
import org.intelmq.bot.rows.JsonLines;
import org.intelmq.bot.rows.JsonRows;
import org.intelmq.bot.rows.Lines;
import org.intelmq.bot.testing.RecordingOutbox;
import org.intelmq.bot.testing.TestContext;
import org.intelmq.message.Fields;
import org.intelmq.message.Message;
import org.intelmq.message.Report;
import org.intelmq.text.Base64Text;
import org.intelmq.text.Csv;
import org.junit.jupiter.api.Test;

class RowParserTest {

    private final TestContext context = new TestContext();
    private final RecordingOutbox outbox = new RecordingOutbox();

    private void parse(RowParser<?> parser, String text) throws Exception {
        Report report = context.newReport();
        report.add(Fields.RAW, text);
        parser.process(report, outbox);
    }

    private static <R> RowMapper<R> refusing(String word) {
        return row -> {
            if (row.text().contains(word)) {
                throw new IllegalArgumentException("bad");
            }
            row.newEvent().add(Fields.RAW, row.text());
        };
    }

    private static String raw(Message message) {
        return Base64Text.decode(message.text(Fields.RAW));
    }

    private List<String> sent() {
        return outbox.sent().stream().map(RowParserTest::raw).toList();
    }

    private List<String> rejected() {
        return outbox.rejected().stream().map(rejection -> raw(rejection.part())).toList();
    }

    @Test
    void setsAsideALineWithAllHeaderLines() throws Exception {
        parse(new RowParser<>(context, Lines.withHeader("#"), refusing("bad")), "# one\n a \nbad\n# two\nb\n");
        assertEquals(List.of("# one\na", "# one\n# two\nb"), sent());
        assertEquals(List.of("# one\n# two\nbad"), rejected());
    }

    @Test
    void endsAtABadRowAndSetsTheReportAside() throws Exception {
        parse(RowParser.endingAtBadRow(context, Lines.all(), refusing("bad")), "a\nbad\nb\n");
        assertEquals(List.of("a"), sent());
        assertEquals(List.of("a\nbad\nb\n"), rejected());
    }

    @Test
    void setsARecordAsideAsItStandsInTheText() throws Exception {
        parse(new RowParser<>(context, new CsvRows(Csv.Dialect.EXCEL.withDelimiter(';'), "#"), refusing("bad")),
                "a;b\n# note\nc;'d';\"bad\r\nrow\"\r\n# note\ne;f");
        assertEquals(List.of("c;'d';\"bad\r\nrow\"\r\n"), rejected());
    }

    @Test
    void refusesAReportWithoutAnyGoodRow() {
        assertThrows(IllegalArgumentException.class,
                () -> parse(RowParser.endingAtBadRow(context, Lines.all(), refusing("bad")), "bad\nb\n"));
        assertEquals(List.of(), outbox.rejected());
    }

    @Test
    void keepsTheEventsBeforeTextThatCannotBeSplit() throws Exception {
        parse(new RowParser<>(context, new JsonLines(), refusing("bad")), "{\"a\": 1}\n{\"a\"\n");
        assertEquals(List.of("{\"a\": 1}"), sent());
        assertEquals(List.of("{\"a\": 1}\n{\"a\"\n"), rejected());
    }

    @Test
    void refusesARowThatMultipliesItsText() throws Exception {
        parse(new RowParser<>(context, Lines.all(), row -> {
            for (int i = 0; i < 5000; i++) {
                row.newEvent().add(Fields.RAW, row.text());
            }
        }), "few\n" + "x".repeat(100_000) + "\n");
        assertEquals(5000, outbox.sent().size());
        assertEquals(1, outbox.rejected().size());
    }

    @Test
    void writesCsvRowsWithTheirLineEnd() throws Exception {
        parse(new RowParser<>(context, new CsvRows(Csv.Dialect.EXCEL), refusing("bad")), "a,\"b\"\nc,\"d,e\"\n");
        assertEquals(List.of("a,b\n", "c,\"d,e\"\n"), sent());
    }

    @Test
    void writesCsvRowsBelowTheirColumnNames() throws Exception {
        parse(new RowParser<>(context, new CsvDictRows(Csv.Dialect.EXCEL, CsvRecord::rewritten, CsvRecord::original, "#"), refusing("bad")),
                "# x\r\nname,\"value\"\r\na,\"b\"\r\n\"bad\",\"c\"\r\nd,e,f\r\n");
        assertEquals(List.of("name,value\r\na,b"), sent());
        assertEquals(List.of("name,value\r\n\"bad\",\"c\"", "name,value\r\nd,e,f"), rejected());
    }

    @Test
    void writesJsonRowsAsAListOfOne() throws Exception {
        parse(new RowParser<>(context, new JsonRows(), refusing("bad")), "[{\"a\": \"\u00e4\"}, {}, {\"b\": [1.0, null]}]");
        assertEquals(List.of("[{\"a\": \"\\u00e4\"}]", "[{\"b\": [1.0, null]}]"), sent());
    }
}
