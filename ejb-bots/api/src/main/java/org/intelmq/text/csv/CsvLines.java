package org.intelmq.text.csv;

/** The physical lines of a text, one after the other, without those to be ignored. */
final class CsvLines {

    private final String text;
    private final String[] ignoredPrefixes;
    private int nextLineFeed = -1;
    private int nextCarriageReturn = -1;
    private int start;
    private int contentEnd;
    private int end;
    private int number;
    private String first;

    /** @param ignoredPrefixes lines that begin with one of these are skipped */
    CsvLines(String text, String[] ignoredPrefixes) {
        this.text = text;
        this.ignoredPrefixes = ignoredPrefixes;
    }

    /** Moves to the next line; returns false at the end. */
    boolean next() {
        do {
            if (end >= text.length()) {
                return false;
            }
            start = end;
            findEnd();
            number++;
        } while (isIgnored());
        if (first == null) {
            first = line();
        }
        return true;
    }

    private void findEnd() {
        if (nextLineFeed < start) {
            int found = text.indexOf('\n', start);
            nextLineFeed = found < 0 ? Integer.MAX_VALUE : found;
        }
        if (nextCarriageReturn < start) {
            int found = text.indexOf('\r', start);
            nextCarriageReturn = found < 0 ? Integer.MAX_VALUE : found;
        }
        contentEnd = Math.min(Math.min(nextLineFeed, nextCarriageReturn), text.length());
        end = contentEnd == text.length() ? contentEnd : nextLineFeed == nextCarriageReturn + 1 ? nextLineFeed + 1 : contentEnd + 1;
    }

    private boolean isIgnored() {
        for (String prefix : ignoredPrefixes) {
            if (text.startsWith(prefix, start) && end - start >= prefix.length()) {
                return true;
            }
        }
        return false;
    }

    /** Returns to a line that was read before; what follows it comes next. */
    void goBack(int lineStart, int lineEnd, int lineNumber) {
        start = lineStart;
        end = lineEnd;
        number = lineNumber;
        nextLineFeed = -1;
        nextCarriageReturn = -1;
    }

    int start() {
        return start;
    }

    /** The position at which its line end begins. */
    int contentEnd() {
        return contentEnd;
    }

    /** The position at which the next line begins. */
    int end() {
        return end;
    }

    /** From 1, counting skipped lines. */
    int number() {
        return number;
    }

    /** With its end. */
    String line() {
        return text.substring(start, end);
    }

    /** The first line of all, with its end; {@code null} until it has been read. */
    String first() {
        return first;
    }
}
