package org.intelmq.text;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;

/** Placeholder until the dialects are told apart. */
public final class UserPattern {

    private final String regex;
    private final Pattern pattern;

    private UserPattern(String regex, Pattern pattern) {
        this.regex = regex;
        this.pattern = pattern;
    }

    public static UserPattern of(String regex, boolean anyCase) {
        try {
            return new UserPattern(regex, Pattern.compile(regex.endsWith("$") && !regex.endsWith("\\$")
                    ? regex.substring(0, regex.length() - 1) + "\\n?\\z" : regex, anyCase ? Pattern.CASE_INSENSITIVE : 0));
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    /** Where the expression was found first. A group that took no part is {@code null}; one that does not exist throws. */
    public interface Match {
        String group(int number);

        String group(String name);
    }

    /** {@code null} if it is not found. */
    public Match match(String text) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            return null;
        }
        return new Match() {
            @Override
            public String group(int number) {
                return matcher.group(number);
            }

            @Override
            public String group(String name) {
                return matcher.group(name);
            }
        };
    }

    public boolean find(String text) {
        return pattern.matcher(text).find();
    }

    /** The first part of the text that matches, or {@code null}. */
    public String firstMatch(String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? matcher.group() : null;
    }

    @Override
    public String toString() {
        return regex;
    }
}
