package org.intelmq.bots.parsers.stix;

import java.util.ArrayList;
import java.util.List;

/**
 * The comparisons in a STIX pattern, https://docs.oasis-open.org/cti/stix/v2.1/os/stix-v2.1-os.html#_e8slinrhxcc9. How comparisons and
 * observations are combined is ignored; the result only says which property of which object must equal which text.
 */
final class StixPattern {

    /**
     * @param object   such as {@code ipv4-addr}
     * @param property such as {@code value} or {@code hashes.SHA-256}
     */
    record Equality(String object, String property, String value) { }

    private static final int MOST = 10_000;

    private final String text;
    private int at;
    private final List<Equality> equalities = new ArrayList<>();

    private StixPattern(String text) {
        this.text = text;
    }

    /** @throws IllegalArgumentException if it is not a pattern; the message says where */
    static List<Equality> equalities(String pattern) {
        StixPattern reader = new StixPattern(pattern);
        reader.read();
        return reader.equalities;
    }

    private void read() {
        int depth = 0;
        boolean any = false;
        for (skipBlanks(); at < text.length(); skipBlanks()) {
            char c = text.charAt(at);
            if (c == '[') {
                depth++;
                any = true;
                at++;
            } else if (c == ']') {
                depth--;
                at++;
            } else if (c == '(' || c == ')') {
                at++;
            } else if (c == '\'') {
                quoted();
            } else if (depth == 0) {
                word();
            } else {
                comparison();
            }
            if (depth < 0 || depth > 1) {
                throw wrong("an observation in one pair of brackets");
            }
        }
        if (depth != 0 || !any) {
            throw wrong("an observation in brackets, such as [url:value = 'http://example.com/']");
        }
    }

    /** Comparisons may be joined with AND and OR, and preceded by NOT or EXISTS. */
    private void comparison() {
        String first = word();
        if (at >= text.length() || text.charAt(at) != ':') {
            return;
        }
        at++;
        String property = path();
        skipBlanks();
        boolean negated = keyword("NOT");
        skipBlanks();
        if (at == text.length() || text.charAt(at) == ']') {
            return;
        }
        if (text.startsWith("IN", at)) {
            at += 2;
            skipBlanks();
            set(first, property, negated);
            return;
        }
        String operator = operator();
        skipBlanks();
        if (at < text.length() && text.charAt(at) == '\'') {
            String value = quoted();
            if (!negated && (operator.equals("=") || operator.equals("=="))) {
                add(first, property, value);
            }
        } else if (at < text.length() && text.charAt(at) != ']') {
            word();
        }
    }

    private void set(String object, String property, boolean negated) {
        if (at >= text.length() || text.charAt(at) != '(') {
            throw wrong("a list in round brackets");
        }
        at++;
        for (skipBlanks(); at < text.length() && text.charAt(at) != ')'; skipBlanks()) {
            if (text.charAt(at) == '\'') {
                String value = quoted();
                if (!negated) {
                    add(object, property, value);
                }
            } else if (text.charAt(at) == ',') {
                at++;
            } else {
                word();
            }
        }
        at = Math.min(at + 1, text.length());
    }

    private void add(String object, String property, String value) {
        if (equalities.size() == MOST) {
            throw new IllegalArgumentException("the pattern makes more than " + MOST + " comparisons");
        }
        equalities.add(new Equality(object, property, value));
    }

    /** Steps separated by dots; a step with characters other than letters is quoted. */
    private String path() {
        StringBuilder path = new StringBuilder();
        boolean index = false;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '\'') {
                path.append(quoted());
            } else if (Character.isLetterOrDigit(c) || c == '_' || c == '-' || c == '.' || c == '*' || c == '[' || c == ']' && index) {
                index = c == '[' || index && c != ']';
                path.append(c);
                at++;
            } else {
                break;
            }
        }
        return path.toString();
    }

    private boolean keyword(String keyword) {
        if (text.startsWith(keyword + ' ', at)) {
            at += keyword.length();
            return true;
        }
        return false;
    }

    private String operator() {
        int start = at;
        while (at < text.length() && "=!<>".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        return at > start || at == text.length() ? text.substring(start, at) : word();
    }

    /** At least one character. */
    private String word() {
        int start = at++;
        while (at < text.length() && !Character.isWhitespace(text.charAt(at)) && "[]():='!<>,".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        return text.substring(start, at);
    }

    private String quoted() {
        StringBuilder value = new StringBuilder();
        for (int i = at + 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && i + 1 < text.length()) {
                value.append(text.charAt(++i));
            } else if (c == '\'') {
                at = i + 1;
                return value.toString();
            } else {
                value.append(c);
            }
        }
        throw wrong("the end of the text that begins here");
    }

    private void skipBlanks() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    private IllegalArgumentException wrong(String expected) {
        return new IllegalArgumentException("the pattern cannot be read at position " + at + ": expected " + expected);
    }
}
