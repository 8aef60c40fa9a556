package org.intelmq.bot.rows;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.intelmq.text.Whitespace;
import org.intelmq.text.csv.CsvWriter;

/** One record of a CSV text with column names. If a name occurs twice, the last column counts. */
public final class CsvRecord {

    private final Header header;
    private final List<String> cells;
    private final String line;

    /**
     * @param firstLine as it is in the text
     * @param index each name's column
     * @param written the names as the header line with which rows are written
     */
    record Header(List<String> columns, Map<String, Integer> index, String firstLine, String written, CsvWriter writer) { }

    CsvRecord(Header header, List<String> cells, String line) {
        this.header = header;
        this.cells = cells;
        this.line = line;
    }

    /** In the order of the text, including repeated names. */
    public List<String> columns() {
        return header.columns();
    }

    public boolean has(String column) {
        return header.index().containsKey(column);
    }

    /** Returns {@code null} if the column is missing or the record ends before it. */
    public String get(String column) {
        Integer index = header.index().get(column);
        return index == null || index >= cells.size() ? null : cells.get(index);
    }

    /** As {@link #get}, but the column must exist. */
    public String require(String column) {
        Integer index = header.index().get(column);
        if (index == null) {
            throw new NoSuchElementException("no column '" + column + "', the columns are " + header.columns());
        }
        return index < cells.size() ? cells.get(index) : null;
    }

    /** The cells as they are, which may be fewer or more than the columns. */
    public List<String> cells() {
        return cells;
    }

    /** Column names and cells, rewritten. Throws if there are more cells than columns. */
    public String rewritten() {
        if (cells.size() > header.columns().size()) {
            throw new IllegalArgumentException("the row has " + cells.size() + " cells, expected at most " + header.columns().size());
        }
        List<String> written = new ArrayList<>(header.columns().size());
        for (String column : header.columns()) {
            written.add(get(column));
        }
        StringBuilder out = new StringBuilder(header.written());
        header.writer().write(written, out);
        return Whitespace.strip(out.toString());
    }

    /** Column names rewritten, and the record's last line as it is in the text. */
    public String original() {
        return Whitespace.strip(header.written() + line);
    }

    /** First line and the record's last line, both as they are in the text. */
    public String verbatim() {
        return Whitespace.strip(header.firstLine()) + '\n' + line;
    }
}
