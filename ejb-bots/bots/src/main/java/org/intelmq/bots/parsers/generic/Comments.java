package org.intelmq.bots.parsers.generic;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/** What the generic parser skips before it reads CSV: comments, blank lines, indentation, NUL characters. */
final class Comments {

    /** The usual beginning of a comment; recognises comments while records are read. */
    static final String PREFIX = "#";

    private Comments() { }

    /** The end of the given number of lines that are not comments, with the comments before them; the end of the text if there are fewer. */
    static int endOfLines(int wanted, byte[] text, int length) {
        int end = 0;
        for (int found = 0; found < wanted && end < length;) {
            int start = end;
            while (end < length && text[end++] != '\n') {
                // to the end of the line
            }
            found += removedFrom(new String(text, start, end - start, ISO_8859_1)).isEmpty() ? 0 : 1;
        }
        return end;
    }

    /** Lines end at line feeds here, so a line that is a single carriage return stays. */
    static String removedFrom(String report) {
        String text = report.indexOf('\0') < 0 ? report : report.replace("\0", "");
        StringBuilder kept = null;
        int from = 0;
        int start = 0;
        while (start < text.length()) {
            int lineFeed = text.indexOf('\n', start);
            int next = lineFeed < 0 ? text.length() : lineFeed + 1;
            int content = start;
            while (content < next && (text.charAt(content) == ' ' || text.charAt(content) == '\t')) {
                content++;
            }
            boolean dropped = content == next || text.charAt(content) == '\n' || text.charAt(content) == '#';
            if (dropped || content > start) {
                if (kept == null) {
                    kept = new StringBuilder(text.length());
                }
                kept.append(text, from, start);
                from = dropped ? next : content;
            }
            start = next;
        }
        return kept == null ? text : kept.append(text, from, text.length()).toString();
    }
}
