package org.intelmq.bot.rows;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.intelmq.bot.Row;
import org.intelmq.bot.Rows;
import org.intelmq.bot.Seams;
import org.intelmq.text.Whitespace;
import org.intelmq.text.csv.Csv;
import org.intelmq.text.csv.CsvReader;
import org.intelmq.text.csv.CsvWriter;

/**
 * The records of a CSV text without column names, as lists of cells. Asking for a cell beyond the last throws, and says how many there are.
 * Rows are written with the line end of the text; failed ones are set aside unchanged.
 */
public final class CsvRows implements Rows<List<String>> {

    private final Csv.Dialect dialect;
    private final String[] ignoredPrefixes;

    /** @param ignoredPrefixes physical lines that begin with one of these are skipped */
    public CsvRows(Csv.Dialect dialect, String... ignoredPrefixes) {
        this.dialect = dialect;
        this.ignoredPrefixes = ignoredPrefixes;
    }

    @Override
    public void split(String text, Consumer<Row<List<String>>> rows) {
        String body = body(text);
        split(new CsvReader(body, dialect, ignoredPrefixes), List.of(), new CsvWriter(dialect.withLineEnd(Csv.lineEnd(body))), rows);
    }

    @Override
    public Optional<Seams> seams() {
        return Optional.of(new CsvSeams(dialect, 0, ignoredPrefixes));
    }

    /** What IntelMQ's CSV parsers read: the text without whitespace around it and without NUL characters. */
    static String body(String text) {
        return Whitespace.strip(text).replace("\0", "");
    }

    /**
     * The remaining records of a reader, without empty ones.
     *
     * @param headers lines before the record in the text of each row
     */
    public static void split(CsvReader reader, List<String> headers, CsvWriter writer, Consumer<Row<List<String>>> rows) {
        String header = headers.isEmpty() ? "" : String.join(writer.lineEnd(), headers) + writer.lineEnd();
        StringBuilder alone = new StringBuilder(header);
        for (List<String> record = next(reader, header, rows); record != null; record = next(reader, header, rows)) {
            if (record.isEmpty()) {
                continue;
            }
            List<String> cells = record;
            Supplier<String> verbatim = reader.verbatim();
            rows.accept(new Row<>(new CsvCells(cells), () -> alone(alone, header.length(), cells, writer), () -> header + verbatim.get()));
        }
    }

    /**
     * The next record that can be read; {@code null} at the end. Unreadable ones before it become broken rows.
     *
     * @param header for the report of a broken row
     */
    static <R> List<String> next(CsvReader reader, String header, Consumer<Row<R>> rows) {
        while (true) {
            try {
                return reader.nextByLine();
            } catch (Csv.CsvException e) {
                Supplier<String> verbatim = reader.verbatim();
                rows.accept(Row.broken(e, () -> header + verbatim.get()));
            }
        }
    }

    /** @param text begins with the header and is used for one row after the other */
    private static String alone(StringBuilder text, int header, List<?> cells, CsvWriter writer) {
        text.setLength(header);
        writer.write(cells, text);
        return text.toString();
    }
}
