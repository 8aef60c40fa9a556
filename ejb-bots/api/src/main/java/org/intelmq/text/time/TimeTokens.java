package org.intelmq.text.time;

import java.util.ArrayList;
import java.util.List;
import org.intelmq.text.Whitespace;

/**
 * Splits a text into words, numbers, spaces and single other characters, the way dateutil's lexer does: a dot may belong to a number ({@code
 * 21.447}) or separate parts ({@code Sep.20.2009}).
 */
final class TimeTokens {

    private enum State { WORD, NUMBER, DOTTED_WORD, DOTTED_NUMBER }

    private final String text;
    private final List<String> tokens = new ArrayList<>();
    private int at;

    private TimeTokens(String text) {
        this.text = text;
    }

    static List<String> of(String text) {
        TimeTokens reader = new TimeTokens(text.replace("\0", ""));
        while (reader.at < reader.text.length()) {
            reader.token();
        }
        return reader.tokens;
    }

    private void token() {
        int start = at;
        int point = take();
        if (!Character.isLetter(point) && !isDigit(point)) {
            tokens.add(point < 0x10000 && Whitespace.isSpace((char) point) ? " " : text.substring(start, at));
            return;
        }
        State state = Character.isLetter(point) ? State.WORD : State.NUMBER;
        boolean letters = false;
        boolean longer = true;
        while (longer && at < text.length()) {
            letters |= state == State.WORD || state == State.DOTTED_WORD;
            State next = next(state, text.codePointAt(at), start);
            longer = next != null;
            if (longer) {
                state = next;
                take();
            }
        }
        add(text.substring(start, at), state, letters);
    }

    /** The state after taking that character; {@code null} if the token ends before it. */
    private State next(State state, int point, int start) {
        boolean afterDot = text.charAt(at - 1) == '.';
        return switch (state) {
            case WORD -> Character.isLetter(point) ? State.WORD : point == '.' ? State.DOTTED_WORD : null;
            case NUMBER -> isDigit(point) ? State.NUMBER
                    : point == '.' || point == ',' && text.codePointCount(start, at) >= 2 ? State.DOTTED_NUMBER : null;
            case DOTTED_WORD -> point == '.' || Character.isLetter(point) ? State.DOTTED_WORD
                    : isDigit(point) && afterDot ? State.DOTTED_NUMBER : null;
            case DOTTED_NUMBER -> point == '.' || isDigit(point) ? State.DOTTED_NUMBER
                    : Character.isLetter(point) && afterDot ? State.DOTTED_WORD : null;
        };
    }

    private void add(String token, State state, boolean letters) {
        boolean dotted = state == State.DOTTED_WORD || state == State.DOTTED_NUMBER;
        char last = token.charAt(token.length() - 1);
        int dot = token.indexOf('.');
        boolean manyDots = dot >= 0 && token.indexOf('.', dot + 1) >= 0;
        if (!dotted || !letters && !manyDots && last != '.' && last != ',') {
            tokens.add(state == State.DOTTED_NUMBER && dot < 0 ? token.replace(',', '.') : token);
            return;
        }
        int start = 0;
        for (int i = 0; i <= token.length(); i++) {
            if (i < token.length() && token.charAt(i) != '.' && token.charAt(i) != ',') {
                continue;
            }
            if (i > start || start == 0) {
                tokens.add(token.substring(start, i));
            }
            if (i < token.length()) {
                tokens.add(token.substring(i, i + 1));
            }
            start = i + 1;
        }
    }

    private int take() {
        int point = text.codePointAt(at);
        at += Character.charCount(point);
        return point;
    }

    /** Python's {@code isdigit}: decimal digits, and digits that are superscript, subscript or circled. */
    static boolean isDigit(int point) {
        return point >= '0' && point <= '9' || point >= 0x80 && (Character.isDigit(point) || isSpecialDigit(point));
    }

    private static boolean isSpecialDigit(int c) {
        return c == 0xb2 || c == 0xb3 || c == 0xb9 || c >= 0x1369 && c <= 0x1371 || c == 0x19da || c == 0x2070
                || c >= 0x2074 && c <= 0x2079 || c >= 0x2080 && c <= 0x2089 || c >= 0x2460 && c <= 0x2468
                || c >= 0x2474 && c <= 0x247c || c >= 0x2488 && c <= 0x2490 || c == 0x24ea || c >= 0x24f5 && c <= 0x24fd
                || c == 0x24ff || c >= 0x2776 && c <= 0x277e || c >= 0x2780 && c <= 0x2788 || c >= 0x278a && c <= 0x2792
                || c >= 0x10a40 && c <= 0x10a43 || c >= 0x10e60 && c <= 0x10e68 || c >= 0x11052 && c <= 0x1105a
                || c >= 0x1f100 && c <= 0x1f10a;
    }

    static boolean isDigits(String token) {
        for (int i = 0; i < token.length(); i += Character.charCount(token.codePointAt(i))) {
            if (!isDigit(token.codePointAt(i))) {
                return false;
            }
        }
        return !token.isEmpty();
    }
}
