package org.intelmq.text.pattern;

import java.util.BitSet;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The simplest expressions, searched without a regex engine: words, and the forms that {@code harmonization.conf} applies to every value, such
 * as {@code ^[A-F0-9./]+$}, {@code ^[a-z]{2}$} and {@code ^.*[^\.]$}.
 */
final class PlainPattern {

    private static final Pattern WORD = Pattern.compile("[a-zA-Z0-9_ @/:,;=<>~%-]+");
    private static final Pattern SET = Pattern.compile("\\^\\[((?:[a-zA-Z0-9_@:,;=<>~%./ ]|-)+)](\\+|\\{(\\d{1,3})})\\$");
    private static final Pattern LOWER_WORD = Pattern.compile("[a-z0-9-]+");
    private static final String NOT_ENDING_WITH_DOT = "^.*[^\\.]$";

    private final String word;
    private final BitSet members;
    private final int length;

    private PlainPattern(String word, BitSet members, int length) {
        this.word = word;
        this.members = members;
        this.length = length;
    }

    /** Returns {@code null} if the expression is none of these. */
    static PlainPattern of(String regex) {
        if (regex.equals(NOT_ENDING_WITH_DOT)) {
            return new PlainPattern(null, null, 0);
        }
        if (WORD.matcher(regex).matches()) {
            return new PlainPattern(regex, null, 0);
        }
        Matcher set = SET.matcher(regex);
        BitSet members = set.matches() ? members(set.group(1)) : null;
        return members == null ? null : new PlainPattern(null, members, set.group(3) == null ? -1 : Integer.parseInt(set.group(3)));
    }

    /**
     * For an expression such as {@code ^(tcp|udp|nvp(-ii)?)$}, the alternatives that are plain words: a text that is one of them certainly
     * matches.
     */
    static Set<String> words(String regex) {
        if (!regex.startsWith("^(") || !regex.endsWith(")$") || regex.startsWith("^(?")) {
            return Set.of();
        }
        Set<String> words = new HashSet<>();
        int depth = 0;
        int start = 2;
        for (int i = 2; i < regex.length() - 1; i++) {
            char c = regex.charAt(i);
            if (depth == 0 && (c == '|' || i == regex.length() - 2)) {
                String alternative = regex.substring(start, i);
                if (LOWER_WORD.matcher(alternative).matches()) {
                    words.add(alternative);
                }
                start = i + 1;
            } else if (c == '\\') {
                i++;
            } else if (c == '[' || depth == 0 && c == ')') {
                return Set.copyOf(words);
            }
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
        }
        return Set.copyOf(words);
    }

    /** The plain text at the start of every match: {@code conf} for {@code ^confi?(ck)er}; empty if not known. */
    static String start(String regex) {
        if (!regex.startsWith("^") || hasAlternatives(regex)) {
            return "";
        }
        int end = 1;
        while (end < regex.length() && isPlain(regex.charAt(end))) {
            end++;
        }
        boolean lastIsOptional = end < regex.length() && "?*{".indexOf(regex.charAt(end)) >= 0;
        return regex.substring(1, lastIsOptional ? Math.max(1, end - 1) : end);
    }

    private static boolean isPlain(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || "_ @/:,;=<>~%-".indexOf(c) >= 0;
    }

    private static boolean hasAlternatives(String regex) {
        int depth = 0;
        for (int i = 0; i < regex.length(); i++) {
            char c = regex.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == '[') {
                return regex.indexOf('|', i) >= 0;
            } else if (c == '|' && depth == 0) {
                return true;
            }
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
        }
        return false;
    }

    private static BitSet members(String set) {
        BitSet members = new BitSet(128);
        for (int i = 0; i < set.length(); i++) {
            boolean range = i + 2 < set.length() && set.charAt(i + 1) == '-';
            char last = set.charAt(range ? i + 2 : i);
            if (last < set.charAt(i)) {
                return null;
            }
            members.set(set.charAt(i), last + 1);
            i += range ? 2 : 0;
        }
        return members;
    }

    boolean find(String text) {
        if (word != null) {
            return text.contains(word);
        }
        int end = text.endsWith("\n") ? text.length() - 1 : text.length();
        if (members == null) {
            return endsWithOther(text, end);
        }
        if (end == 0 || length >= 0 && end != length) {
            return false;
        }
        for (int i = 0; i < end; i++) {
            if (!members.get(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    /** {@code .} stops at line ends, so there is at most one, as the last character or the one before it. */
    private static boolean endsWithOther(String text, int end) {
        int lineFeed = text.indexOf('\n');
        int last = text.length() - 1;
        boolean whole = last >= 0 && text.charAt(last) != '.' && (lineFeed < 0 || lineFeed >= last);
        boolean beforeLineFeed = end < text.length() && end > 0 && text.charAt(end - 1) != '.' && lineFeed >= end - 1;
        return whole || beforeLineFeed;
    }
}
