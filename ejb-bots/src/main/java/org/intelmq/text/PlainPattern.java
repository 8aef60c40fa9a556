package org.intelmq.text;

import java.util.BitSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The simplest expressions, searched without a regex engine: words, and the forms that {@code harmonization.conf} checks every
 * value with, such as {@code ^[A-F0-9./]+$}, {@code ^[a-z]{2}$} and {@code ^.*[^\.]$}.
 */
final class PlainPattern {

    private static final Pattern WORD = Pattern.compile("[a-zA-Z0-9_ @/:,;=<>~%-]+");
    private static final Pattern SET = Pattern.compile("\\^\\[((?:[a-zA-Z0-9_@:,;=<>~%./ ]|-)+)](\\+|\\{(\\d{1,3})})\\$");
    private static final String NOT_ENDING_WITH_DOT = "^.*[^\\.]$";

    private final String word;
    private final BitSet members;
    private final int length;

    private PlainPattern(String word, BitSet members, int length) {
        this.word = word;
        this.members = members;
        this.length = length;
    }

    /** {@code null} if the expression is none of these. */
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

    /** {@code .} stops at line ends, so there is one at most, as the last character or as the one before. */
    private static boolean endsWithOther(String text, int end) {
        int lineFeed = text.indexOf('\n');
        int last = text.length() - 1;
        boolean whole = last >= 0 && text.charAt(last) != '.' && (lineFeed < 0 || lineFeed >= last);
        boolean beforeLineFeed = end < text.length() && end > 0 && text.charAt(end - 1) != '.' && lineFeed >= end - 1;
        return whole || beforeLineFeed;
    }
}
