package org.intelmq.text.pattern;

/** Reads a regular expression of Python's {@code re} from left to right: its characters, however they are spelled, and its names. */
final class PatternReader {

    private final String regex;
    private int at;

    PatternReader(String regex) {
        this.regex = regex;
    }

    boolean hasNext() {
        return hasNext(1);
    }

    boolean hasNext(int characters) {
        return at + characters <= regex.length();
    }

    /** What has not been read yet. */
    CharSequence ahead() {
        return regex.subSequence(at, regex.length());
    }

    /** The character that many places ahead; a blank beyond the end. */
    char peek(int ahead) {
        return at + ahead < regex.length() ? regex.charAt(at + ahead) : ' ';
    }

    boolean isNext(String text) {
        return regex.startsWith(text, at);
    }

    void skip(int characters) {
        at += characters;
    }

    /** Everything before the next such character, which is skipped; {@code null} if there is none. */
    String until(char end) {
        int stop = regex.indexOf(end, at);
        return stop < 0 ? null : read(stop, stop + 1);
    }

    /** The longest piece that consists of these characters only. */
    String allOf(String characters) {
        int end = at;
        while (end < regex.length() && characters.indexOf(regex.charAt(end)) >= 0) {
            end++;
        }
        return read(end, end);
    }

    private String read(int end, int next) {
        String text = regex.substring(at, end);
        at = next;
        return text;
    }

    /** Skips to the end of the line, but not the line end itself. */
    void skipLine() {
        int end = regex.indexOf('\n', at);
        at = end < 0 ? regex.length() : end;
    }

    /** Whether the character before the last one read is a repetition. */
    boolean isBehindRepetition() {
        return at > 1 && "*+?}".indexOf(regex.charAt(at - 2)) >= 0 && !isEscaped(at - 2);
    }

    private boolean isEscaped(int index) {
        int slashes = 0;
        while (index - slashes > 0 && regex.charAt(index - slashes - 1) == '\\') {
            slashes++;
        }
        return slashes % 2 == 1;
    }

    int codePoint() {
        int point = regex.codePointAt(at);
        at += Character.charCount(point);
        return point;
    }

    /** The name of a group, which begins two characters ahead and ends with this one. */
    String name(char end) {
        int start = at;
        at += 2;
        String name = until(end);
        if (name == null || name.isEmpty() || !Character.isJavaIdentifierStart(name.charAt(0))
                || !name.chars().allMatch(Character::isJavaIdentifierPart)) {
            at = start;
            throw problem("a group name is missing or malformed");
        }
        return name;
    }

    /** What follows a backslash; both are skipped. */
    char escape() {
        if (at + 1 == regex.length()) {
            throw problem("a backslash at the end");
        }
        at += 2;
        return regex.charAt(at - 1);
    }

    /** The number of a group, whose first digit this is. */
    int reference(char first) {
        int number = first - '0';
        return peek(0) >= '0' && peek(0) <= '9' ? number * 10 + regex.charAt(at++) - '0' : number;
    }

    /** The character that an escape other than a class, an anchor or a reference stands for. */
    int escapedCharacter(char c) {
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

    /** A character within a set, where {@code \b} is a backspace and digits are never a reference. */
    int member() {
        if (regex.charAt(at) != '\\') {
            return codePoint();
        }
        char c = escape();
        if (c == 'b') {
            return '\b';
        }
        if (c >= '1' && c <= '7') {
            at--;
            return octal();
        }
        return escapedCharacter(c);
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

    IllegalArgumentException problem(String text) {
        return new IllegalArgumentException(text + " at position " + at);
    }
}
