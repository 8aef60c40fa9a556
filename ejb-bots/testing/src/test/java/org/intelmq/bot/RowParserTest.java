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
import org.intelmq.message.Fields;
import org.intelmq.message.Message;
import org.intelmq.message.Report;
import org.intelmq.testing.RecordingOutbox;
import org.intelmq.testing.TestContext;
import org.intelmq.text.csv.Csv;
import org.intelmq.text.encoding.Base64Text;
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
    void setsABadRowAsideAlone() throws Exception {
        parse(RowParser.bare(context, Lines.all(), refusing("bad")), "a\nbad\nb\nbad too\nc\n");
        assertEquals(List.of("a", "b", "c"), sent());
        assertEquals(List.of("bad", "bad too"), rejected());
    }

    @Test
    void setsTheReportAsideOnceForRowsThatCannotBeReportsOfTheirOwn() throws Exception {
        Rows<String> rows = (text, found) -> text.lines().forEach(line -> found.accept(new Row<>(line, () -> line, Row.WHOLE_REPORT)));
        parse(RowParser.bare(context, rows, refusing("bad")), "a\nbad\nb\nbad too\n");
        assertEquals(List.of("a", "b"), sent());
        assertEquals(List.of("a\nbad\nb\nbad too\n"), rejected());
    }

    @Test
    void readsOnBehindALineThatIsNoJson() throws Exception {
        parse(new RowParser<>(context, new JsonLines(), refusing("bad")), "{\"a\": 1}\n{\"a\"\n{\"b\": 2}\n");
        assertEquals(List.of("{\"a\": 1}", "{\"b\": 2}"), sent());
        assertEquals(List.of("{\"a\""), rejected());
    }

    @Test
    void readsOnBehindAQuoteThatIsNotClosed() throws Exception {
        parse(new RowParser<>(context, new CsvRows(Csv.Dialect.EXCEL), refusing("bad")), "a,b\nc,\"d\ne,\"f\"\ng,h\n");
        assertEquals(List.of("a,b\n", "e,f\n", "g,h\n"), sent());
        assertEquals(List.of("c,\"d\n"), rejected());
    }

    @Test
    void readsOnBehindAQuoteThatOnlyTheEndOfTheTextCloses() throws Exception {
        parse(new RowParser<>(context, new CsvDictRows(Csv.Dialect.EXCEL, CsvRecord::rewritten, CsvRecord::original), refusing("bad")),
                "n,v\n\"c,d\ne,f\n");
        assertEquals(List.of("n,v\ne,f"), sent());
        assertEquals(List.of("n,v\n\"c,d\n"), rejected());
    }

    @Test
    void refusesAQuotedCellBehindABlankInsteadOfCuttingIt() throws Exception {
        parse(new RowParser<>(context, new CsvRows(Csv.Dialect.EXCEL), refusing("bad")), "\"a\", \"x, y\"\n\"b\",\"x, y\"\n");
        assertEquals(List.of("b,\"x, y\"\n"), sent());
        assertEquals(List.of("\"a\", \"x, y\"\n"), rejected());
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
                () -> parse(RowParser.bare(context, Lines.all(), refusing("bad")), "bad\nbad too\n"));
        assertEquals(List.of(), outbox.rejected());
    }

    @Test
    void keepsTheEventsBeforeTextThatCannotBeSplit() throws Exception {
        Rows<String> rows = (text, found) -> {
            found.accept(new Row<>("a", () -> "a"));
            throw new IllegalArgumentException("no row behind a");
        };
        parse(new RowParser<>(context, rows, refusing("bad")), "a and more");
        assertEquals(List.of("a"), sent());
        assertEquals(List.of("a and more"), rejected());
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
    void saysHowManyColumnsAShortCsvRowHas() throws Exception {
        parse(new RowParser<>(context, new CsvRows(Csv.Dialect.EXCEL), row -> row.newEvent().add(Fields.MALWARE_NAME, row.content().get(2))), "a,b,c\nd,e\n");
        assertEquals(1, outbox.sent().size());
        assertEquals(List.of("d,e"), rejected());
        assertEquals("the row has 2 columns, expected at least 3", outbox.rejected().get(0).reason().getMessage());
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
