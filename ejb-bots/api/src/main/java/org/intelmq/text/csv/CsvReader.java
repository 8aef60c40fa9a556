package org.intelmq.text.csv;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.Supplier;
import org.intelmq.text.csv.Csv.CsvException;
import org.intelmq.text.csv.Csv.Dialect;
import org.intelmq.text.csv.Csv.Quoting;

/**
 * Reads CSV exactly as Python's {@code csv} module does: lenient about quotes, with records that may span several lines. One pass over a text,
 * for one thread. Hand-written because CSV libraries (FastCSV among them) have no escape character, no skipping of initial blanks, no lenient
 * text after a closing quote, and no way to see the physical line of a record.
 */
public final class CsvReader {

    private static final int UNSET = -1;
    private static final int START_RECORD = 0;
    private static final int START_FIELD = 1;
    private static final int IN_FIELD = 2;
    private static final int IN_QUOTED = 3;
    private static final int QUOTE_IN_QUOTED = 4;
    private static final int ESCAPED = 5;
    private static final int ESCAPED_IN_QUOTED = 6;
    private static final int AFTER_ESCAPED_LINE_END = 7;
    private static final int RECORD_END = 8;

    private final String text;
    private final Dialect dialect;
    private final CsvLines lines;
    private final char delimiter;
    private final int quote;
    private final int escape;
    private final boolean numbers;
    private final StringBuilder field = new StringBuilder();
    private final BitSet numeric = new BitSet();
    private int recordStart;
    private int firstLineEnd;
    private int firstLineNumber;
    private boolean blankBeforeQuote;
    private boolean textBehindQuote;
    private boolean endedInQuotes;
    /** Of the current line. */
    private int contentEnd;
    private int lineEnd;
    private String[] fields = new String[16];
    private int count;
    private int state;
    private boolean fieldIsNumber;

    /** @param ignoredPrefixes physical lines that begin with one of these are skipped, even within quotes */
    public CsvReader(String text, Dialect dialect, String... ignoredPrefixes) {
        this.text = text;
        this.dialect = dialect;
        this.lines = new CsvLines(text, ignoredPrefixes);
        this.delimiter = dialect.delimiter();
        this.quote = dialect.quote() == null || dialect.quoting() == Quoting.NONE ? UNSET : dialect.quote();
        this.escape = dialect.escape() == null ? UNSET : dialect.escape();
        this.numbers = dialect.quoting() == Quoting.NON_NUMERIC;
    }

    /**
     * As {@link #next}, but a part that cannot be read costs only its line: a quote that is never closed, or is closed in the middle of a cell
     * some lines below, and a quoted cell after a blank.
     *
     * @throws CsvException for such a line; reading continues after it
     */
    public List<String> nextByLine() {
        CsvException problem = null;
        List<String> record = null;
        try {
            record = next();
            if (blankBeforeQuote) {
                problem = problem("a blank before a quoted cell, which is only accepted if 'skip_initial_space' is true");
            }
        } catch (CsvException e) {
            problem = e;
        }
        boolean unclosed = endedInQuotes || textBehindQuote;
        if (lineEnd > firstLineEnd && (unclosed || problem != null)) {
            lines.goBack(recordStart, firstLineEnd, firstLineNumber);
            lineEnd = firstLineEnd;
            problem = unclosed ? problem("a quote is not closed") : problem;
        }
        if (problem != null) {
            throw problem;
        }
        return record;
    }

    /** Whether the text ended before the quotes of the last record did. */
    public boolean endedInQuotes() {
        return endedInQuotes;
    }

    /** The next record, empty for an empty line; {@code null} at the end. */
    public List<String> next() {
        blankBeforeQuote = false;
        endedInQuotes = false;
        textBehindQuote = false;
        count = 0;
        numeric.clear();
        field.setLength(0);
        fieldIsNumber = false;
        state = START_RECORD;
        boolean first = true;
        do {
            if (!nextLine()) {
                endedInQuotes = state == IN_QUOTED || state == ESCAPED_IN_QUOTED;
                if (field.isEmpty() && state != IN_QUOTED) {
                    return null;
                }
                if (dialect.strict()) {
                    throw problem("unexpected end of data");
                }
                saveField();
                break;
            }
            if (first) {
                recordStart = lines.start();
                firstLineEnd = lineEnd;
                firstLineNumber = lines.number();
                first = false;
            }
            readLine();
            endLine();
        } while (state != START_RECORD);
        return Arrays.asList(Arrays.copyOf(fields, count));
    }

    /** Skips one line and returns it without its end. Throws if there is none. */
    public String skipLine() {
        if (!nextLine()) {
            throw new CsvException("no line " + (lines.number() + 1));
        }
        return text.substring(lines.start(), contentEnd);
    }

    /** Whether NON_NUMERIC takes the field of the last record as a number. */
    public boolean isNumber(int index) {
        return numeric.get(index);
    }

    /** The number of characters read so far. */
    public int position() {
        return lines.end();
    }

    /** The last physical line read, with its end. */
    public String line() {
        return lines.line();
    }

    /** The last record as it is in the text, with its end. */
    public Supplier<String> verbatim() {
        int start = recordStart;
        int end = lineEnd;
        return () -> text.substring(start, end);
    }

    /** The first physical line that was not ignored, with its end. */
    public String firstLine() {
        return lines.first();
    }

    private boolean nextLine() {
        if (!lines.next()) {
            return false;
        }
        contentEnd = lines.contentEnd();
        lineEnd = lines.end();
        return true;
    }

    private void readLine() {
        int at = lines.start();
        while (at < contentEnd) {
            char c = text.charAt(at);
            switch (state) {
                case START_RECORD, START_FIELD -> at = startField(c, at);
                case IN_FIELD, AFTER_ESCAPED_LINE_END -> at = inField(c, at);
                case IN_QUOTED -> at = inQuoted(c, at);
                case ESCAPED -> {
                    append(at, ++at);
                    state = IN_FIELD;
                }
                case ESCAPED_IN_QUOTED -> {
                    append(at, ++at);
                    state = IN_QUOTED;
                }
                default -> at = quoteInQuoted(c, at);
            }
        }
    }

    private int startField(char c, int at) {
        if (c == quote) {
            state = IN_QUOTED;
            return at + 1;
        }
        if (c == escape) {
            state = ESCAPED;
            return at + 1;
        }
        state = START_FIELD;
        if (c == ' ' && dialect.skipInitialSpace()) {
            return at + 1;
        }
        if (c == delimiter) {
            save("");
            return at + 1;
        }
        if (c == ' ' && count > 0 && quote != UNSET) {
            blankBeforeQuote |= isQuoteBehindBlanks(at);
        }
        fieldIsNumber = numbers;
        int end = plainEnd(at + 1);
        if (end < contentEnd && text.charAt(end) != delimiter) {
            append(at, end);
            state = IN_FIELD;
            return end;
        }
        if (end - at > Csv.FIELD_LIMIT) {
            append(at, end);
        }
        save(text.substring(at, end));
        state = end < contentEnd ? START_FIELD : RECORD_END;
        return end + 1;
    }

    private boolean isQuoteBehindBlanks(int from) {
        int at = from;
        while (at < contentEnd && text.charAt(at) == ' ') {
            at++;
        }
        return at < contentEnd && text.charAt(at) == quote;
    }

    private int plainEnd(int from) {
        int end = from;
        while (end < contentEnd) {
            char c = text.charAt(end);
            if (c == delimiter || c == escape) {
                break;
            }
            end++;
        }
        return end;
    }

    private int inField(char c, int at) {
        if (c == escape) {
            state = ESCAPED;
            return at + 1;
        }
        if (c == delimiter) {
            saveField();
            state = START_FIELD;
            return at + 1;
        }
        int end = plainEnd(at + 1);
        append(at, end);
        return end;
    }

    private int inQuoted(char c, int at) {
        if (c == escape) {
            state = ESCAPED_IN_QUOTED;
            return at + 1;
        }
        if (c == quote) {
            state = dialect.doubleQuote() ? QUOTE_IN_QUOTED : IN_FIELD;
            return at + 1;
        }
        int end = at + 1;
        while (end < contentEnd && text.charAt(end) != quote && text.charAt(end) != escape) {
            end++;
        }
        append(at, end);
        return end;
    }

    private int quoteInQuoted(char c, int at) {
        if (c == quote) {
            append(at, at + 1);
            state = IN_QUOTED;
        } else if (c == delimiter) {
            saveField();
            state = START_FIELD;
        } else if (dialect.strict()) {
            throw problem("'" + delimiter + "' expected after '" + dialect.quote() + "'");
        } else {
            textBehindQuote = true;
            append(at, at + 1);
            state = IN_FIELD;
        }
        return at + 1;
    }

    private void endLine() {
        switch (state) {
            case START_FIELD -> save("");
            case IN_FIELD, QUOTE_IN_QUOTED -> saveField();
            case IN_QUOTED -> {
                append(contentEnd, lineEnd);
                return;
            }
            case ESCAPED_IN_QUOTED -> {
                appendLineEnd(lineEnd);
                state = IN_QUOTED;
                return;
            }
            case ESCAPED -> {
                appendLineEnd(contentEnd + 1);
                state = contentEnd == lineEnd ? IN_FIELD : AFTER_ESCAPED_LINE_END;
                if (lineEnd - contentEnd < 2) {
                    return;
                }
                saveField();
            }
            case AFTER_ESCAPED_LINE_END -> {
                if (contentEnd == lineEnd) {
                    return;
                }
                saveField();
            }
            default -> { }
        }
        state = START_RECORD;
    }

    private void appendLineEnd(int end) {
        if (contentEnd == lineEnd) {
            field.append('\n');
        } else {
            append(contentEnd, end);
        }
    }

    private void append(int start, int end) {
        field.append(text, start, end);
        if (field.length() > Csv.FIELD_LIMIT && field.codePointCount(0, field.length()) > Csv.FIELD_LIMIT) {
            throw problem("field larger than field limit (" + Csv.FIELD_LIMIT + ")");
        }
    }

    private void saveField() {
        save(field.toString());
    }

    private void save(String value) {
        field.setLength(0);
        if (fieldIsNumber) {
            fieldIsNumber = false;
            numeric.set(count);
            try {
                Double.parseDouble(value);
            } catch (NumberFormatException e) {
                throw problem("could not convert string to float: '" + value + "'");
            }
        }
        if (count == fields.length) {
            fields = Arrays.copyOf(fields, count * 2);
        }
        fields[count++] = value;
    }

    private CsvException problem(String message) {
        return new CsvException("line " + lines.number() + ": " + message);
    }
}
