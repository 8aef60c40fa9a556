package org.intelmq.text;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** White space and line ends as Python's {@code str} sees them, which is more than Java's. */
public final class Whitespace {

    private Whitespace() { }

    public static boolean isSpace(char c) {
        if (c <= ' ') {
            return c == ' ' || c >= '\t' && c <= '\r' || c >= 0x1c;
        }
        if (c < 0x85) {
            return false;
        }
        return c == 0x85 || c == 0xa0 || c == 0x1680 || c >= 0x2000 && c <= 0x200a || c == 0x2028 || c == 0x2029
                || c == 0x202f || c == 0x205f || c == 0x3000;
    }

    /** The text without white space at either end; the same instance if there is none. */
    public static String strip(String text) {
        int end = text.length();
        int start = 0;
        while (start < end && isSpace(text.charAt(start))) {
            start++;
        }
        while (end > start && isSpace(text.charAt(end - 1))) {
            end--;
        }
        return start == 0 && end == text.length() ? text : text.substring(start, end);
    }

    /** The text without white space at its end. */
    public static String stripEnd(String text) {
        int end = text.length();
        while (end > 0 && isSpace(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(0, end);
    }

    /** The text without the given character at either end. */
    public static String strip(String text, char unwanted) {
        return strip(text, String.valueOf(unwanted));
    }

    /** The text without any of the given characters at either end. */
    public static String strip(String text, String unwanted) {
        int end = text.length();
        int start = 0;
        while (start < end && unwanted.indexOf(text.charAt(start)) >= 0) {
            start++;
        }
        while (end > start && unwanted.indexOf(text.charAt(end - 1)) >= 0) {
            end--;
        }
        return start == 0 && end == text.length() ? text : text.substring(start, end);
    }

    /** The words between white space: {@code str.split()}. */
    public static List<String> split(String text) {
        List<String> words = new ArrayList<>();
        int start = -1;
        for (int i = 0; i < text.length(); i++) {
            if (!isSpace(text.charAt(i))) {
                start = start < 0 ? i : start;
            } else if (start >= 0) {
                words.add(text.substring(start, i));
                start = -1;
            }
        }
        if (start >= 0) {
            words.add(text.substring(start));
        }
        return words;
    }

    /** Hands over each line of {@code str.splitlines()}, without its end. */
    public static void forEachLine(String text, Consumer<String> lines) {
        int start = 0;
        while (start < text.length()) {
            int end = endOfLine(text, start);
            lines.accept(text.substring(start, end));
            start = text.startsWith("\r\n", end) ? end + 2 : end + 1;
        }
    }

    /** A method of its own: the JIT compiles what is called often sooner, and better, than one long loop around the caller's work. */
    private static int endOfLine(String text, int start) {
        int length = text.length();
        int end = start;
        while (end < length) {
            char c = text.charAt(end);
            if ((c < ' ' || c >= 0x7f) && isLineEnd(c)) {
                break;
            }
            end++;
        }
        return end;
    }

    private static boolean isLineEnd(char c) {
        return c >= '\n' && c <= '\r' || c >= 0x1c && c <= 0x1e || c == 0x85 || c == 0x2028 || c == 0x2029;
    }
}
