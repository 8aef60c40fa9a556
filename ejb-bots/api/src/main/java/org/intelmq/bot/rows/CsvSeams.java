package org.intelmq.bot.rows;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import org.intelmq.bot.Seams;
import org.intelmq.text.csv.Csv;
import org.intelmq.text.csv.CsvReader;

/**
 * Cuts between the records of a CSV text, which may contain line ends. Prefers places where a record neither ends nor begins with white space,
 * because a reader may strip a piece, and empty cells with it.
 */
public final class CsvSeams implements Seams {

    private final Csv.Dialect dialect;
    private final int headerRecords;
    private final String[] ignoredPrefixes;

    /**
     * @param headerRecords how many records at the beginning name the columns
     * @param ignoredPrefixes physical lines that begin with one of these are skipped
     */
    public CsvSeams(Csv.Dialect dialect, int headerRecords, String... ignoredPrefixes) {
        this.dialect = dialect;
        this.headerRecords = headerRecords;
        this.ignoredPrefixes = ignoredPrefixes;
    }

    @Override
    public int header(byte[] beginning, int length) {
        CsvReader reader = reader(beginning, length);
        int end = 0;
        try {
            for (int i = 0; i < headerRecords && reader.next() != null; i++) {
                end = reader.position();
            }
        } catch (Csv.CsvException e) {
            // the parser reports a header that cannot be read, once for each piece
            return end;
        }
        return end;
    }

    @Override
    public int last(byte[] rows, int length) {
        CsvReader reader = reader(rows, length);
        int end = 0;
        int endWithoutSpace = 0;
        while (isRowBehind(reader, length)) {
            end = reader.position();
            if (!isSpace(rows[end]) && !endsInSpace(rows, end)) {
                endWithoutSpace = end;
            }
        }
        return endWithoutSpace > 0 ? endWithoutSpace : end;
    }

    /** Skips one record, or one line that is not part of any. A record that ends where the bytes end may continue after them. */
    private static boolean isRowBehind(CsvReader reader, int length) {
        try {
            return reader.nextByLine() != null && reader.position() < length;
        } catch (Csv.CsvException e) {
            return !reader.endedInQuotes() && reader.position() < length;
        }
    }

    private static boolean endsInSpace(byte[] rows, int end) {
        int last = end;
        while (last > 0 && (rows[last - 1] == '\n' || rows[last - 1] == '\r')) {
            last--;
        }
        return last > 0 && isSpace(rows[last - 1]);
    }

    private static boolean isSpace(byte b) {
        return b == ' ' || b == '\t' || b == '\n' || b == '\r';
    }

    private CsvReader reader(byte[] bytes, int length) {
        return new CsvReader(new String(bytes, 0, length, ISO_8859_1), dialect, ignoredPrefixes);
    }
}
