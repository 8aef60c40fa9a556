package org.intelmq.bots.parsers.generic;

/** What the generic parser passes over before it reads CSV: comments, blank lines, indentation, NUL. */
final class Comments {

    private Comments() { }

    /** Lines end at line feeds here, so a line of a carriage return alone stays. */
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
