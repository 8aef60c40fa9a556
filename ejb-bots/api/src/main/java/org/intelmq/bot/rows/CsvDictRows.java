package org.intelmq.bot.rows;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.intelmq.bot.Row;
import org.intelmq.bot.Rows;
import org.intelmq.bot.Seams;
import org.intelmq.text.csv.Csv;
import org.intelmq.text.csv.CsvReader;
import org.intelmq.text.csv.CsvWriter;

/** The records of a CSV text whose first line names the columns. */
public final class CsvDictRows implements Rows<CsvRecord> {

    private final Csv.Dialect dialect;
    private final Function<CsvRecord, String> text;
    private final Function<CsvRecord, String> setAside;
    private final String[] ignoredPrefixes;

    /**
     * @param text what an event keeps in {@code raw}
     * @param setAside what is kept of a failed row
     * @param ignoredPrefixes physical lines that begin with one of these are skipped
     */
    public CsvDictRows(Csv.Dialect dialect, Function<CsvRecord, String> text, Function<CsvRecord, String> setAside,
                       String... ignoredPrefixes) {
        this.dialect = dialect;
        this.text = text;
        this.setAside = setAside;
        this.ignoredPrefixes = ignoredPrefixes;
    }

    @Override
    public void split(String report, Consumer<Row<CsvRecord>> rows) {
        String body = CsvRows.body(report);
        CsvReader reader = new CsvReader(body, dialect, ignoredPrefixes);
        List<String> columns = reader.next();
        if (columns == null) {
            return;
        }
        CsvRecord.Header header = header(columns, reader.firstLine(), dialect.withLineEnd(Csv.lineEnd(body)));
        String above = reader.firstLine();
        for (List<String> next = CsvRows.next(reader, above, rows); next != null; next = CsvRows.next(reader, above, rows)) {
            List<String> cells = next;
            if (cells.isEmpty()) {
                continue;
            }
            CsvRecord record = new CsvRecord(header, cells, reader.line());
            rows.accept(new Row<>(record, () -> text.apply(record), () -> setAside.apply(record)));
        }
    }

    @Override
    public Optional<Seams> seams() {
        return Optional.of(new CsvSeams(dialect, 1, ignoredPrefixes));
    }

    private static CsvRecord.Header header(List<String> columns, String firstLine, Csv.Dialect writing) {
        Map<String, Integer> index = new HashMap<>();
        for (int i = 0; i < columns.size(); i++) {
            index.put(columns.get(i), i);
        }
        return new CsvRecord.Header(columns, index, firstLine, CsvWriter.write(columns, writing), new CsvWriter(writing));
    }
}
