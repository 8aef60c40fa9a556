package org.intelmq.bots.experts.sieve;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** The text of a rule file, and how far it has been read. Blanks and comments before each item are skipped. */
final class SieveText {

    private static final Pattern BLANK = Pattern.compile("(?:[ \\t\\r\\n]+|(?:#|//)[^\\n]*)*+");
    private static final int EXCERPT = 20;

    private final String file;
    private final String text;
    private final Matcher matcher;
    /** Where each line begins. */
    private final int[] lines;
    private int position;

    SieveText(String file, String text) {
        this.file = file;
        this.text = text;
        this.lines = lines(text);
        this.matcher = BLANK.matcher(text).useTransparentBounds(true);
    }

    /** The position of the next item to read. */
    int position() {
        read(BLANK);
        return position;
    }

    boolean atEnd() {
        return position() == text.length();
    }

    boolean nextIs(String word) {
        return text.startsWith(word, position());
    }

    /** Reads the word if it comes next. Words need not be followed by a blank: {@code dropkeep} is two words. */
    boolean accept(String word) {
        boolean found = nextIs(word);
        position += found ? word.length() : 0;
        return found;
    }

    /** Reads the first of the words that comes next, or returns {@code null}. */
    String acceptOneOf(List<String> words) {
        for (String word : words) {
            if (accept(word)) {
                return word;
            }
        }
        return null;
    }

    void expect(String word) {
        if (!accept(word)) {
            throw error("expected '" + word + "'");
        }
    }

    /** Reads what the pattern matches here, or returns {@code null}. */
    String accept(Pattern token) {
        position();
        return read(token);
    }

    private String read(Pattern token) {
        if (!matcher.usePattern(token).region(position, text.length()).lookingAt()) {
            return null;
        }
        position = matcher.end();
        return matcher.group();
    }

    /** Reads a text in quotes, or returns {@code null}. A backslash escapes a quote and otherwise stands for itself. */
    String acceptQuoted() {
        int start = position();
        if (start == text.length() || text.charAt(start) != '"' && text.charAt(start) != '\'') {
            return null;
        }
        int end = closingQuote(text.charAt(start));
        if (end < 0) {
            return null;
        }
        position = end + 1;
        return text.substring(start + 1, end).replace("\\\"", "\"").replace("\\'", "'");
    }

    /** An escaped quote does close the text if no other one does. */
    private int closingQuote(char quote) {
        int lastEscaped = -1;
        for (int i = text.indexOf(quote, position + 1); i > 0; i = text.indexOf(quote, i + 1)) {
            if (text.charAt(i - 1) != '\\') {
                return i;
            }
            lastEscaped = i;
        }
        return lastEscaped;
    }

    SieveSyntaxException error(String expected) {
        int here = position();
        String found = here == text.length() ? "the end of the file"
                : "\"" + text.substring(here, Math.min(text.length(), here + EXCERPT)).lines().findFirst().orElse("") + "\"";
        return error(here, expected + " but found " + found);
    }

    SieveSyntaxException error(int at, String problem) {
        return new SieveSyntaxException(place(at) + ": " + problem, line(at), column(at), problem);
    }

    /** {@code file:line:column} */
    String place(int at) {
        return file + ":" + line(at) + ":" + column(at);
    }

    /** Letters and characters that may come between them; empty if there is something else. */
    String wordAt(int line, int column) {
        int start = lines[line - 1] + column - 1;
        int end = start;
        while (end < text.length() && (Character.isLetterOrDigit(text.charAt(end)) || ":!_.".indexOf(text.charAt(end)) >= 0)) {
            end++;
        }
        return text.substring(start, end);
    }

    /** From 1. */
    int line(int at) {
        int found = Arrays.binarySearch(lines, at);
        return found >= 0 ? found + 1 : -found - 1;
    }

    /** From 1. */
    int column(int at) {
        return at - lines[line(at) - 1] + 1;
    }

    private static int[] lines(String text) {
        return IntStream.concat(IntStream.of(0), IntStream.range(0, text.length()).filter(i -> text.charAt(i) == '\n').map(i -> i + 1)).toArray();
    }
}
