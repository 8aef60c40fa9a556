package org.intelmq.text.python;

import java.util.ArrayList;
import java.util.List;

/** A line of arguments, split as by Python's {@code shlex.split}: quotes and backslashes keep blanks together, nothing is expanded. */
public final class ShellWords {

    private ShellWords() { }

    /** @throws IllegalArgumentException if a quote is not closed, or nothing follows a backslash */
    public static List<String> split(String line) {
        List<String> words = new ArrayList<>();
        StringBuilder word = null;
        char quote = 0;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (quote == 0 && (c == ' ' || c == '\t' || c == '\r' || c == '\n')) {
                if (word != null) {
                    words.add(word.toString());
                    word = null;
                }
                continue;
            }
            word = word == null ? new StringBuilder() : word;
            if (c == quote) {
                quote = 0;
            } else if (quote == 0 && (c == '\'' || c == '"')) {
                quote = c;
            } else if (c == '\\' && quote != '\'') {
                if (++i == line.length()) {
                    throw new IllegalArgumentException("nothing follows the backslash at the end");
                }
                char escaped = line.charAt(i);
                word.append(quote == 0 || escaped == '"' || escaped == '\\' ? "" : "\\").append(escaped);
            } else {
                word.append(c);
            }
        }
        if (quote != 0) {
            throw new IllegalArgumentException("a quote " + quote + " is not closed");
        }
        if (word != null) {
            words.add(word.toString());
        }
        return words;
    }
}
