package org.intelmq.text.pattern;

import java.util.LinkedHashMap;
import java.util.Map;
import org.intelmq.text.Whitespace;

/**
 * A regular expression of Python's {@code re}, respelled for RE2/J and for {@code java.util.regex}. Both read the outcome the
 * same way: named groups become numbered ones, and what Python matches in all scripts ({@code \d}, {@code \w}, {@code \s}) is
 * said by properties of characters.
 */
final class PatternTranslation {

    private final String regex;
    private final StringBuilder linear = new StringBuilder();
    private final StringBuilder backtracking = new StringBuilder();
    private final Map<String, Integer> names = new LinkedHashMap<>();
    private int at;
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
        this.regex = regex;
    }

    /** @throws IllegalArgumentException saying what Python does not know either, or what we do not */
    static PatternTranslation of(String regex) {
        PatternTranslation translation = new PatternTranslation(regex);
        while (translation.at < regex.length()) {
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

    /** Numbers of the named groups, in their order. */
    Map<String, Integer> names() {
        return names;
    }

    /**
     * Whether RE2/J cannot do it: it looks around or back, or it names characters beyond ASCII and ignores case, at least in a
     * part. RE2/J looks for the other cases of a character in a loop that does not end for letters younger than its tables.
     */
    boolean needsBacktracking(boolean anyCase) {
        return onlyBacktracking || beyondAscii && (anyCase || anyCasePart);
    }

    /** Whether a {@code $} means the place before a final line feed too, which RE2/J cannot say. */
    boolean hasLineEnd() {
        return lineEnd;
    }

    /** Whether there is a {@code \b} or {@code \B}, where RE2/J sees letters in ASCII only, and empty texts differently. */
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

    private IllegalArgumentException problem(String text) {
        return new IllegalArgumentException(text + " at position " + at);
    }

    private void element() {
        char c = regex.charAt(at);
        begun |= !regex.startsWith("(?", at) && !(verbose && Whitespace.isSpace(c));
        switch (c) {
            case '\\' -> escape();
            case '[' -> characterClass();
            case '(' -> group();
            case '{' -> repetition();
            case '$' -> {
                at++;
                linear.append(multiline ? "(?m:$)" : "\\z");
                backtracking.append(multiline ? "(?m:$)" : "(?-m:$)");
                lineEnd |= !multiline;
            }
            case '^' -> {
                at++;
                linear.append(multiline ? "(?m:^)" : "\\A");
                backtracking.append(multiline ? "(?:\\A|(?<=\\n))" : "\\A");
            }
            case '#' -> {
                if (verbose) {
                    int end = regex.indexOf('\n', at);
                    at = end < 0 ? regex.length() : end;
                } else {
                    literal(codePoint());
                }
            }
            case '*', '+', '?', '|', ')', '.' -> {
                at++;
                both(String.valueOf(c));
                onlyBacktracking |= c == '+' && at > 1 && "*+?}".indexOf(regex.charAt(at - 2)) >= 0 && !isEscaped(at - 2);
            }
            default -> {
                int point = codePoint();
                if (!verbose || point >= 0x80 || !Whitespace.isSpace((char) point)) {
                    literal(point);
                }
            }
        }
    }

    private boolean isEscaped(int index) {
        int slashes = 0;
        while (index - slashes > 0 && regex.charAt(index - slashes - 1) == '\\') {
            slashes++;
        }
        return slashes % 2 == 1;
    }

    private int codePoint() {
        int point = regex.codePointAt(at);
        at += Character.charCount(point);
        return point;
    }

    private void literal(int point) {
        beyondAscii |= point >= 0x80;
        both(PatternSpelling.spelled(point));
    }

    /** {@code {2}}, {@code {2,}}, {@code {,2}}, {@code {2,3}}; any other brace stands for itself. */
    private void repetition() {
        int end = regex.indexOf('}', at);
        String inner = end < 0 ? "" : regex.substring(at + 1, end);
        if (!inner.matches("[0-9]+|[0-9]*,[0-9]*") || inner.equals(",")) {
            at++;
            literal('{');
            return;
        }
        at = end + 1;
        both('{' + (inner.startsWith(",") ? "0" + inner : inner) + '}');
        for (String bound : inner.split(",")) {
            onlyBacktracking |= bound.length() > 3;
        }
    }

    private void group() {
        if (!regex.startsWith("(?", at)) {
            at++;
            groups++;
            both("(");
            return;
        }
        at += 2;
        char kind = at < regex.length() ? regex.charAt(at) : ' ';
        switch (kind) {
            case ':' -> {
                at++;
                both("(?:");
            }
            case 'P' -> named();
            case '#' -> {
                int end = regex.indexOf(')', at);
                if (end < 0) {
                    throw problem("a comment does not end");
                }
                at = end + 1;
            }
            case '=', '!', '>' -> {
                at++;
                backtrackingOnly("(?" + kind);
            }
            case '<' -> {
                char next = at + 1 < regex.length() ? regex.charAt(at + 1) : ' ';
                if (next != '=' && next != '!') {
                    throw problem("unknown extension ?<" + next);
                }
                at += 2;
                backtrackingOnly("(?<" + next);
            }
            case '(' -> throw problem("a group on condition is not supported");
            default -> flags();
        }
    }

    private void named() {
        if (regex.startsWith("P<", at)) {
            String name = nameUntil('>');
            if (names.putIfAbsent(name, ++groups) != null) {
                throw problem("the group name \"" + name + "\" is used twice");
            }
            both("(");
        } else if (regex.startsWith("P=", at)) {
            String name = nameUntil(')');
            if (!names.containsKey(name)) {
                throw problem("unknown group name \"" + name + '"');
            }
            backtrackingOnly("(?:\\" + names.get(name) + ")");
        } else {
            throw problem("unknown extension ?P");
        }
    }

    private String nameUntil(char end) {
        int stop = regex.indexOf(end, at);
        String name = stop < 0 ? "" : regex.substring(at + 2, stop);
        if (name.isEmpty() || !Character.isJavaIdentifierStart(name.charAt(0)) || !name.chars().allMatch(Character::isJavaIdentifierPart)) {
            throw problem("a group name is missing or malformed");
        }
        at = stop + 1;
        return name;
    }

    /** {@code (?i)} for all, only at the start as Python demands; {@code (?i:...)} and {@code (?-i:...)} for a part. */
    private void flags() {
        int start = at;
        while (at < regex.length() && "aiLmsux-".indexOf(regex.charAt(at)) >= 0) {
            at++;
        }
        String flags = regex.substring(start, at);
        char end = at < regex.length() ? regex.charAt(at) : ' ';
        if (flags.isEmpty() || end != ')' && end != ':') {
            throw problem("unknown extension");
        }
        at++;
        if (end == ')') {
            if (begun) {
                throw problem("flags for the whole must stand at the start");
            }
            verbose |= flags.indexOf('x') >= 0;
            ascii |= flags.indexOf('a') >= 0;
            multiline |= flags.indexOf('m') >= 0;
        } else if (flags.chars().anyMatch(flag -> "aLmux".indexOf(flag) >= 0)) {
            throw problem("of the flags for a part only i and s are supported");
        }
        anyCasePart |= flags.indexOf('i') >= 0;
        String kept = flags.replaceAll("[^is-]", "");
        both(end == ':' ? "(?" + kept + ':' : kept.isEmpty() ? "" : "(?" + kept + ')');
    }

    private void escape() {
        if (at + 1 == regex.length()) {
            throw problem("a backslash at the end");
        }
        char c = regex.charAt(at + 1);
        at += 2;
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
                    literal(escapedCharacter(c));
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
        int number = first - '0';
        if (at < regex.length() && regex.charAt(at) >= '0' && regex.charAt(at) <= '9') {
            number = number * 10 + regex.charAt(at++) - '0';
        }
        if (number > groups) {
            throw problem("there is no group " + number);
        }
        backtrackingOnly("(?:\\" + number + ")");
    }

    /** The character that an escape other than a class, an anchor or a reference stands for. */
    private int escapedCharacter(char c) {
        return switch (c) {
            case 'a' -> 7;
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'v' -> 0x0b;
            case 'x' -> hexadecimal(2);
            case 'u' -> hexadecimal(4);
            case 'U' -> hexadecimal(8);
            case '0' -> octal();
            default -> {
                if (c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z') {
                    throw problem("unknown escape \\" + c);
                }
                at--;
                yield codePoint();
            }
        };
    }

    private int hexadecimal(int digits) {
        String text = regex.substring(at, Math.min(at + digits, regex.length()));
        if (!text.matches("[0-9a-fA-F]{" + digits + "}") || Long.parseLong(text, 16) > Character.MAX_CODE_POINT) {
            throw problem("expected " + digits + " hexadecimal digits");
        }
        at += digits;
        return Integer.parseInt(text, 16);
    }

    private int octal() {
        int value = 0;
        for (int end = Math.min(at + 2, regex.length()); at < end && regex.charAt(at) >= '0' && regex.charAt(at) <= '7'; at++) {
            value = value * 8 + regex.charAt(at) - '0';
        }
        return value;
    }

    private void characterClass() {
        at++;
        both("[");
        if (at < regex.length() && regex.charAt(at) == '^') {
            at++;
            both("^");
        }
        boolean first = true;
        while (first || at < regex.length() && regex.charAt(at) != ']') {
            if (at >= regex.length()) {
                throw problem("a set of characters does not end");
            }
            first = false;
            member();
        }
        if (at >= regex.length()) {
            throw problem("a set of characters does not end");
        }
        at++;
        both("]");
    }

    private void member() {
        if (regex.charAt(at) == '\\' && at + 1 < regex.length() && "dDwWsS".indexOf(regex.charAt(at + 1)) >= 0) {
            classInClass(regex.charAt(at + 1));
            at += 2;
            return;
        }
        int from = memberCharacter();
        boolean range = at + 1 < regex.length() && regex.charAt(at) == '-' && regex.charAt(at + 1) != ']';
        if (!range) {
            literal(from);
            return;
        }
        at++;
        if (regex.charAt(at) == '\\' && at + 1 < regex.length() && "dDwWsS".indexOf(regex.charAt(at + 1)) >= 0) {
            throw problem("a range cannot end with a class");
        }
        int to = memberCharacter();
        if (to < from) {
            throw problem("a range runs backwards");
        }
        beyondAscii |= to >= 0x80;
        both(PatternSpelling.spelled(from) + '-' + PatternSpelling.spelled(to));
    }

    private int memberCharacter() {
        if (regex.charAt(at) != '\\') {
            return codePoint();
        }
        if (at + 1 == regex.length()) {
            throw problem("a backslash at the end");
        }
        char c = regex.charAt(at + 1);
        at += 2;
        if (c == 'b') {
            return '\b';
        }
        if (c >= '1' && c <= '7') {
            at--;
            return octal();
        }
        return escapedCharacter(c);
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
