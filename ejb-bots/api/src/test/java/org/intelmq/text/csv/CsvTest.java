package org.intelmq.text.csv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.intelmq.text.csv.Csv.Dialect;
import org.intelmq.text.csv.Csv.Quoting;
import org.junit.jupiter.api.Test;

/** What is special about Python's csv. */
class CsvTest {

    private static List<List<String>> read(String text, Dialect dialect, String... ignoredPrefixes) {
        CsvReader reader = new CsvReader(text, dialect, ignoredPrefixes);
        List<List<String>> records = new ArrayList<>();
        for (List<String> record = reader.next(); record != null; record = reader.next()) {
            records.add(record);
        }
        return records;
    }

    private static List<List<String>> read(String text) {
        return read(text, Dialect.EXCEL);
    }

    @Test
    void readsAllLineEndsAndEmptyLines() {
        assertEquals(List.of(List.of("a", "b"), List.of("c"), List.of(), List.of("d", "")), read("a,b\r\nc\r\rd,\n"));
    }

    @Test
    void readsQuotesWithinAndAcrossLines() {
        assertEquals(List.of(List.of("a,\"b\"", "c\nd", "e")), read("\"a,\"\"b\"\"\",\"c\nd\",e"));
    }

    @Test
    void takesTextBehindAQuoteAndQuotesWithinTextAsTheyStand() {
        assertEquals(List.of(List.of("ab\"", "c\"d")), read("\"a\"b\",c\"d"));
    }

    @Test
    void endsAnOpenQuoteWithTheText() {
        assertEquals(List.of(List.of("a,b\n")), read("\"a,b\n"));
    }

    @Test
    void refusesWhatIsIrregularIfStrict() {
        Dialect strict = new Dialect(',', '"', null, true, false, "\n", Quoting.MINIMAL, true);
        assertThrows(Csv.CsvException.class, () -> read("\"a\"b\n", strict));
        assertThrows(Csv.CsvException.class, () -> read("\"a", strict));
    }

    @Test
    void readsEscapes() {
        Dialect escaped = new Dialect(';', null, '\\', true, true, "\n", Quoting.NONE, false);
        assertEquals(List.of(List.of("a;b", "\"c\"", "d\n")), read("a\\;b; \"c\";d\\\n", escaped));
    }

    @Test
    void passesOverLinesWithAPrefixEvenWithinQuotes() {
        CsvReader reader = new CsvReader("# x\na,\"b\n# y\nc\"\n", Dialect.EXCEL, "#");
        assertEquals(List.of("a", "b\nc"), reader.next());
        assertEquals("a,\"b\n", reader.firstLine());
        assertEquals("c\"\n", reader.line());
    }

    @Test
    void refusesAFieldBeyondThelimit() {
        assertThrows(Csv.CsvException.class, () -> read("x".repeat(Csv.FIELD_LIMIT + 1)));
        assertEquals(1, read("x".repeat(Csv.FIELD_LIMIT)).size());
        assertThrows(Csv.CsvException.class, () -> read('"' + "x\n".repeat(Csv.FIELD_LIMIT)));
    }

    @Test
    void writesQuotesOnlyWhereNeeded() {
        assertEquals("a,\"b,c\",\"d\"\"e\",,\"f\n\"\r\n", CsvWriter.write(Arrays.asList("a", "b,c", "d\"e", null, "f\n"), Dialect.EXCEL));
        assertEquals("\"\"\r\n", CsvWriter.write(List.of(""), Dialect.EXCEL));
        assertEquals("\"a\",\"\"\n", CsvWriter.write(List.of("a", ""), Dialect.UNIX));
        assertEquals("1,\"1\"\n", CsvWriter.write(List.of(1L, "1"), Dialect.UNIX.withQuoting(Quoting.NON_NUMERIC)));
    }

    @Test
    void knowsTheLineEndOfAText() {
        assertEquals("\n", Csv.lineEnd("a\nb\n"));
        assertEquals("\r", Csv.lineEnd("a\rb"));
        assertEquals("\r\n", Csv.lineEnd("a\r\nb"));
        assertEquals("\r\n", Csv.lineEnd("a\nb\r"));
        assertEquals("\r\n", Csv.lineEnd("a"));
    }
}
