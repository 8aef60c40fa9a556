package org.intelmq.text.pattern;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.intelmq.text.Whitespace;

/**
 * A regular expression of Python's {@code re}, translated for RE2/J and {@code java.util.regex}, which both read the result in the same way:
 * named groups become numbered ones, and what Python matches in all scripts ({@code \d}, {@code \w}, {@code \s}) is expressed with character
 * properties.
 */
final class PatternTranslation {

    private static final Pattern COUNTS = Pattern.compile("\\{([0-9]+|[0-9]*,[0-9]*)\\}");

    private final PatternReader regex;
    private final StringBuilder linear = new StringBuilder();
    private final StringBuilder backtracking = new StringBuilder();
    private final Map<String, Integer> names = new LinkedHashMap<>();
    private int groups;
    private boolean begun;
    private boolean verbose;
    private boolean ascii;
    private boolean multiline;
    private boolean onlyBacktracking;
    private boolean lineEnd;
    private boolean wordBoundary;
    private boolean beyondAscii;
    private boolean anyCasePart;

    private PatternTranslation(String regex) {
        this.regex = new PatternReader(regex);
    }

    /** @throws IllegalArgumentException if Python would refuse the expression, or if we do not support it; the message says why */
    static PatternTranslation of(String regex) {
        PatternTranslation translation = new PatternTranslation(regex);
        while (translation.regex.hasNext()) {
            translation.element();
        }
        return translation;
    }

    String linear() {
        return linear.toString();
    }

    String backtracking() {
        return backtracking.toString();
    }

    /** The numbers of the named groups, in their order. */
    Map<String, Integer> names() {
        return names;
    }

    /**
     * Whether RE2/J cannot handle it: it has look-around or back references, or it contains characters beyond ASCII and ignores case, at least
     * in part. RE2/J looks for the other cases of a character in a loop that never ends for letters newer than its tables.
     */
    boolean needsBacktracking(boolean anyCase) {
        return onlyBacktracking || beyondAscii && (anyCase || anyCasePart);
    }

    /** Whether a {@code $} also matches before a final line feed, which RE2/J cannot express. */
    boolean hasLineEnd() {
        return lineEnd;
    }

    /** Whether there is a {@code \b} or {@code \B}: there RE2/J knows only ASCII letters, and treats empty texts differently. */
    boolean hasWordBoundary() {
        return wordBoundary;
    }

    private void both(String text) {
        linear.append(text);
        backtracking.append(text);
    }

    private void backtrackingOnly(String text) {
        onlyBacktracking = true;
        backtracking.append(text);
    }

    private void element() {
        char c = regex.peek(0);
        begun |= !regex.isNext("(?") && !(verbose && Whitespace.isSpace(c));
        switch (c) {
            case '\\' -> escape();
            case '[' -> characterClass();
            case '(' -> group();
            case '{' -> repetition();
            case '$' -> {
                regex.skip(1);
                linear.append(multiline ? "(?m:$)" : "\\z");
                backtracking.append(multiline ? "(?m:$)" : "(?-m:$)");
                lineEnd |= !multiline;
            }
            case '^' -> {
                regex.skip(1);
                linear.append(multiline ? "(?m:^)" : "\\A");
                backtracking.append(multiline ? "(?:\\A|(?<=\\n))" : "\\A");
            }
            case '#' -> {
                if (verbose) {
                    regex.skipLine();
                } else {
                    literal(regex.codePoint());
                }
            }
            case '*', '+', '?', '|', ')', '.' -> {
                regex.skip(1);
                both(String.valueOf(c));
                onlyBacktracking |= c == '+' && regex.isBehindRepetition();
            }
            default -> {
                int point = regex.codePoint();
                if (!verbose || point >= 0x80 || !Whitespace.isSpace((char) point)) {
                    literal(point);
                }
            }
        }
    }

    private void literal(int point) {
        beyondAscii |= point >= 0x80;
        both(PatternSpelling.spelled(point));
    }

    /** {@code {2}}, {@code {2,}}, {@code {,2}}, {@code {2,3}}; any other brace stands for itself. */
    private void repetition() {
        Matcher counts = COUNTS.matcher(regex.ahead());
        if (!counts.lookingAt() || counts.group(1).equals(",")) {
            regex.skip(1);
            literal('{');
            return;
        }
        regex.skip(counts.end());
        String inner = counts.group(1);
        both('{' + (inner.startsWith(",") ? "0" + inner : inner) + '}');
        for (String bound : inner.split(",")) {
            onlyBacktracking |= bound.length() > 3;
        }
    }

    private void group() {
        if (!regex.isNext("(?")) {
            regex.skip(1);
            groups++;
            both("(");
            return;
        }
        regex.skip(2);
        char kind = regex.peek(0);
        switch (kind) {
            case ':' -> {
                regex.skip(1);
                both("(?:");
            }
            case 'P' -> named();
            case '#' -> {
                if (regex.until(')') == null) {
                    throw regex.problem("a comment does not end");
                }
            }
            case '=', '!', '>' -> {
                regex.skip(1);
                backtrackingOnly("(?" + kind);
            }
            case '<' -> {
                char next = regex.peek(1);
                if (next != '=' && next != '!') {
                    throw regex.problem("unknown extension ?<" + next);
                }
                regex.skip(2);
                backtrackingOnly("(?<" + next);
            }
            case '(' -> throw regex.problem("a conditional group is not supported");
            default -> flags();
        }
    }

    private void named() {
        if (regex.isNext("P<")) {
            String name = regex.name('>');
            if (names.putIfAbsent(name, ++groups) != null) {
                throw regex.problem("the group name \"" + name + "\" is used twice");
            }
            both("(");
        } else if (regex.isNext("P=")) {
            String name = regex.name(')');
            if (!names.containsKey(name)) {
                throw regex.problem("unknown group name \"" + name + '"');
            }
            backtrackingOnly("(?:\\" + names.get(name) + ")");
        } else {
            throw regex.problem("unknown extension ?P");
        }
    }

    /**
     * {@code (?i)} applies to the whole expression, and Python allows it only at the start; {@code (?i:...)} and {@code (?-i:...)} apply to a
     * part.
     */
    private void flags() {
        String flags = regex.allOf("aiLmsux-");
        char end = regex.peek(0);
        if (flags.isEmpty() || end != ')' && end != ':') {
            throw regex.problem("unknown extension");
        }
        regex.skip(1);
        if (end == ')') {
            if (begun) {
                throw regex.problem("flags for the whole pattern must be at its start");
            }
            verbose |= flags.indexOf('x') >= 0;
            ascii |= flags.indexOf('a') >= 0;
            multiline |= flags.indexOf('m') >= 0;
        } else if (flags.chars().anyMatch(flag -> "aLmux".indexOf(flag) >= 0)) {
            throw regex.problem("only the flags i and s are supported for a part of the pattern");
        }
        anyCasePart |= flags.indexOf('i') >= 0;
        String kept = flags.replaceAll("[^is-]", "");
        both(end == ':' ? "(?" + kept + ':' : kept.isEmpty() ? "" : "(?" + kept + ')');
    }

    private void escape() {
        char c = regex.escape();
        switch (c) {
            case 'd' -> both(ascii ? "[0-9]" : "\\p{Nd}");
            case 'D' -> both(ascii ? "[^0-9]" : "\\P{Nd}");
            case 'w' -> both('[' + PatternSpelling.word(ascii) + ']');
            case 'W' -> both("[^" + PatternSpelling.word(ascii) + ']');
            case 's' -> both('[' + PatternSpelling.spaces(ascii) + ']');
            case 'S' -> both("[^" + PatternSpelling.spaces(ascii) + ']');
            case 'A' -> both("\\A");
            case 'Z' -> both("\\z");
            case 'b', 'B' -> boundary(c);
            default -> {
                if (c >= '1' && c <= '9') {
                    backReference(c);
                } else {
                    literal(regex.escapedCharacter(c));
                }
            }
        }
    }

    private void boundary(char kind) {
        wordBoundary |= !ascii;
        linear.append('\\').append(kind);
        backtracking.append(PatternSpelling.boundary(kind, ascii));
    }

    private void backReference(char first) {
        int number = regex.reference(first);
        if (number > groups) {
            throw regex.problem("there is no group " + number);
        }
        backtrackingOnly("(?:\\" + number + ")");
    }

    private void characterClass() {
        regex.skip(1);
        both("[");
        if (regex.peek(0) == '^') {
            regex.skip(1);
            both("^");
        }
        boolean first = true;
        while (first || regex.hasNext() && regex.peek(0) != ']') {
            if (!regex.hasNext()) {
                throw regex.problem("a set of characters does not end");
            }
            first = false;
            member();
        }
        if (!regex.hasNext()) {
            throw regex.problem("a set of characters does not end");
        }
        regex.skip(1);
        both("]");
    }

    private void member() {
        if (isClass()) {
            classInClass(regex.escape());
            return;
        }
        int from = regex.member();
        boolean range = regex.isNext("-") && !regex.isNext("-]") && regex.hasNext(2);
        if (!range) {
            literal(from);
            return;
        }
        regex.skip(1);
        if (isClass()) {
            throw regex.problem("a range cannot end with a class");
        }
        int to = regex.member();
        if (to < from) {
            throw regex.problem("a range runs backwards");
        }
        beyondAscii |= to >= 0x80;
        both(PatternSpelling.spelled(from) + '-' + PatternSpelling.spelled(to));
    }

    private boolean isClass() {
        return regex.peek(0) == '\\' && "dDwWsS".indexOf(regex.peek(1)) >= 0;
    }

    private void complement(String members) {
        beyondAscii = true;
        both(members);
    }

    private void classInClass(char kind) {
        switch (kind) {
            case 'd' -> both(PatternSpelling.digits(ascii));
            case 'D' -> complement(PatternSpelling.noDigits(ascii));
            case 'w' -> both(PatternSpelling.word(ascii));
            case 's' -> both(PatternSpelling.spaces(ascii));
            case 'S' -> complement(PatternSpelling.noSpaces(ascii));
            default -> {
                onlyBacktracking |= !ascii;
                beyondAscii = true;
                linear.append(PatternSpelling.NO_ASCII_WORD);
                backtracking.append("[^").append(PatternSpelling.word(ascii)).append(']');
            }
        }
    }
}
