package org.intelmq.text.pattern;

import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A regular expression that a user has written for Python's {@code re}. It cannot hang: RE2/J takes linear time, and what RE2/J cannot do
 * (look-around, back references) is left to {@code java.util.regex}, which throws {@link PatternTooCostly} after a number of steps. Created
 * once, thread-safe.
 */
public final class UserPattern {

    private static final int LONGEST = 100_000;
    /** The most group positions, in all matches of a text together. */
    private static final int MOST_FOUND = 2_000_000;
    private static final int JAVA_FLAGS = java.util.regex.Pattern.UNIX_LINES;
    private static final int JAVA_ANY_CASE = java.util.regex.Pattern.CASE_INSENSITIVE | java.util.regex.Pattern.UNICODE_CASE;

    private final String regex;
    private final PatternTranslation translation;
    private final PlainPattern plain;
    private final Set<String> words;
    private final String start;
    private final Pattern linear;
    private final java.util.regex.Pattern backtracking;

    private UserPattern(String regex, boolean anyCase) {
        this.regex = regex;
        this.translation = PatternTranslation.of(regex);
        this.plain = anyCase ? null : PlainPattern.of(regex);
        this.words = PlainPattern.words(regex);
        this.start = anyCase ? "" : PlainPattern.start(regex);
        this.linear = translation.needsBacktracking(anyCase) ? null : linear(translation.linear(), anyCase);
        boolean backtracks = linear == null || translation.hasLineEnd() || translation.hasWordBoundary();
        this.backtracking = backtracks ? java.util.regex.Pattern.compile(translation.backtracking(),
                anyCase ? JAVA_FLAGS | JAVA_ANY_CASE : JAVA_FLAGS | java.util.regex.Pattern.UNICODE_CASE) : null;
    }

    /** Returns {@code null} where RE2/J has stricter limits, such as a thousand repetitions. */
    private static Pattern linear(String regex, boolean anyCase) {
        try {
            return Pattern.compile(regex, anyCase ? Pattern.CASE_INSENSITIVE : 0);
        } catch (com.google.re2j.PatternSyntaxException e) {
            return null;
        }
    }

    /** @throws IllegalArgumentException saying what is wrong with the expression, and where */
    public static UserPattern of(String regex) {
        return of(regex, false);
    }

    /** @param anyCase whether letters match in any case, Python's {@code re.IGNORECASE} */
    public static UserPattern of(String regex, boolean anyCase) {
        if (regex.length() > LONGEST) {
            throw new IllegalArgumentException("it has " + regex.length() + " characters, expected at most " + LONGEST);
        }
        try {
            return new UserPattern(regex, anyCase);
        } catch (StackOverflowError e) {
            throw new IllegalArgumentException("it is nested too deeply", e);
        }
    }

    /** Whether it is found anywhere, Python's {@code re.search}. */
    public boolean find(String text) {
        if (plain != null) {
            return plain.find(text);
        }
        if (words.contains(text)) {
            return true;
        }
        if (!text.startsWith(start)) {
            return false;
        }
        return isLinear(text) ? linear.matcher(text).find() : search(text) != null;
    }

    /** The first match anywhere, Python's {@code re.search}; {@code null} if there is none. */
    public PatternMatch search(String text) {
        return next(text, 0, false);
    }

    /** The first part of the text that matches; {@code null} if there is none. */
    public String firstMatch(String text) {
        PatternMatch match = search(text);
        return match == null ? null : match.group(0);
    }

    /** A match at the start, Python's {@code re.match}; {@code null} if there is none. */
    public PatternMatch matchAtStart(String text) {
        return next(text, 0, true);
    }

    /** A match of the whole text, Python's {@code re.fullmatch}; {@code null} if there is none. */
    public PatternMatch matchWhole(String text) {
        if (isLinear(text)) {
            com.google.re2j.Matcher matcher = linear.matcher(text);
            return matcher.matches() ? found(text, matcher) : null;
        }
        return guarded(text, matcher -> matcher.matches() ? found(text, matcher) : null);
    }

    /** All matches that do not overlap, Python's {@code re.finditer}. */
    public List<PatternMatch> findAll(String text) {
        List<PatternMatch> matches = new ArrayList<>();
        if (isLinear(text)) {
            com.google.re2j.Matcher matcher = linear.matcher(text);
            while (matcher.find()) {
                matches.add(found(text, matcher));
                requireFew(matches.size(), matcher.groupCount(), text);
            }
            return matches;
        }
        return guarded(text, matcher -> {
            while (matcher.find()) {
                matches.add(found(text, matcher));
                requireFew(matches.size(), matcher.groupCount(), text);
            }
            return matches;
        });
    }

    private void requireFew(int matches, int groups, String text) {
        if ((long) matches * (groups + 1) > MOST_FOUND) {
            throw new PatternTooCostly(regex, text.length());
        }
    }

    /** The numbers of the named groups, in their order. */
    public Map<String, Integer> groupNames() {
        return translation.names();
    }

    private PatternMatch next(String text, int from, boolean atStart) {
        if (!text.startsWith(start)) {
            return null;
        }
        if (isLinear(text)) {
            com.google.re2j.Matcher matcher = linear.matcher(text);
            return (atStart ? matcher.lookingAt() : matcher.find(from)) ? found(text, matcher) : null;
        }
        return guarded(text, matcher -> (atStart ? matcher.lookingAt() : matcher.find(from)) ? found(text, matcher) : null);
    }

    private boolean isLinear(String text) {
        return linear != null && !(translation.hasLineEnd() && text.endsWith("\n"))
                && !(translation.hasWordBoundary() && (text.isEmpty() || !isAscii(text)));
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }

    private interface Search<T> {
        T in(java.util.regex.Matcher matcher);
    }

    private <T> T guarded(String text, Search<T> search) {
        try {
            return search.in(backtracking.matcher(new CountedText(text, regex)));
        } catch (StackOverflowError e) {
            throw new PatternTooCostly(regex, text.length());
        }
    }

    private PatternMatch found(String text, com.google.re2j.Matcher matcher) {
        int[] bounds = new int[2 * matcher.groupCount() + 2];
        for (int i = 0; i <= matcher.groupCount(); i++) {
            bounds[2 * i] = matcher.start(i);
            bounds[2 * i + 1] = matcher.end(i);
        }
        return new PatternMatch(text, bounds, translation.names());
    }

    private PatternMatch found(String text, java.util.regex.Matcher matcher) {
        int[] bounds = new int[2 * matcher.groupCount() + 2];
        for (int i = 0; i <= matcher.groupCount(); i++) {
            bounds[2 * i] = matcher.start(i);
            bounds[2 * i + 1] = matcher.end(i);
        }
        return new PatternMatch(text, bounds, translation.names());
    }

    /** As the user wrote it. */
    @Override
    public String toString() {
        return regex;
    }
}
