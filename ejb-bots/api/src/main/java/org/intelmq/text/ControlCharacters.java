package org.intelmq.text;

/** Makes text from outside, such as from a feed, safe to quote in one of our lines. */
public final class ControlCharacters {

    private ControlCharacters() { }

    /** The text with everything that could end or redraw a line spelled out, as in {@code \\n} and {@code \\u001b}; tabs stay. */
    public static String spelledOut(String text) {
        int first = 0;
        while (first < text.length() && !isControl(text.charAt(first))) {
            first++;
        }
        if (first == text.length()) {
            return text;
        }
        StringBuilder spelled = new StringBuilder(text.length() + 16).append(text, 0, first);
        for (int i = first; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '\n' -> spelled.append("\\n");
                case '\r' -> spelled.append("\\r");
                default -> {
                    if (isControl(c)) {
                        spelled.append("\\u%04x".formatted((int) c));
                    } else {
                        spelled.append(c);
                    }
                }
            }
        }
        return spelled.toString();
    }

    /** Including line and paragraph separators, and characters that change the writing direction. */
    private static boolean isControl(char c) {
        return Character.isISOControl(c) && c != '\t' || c >= '\u2028' && c <= '\u202e' || c >= '\u2066' && c <= '\u2069';
    }
}
