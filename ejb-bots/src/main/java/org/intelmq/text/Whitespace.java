package org.intelmq.text;

import java.util.function.Consumer;

/** Whitespace and line ends as Python's {@code str} knows them; Java's own differ in NEL, no-break spaces and separators. */
public final class Whitespace {

    private Whitespace() { }

    public static boolean isSpace(char c) {
        if (c < 0x80) {
            return c == ' ' || c >= '\t' && c <= '\r' || c >= 0x1c && c <= 0x1f;
        }
        return c == 0x85 || c == 0xa0 || c >= 0x1680 && (c <= 0x200a || c >= 0x2028) && Character.isSpaceChar(c);
    }

    /** {@code str.strip()}. */
    public static String strip(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && isSpace(text.charAt(start))) {
            start++;
        }
        while (end > start && isSpace(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }

    /** Hands over each line of {@code str.splitlines()}, without its end. */
    public static void forEachLine(String text, Consumer<String> lines) {
        int length = text.length();
        int start = 0;
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c >= ' ' && c < 0x7f || !isLineEnd(c)) {
                continue;
            }
            lines.accept(text.substring(start, i));
            if (c == '\r' && i + 1 < length && text.charAt(i + 1) == '\n') {
                i++;
            }
            start = i + 1;
        }
        if (start < length) {
            lines.accept(text.substring(start));
        }
    }

    private static boolean isLineEnd(char c) {
        return c >= '\n' && c <= '\r' || c >= 0x1c && c <= 0x1e || c == 0x85 || c == 0x2028 || c == 0x2029;
    }
}
