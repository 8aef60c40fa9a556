package org.intelmq.text.csv;

import java.util.List;
import org.intelmq.text.csv.Csv.CsvException;
import org.intelmq.text.csv.Csv.Dialect;
import org.intelmq.text.csv.Csv.Quoting;
import org.intelmq.text.python.PythonText;

/** Writes CSV as Python's {@code csv} module does, in one dialect. Thread-safe. */
public final class CsvWriter {

    private static final int UNSET = -1;

    private final Dialect dialect;
    private final int quote;
    private final int escape;
    private final boolean[] special = new boolean[128];

    public CsvWriter(Dialect dialect) {
        this.dialect = dialect;
        this.quote = dialect.quote() == null ? UNSET : dialect.quote();
        this.escape = dialect.escape() == null ? UNSET : dialect.escape();
        for (char c = 0; c < special.length; c++) {
            special[c] = needsCare(c);
        }
    }

    private boolean needsCare(char c) {
        return c == dialect.delimiter() || c == quote || c == escape || dialect.lineEnd().indexOf(c) >= 0;
    }

    private boolean isSpecial(char c) {
        return c < special.length ? special[c] : needsCare(c);
    }

    /** One record with its line end; {@code null} is written as an empty field. */
    public static String write(List<?> record, Dialect dialect) {
        StringBuilder out = new StringBuilder(128);
        new CsvWriter(dialect).write(record, out);
        return out.toString();
    }

    /** The text between records. */
    public String lineEnd() {
        return dialect.lineEnd();
    }

    /** Appends one record with its line end; {@code null} is written as an empty field. */
    public void write(List<?> record, StringBuilder out) {
        int start = out.length();
        for (int i = 0; i < record.size(); i++) {
            if (i > 0) {
                out.append(dialect.delimiter());
            }
            Object value = record.get(i);
            String text = value instanceof String string ? string : value == null ? "" : PythonText.str(value);
            writeField(text, out, dialect.quoting() == Quoting.ALL
                    || dialect.quoting() == Quoting.NON_NUMERIC && !(value instanceof Number || value instanceof Boolean));
        }
        if (out.length() == start && !record.isEmpty()) {
            if (dialect.quoting() == Quoting.NONE) {
                throw new CsvException("single empty field record must be quoted");
            }
            writeField("", out, true);
        }
        out.append(dialect.lineEnd());
    }

    private void writeField(String value, StringBuilder out, boolean quoted) {
        int plain = 0;
        while (plain < value.length() && !isSpecial(value.charAt(plain))) {
            plain++;
        }
        if (!quoted && plain == value.length()) {
            out.append(value);
            return;
        }
        int start = out.length();
        boolean quotes = quoted;
        out.append(value, 0, plain);
        for (int i = plain; i < value.length(); i++) {
            char c = value.charAt(i);
            if (isSpecial(c)) {
                boolean isEscaped = dialect.quoting() == Quoting.NONE || c == quote && !dialect.doubleQuote() || c == escape && c != quote;
                quotes |= !isEscaped;
                appendBefore(c, isEscaped, out);
            }
            out.append(c);
        }
        if (quotes) {
            out.insert(start, (char) quote).append((char) quote);
        }
    }

    private void appendBefore(char c, boolean isEscaped, StringBuilder out) {
        if (isEscaped) {
            if (escape == UNSET) {
                throw new CsvException("need to escape, but no escapechar set");
            }
            out.append((char) escape);
        } else if (c == quote) {
            out.append(c);
        }
    }
}
