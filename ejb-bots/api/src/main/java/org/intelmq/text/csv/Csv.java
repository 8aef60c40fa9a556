package org.intelmq.text.csv;

/** How CSV is written, and what can go wrong with it, as in Python's {@code csv} module. */
public final class Csv {

    /** Python's {@code csv.field_size_limit()}. */
    static final int FIELD_LIMIT = 131_072;

    private Csv() { }

    /** Which fields are written in quotes. NONE also reads quotes as text; NON_NUMERIC reads unquoted fields as numbers. */
    public enum Quoting { MINIMAL, ALL, NON_NUMERIC, NONE }

    /**
     * How a file is written; {@code null} for no quote or escape character.
     *
     * @param lineEnd used only for writing
     */
    public record Dialect(char delimiter, Character quote, Character escape, boolean doubleQuote, boolean skipInitialSpace,
                          String lineEnd, Quoting quoting, boolean strict) {

        public static final Dialect EXCEL = new Dialect(',', '"', null, true, false, "\r\n", Quoting.MINIMAL, false);
        public static final Dialect UNIX = new Dialect(',', '"', null, true, false, "\n", Quoting.ALL, false);

        public Dialect withDelimiter(char other) {
            return new Dialect(other, quote, escape, doubleQuote, skipInitialSpace, lineEnd, quoting, strict);
        }

        /** @param other {@code null} for none */
        public Dialect withEscape(Character other) {
            return new Dialect(delimiter, quote, other, doubleQuote, skipInitialSpace, lineEnd, quoting, strict);
        }

        public Dialect withSkipInitialSpace(boolean other) {
            return new Dialect(delimiter, quote, escape, doubleQuote, other, lineEnd, quoting, strict);
        }

        public Dialect withLineEnd(String other) {
            return new Dialect(delimiter, quote, escape, doubleQuote, skipInitialSpace, other, quoting, strict);
        }

        public Dialect withQuoting(Quoting other) {
            return new Dialect(delimiter, quote, escape, doubleQuote, skipInitialSpace, lineEnd, other, strict);
        }
    }

    /** Text that the dialect cannot read or write. */
    public static final class CsvException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        CsvException(String message) {
            super(message);
        }
    }

    /** The line end that the whole text uses; {@code "\r\n"} if it has none or several kinds. */
    public static String lineEnd(String text) {
        boolean lineFeed = false;
        boolean carriageReturn = false;
        boolean both = false;
        for (int i = text.indexOf('\n'); i >= 0; i = text.indexOf('\n', i + 1)) {
            boolean pair = i > 0 && text.charAt(i - 1) == '\r';
            both |= pair;
            lineFeed |= !pair;
            if (both && lineFeed) {
                return "\r\n";
            }
        }
        for (int i = text.indexOf('\r'); i >= 0 && !carriageReturn; i = text.indexOf('\r', i + 1)) {
            carriageReturn = i + 1 == text.length() || text.charAt(i + 1) != '\n';
        }
        return both || lineFeed == carriageReturn ? "\r\n" : lineFeed ? "\n" : "\r";
    }
}
