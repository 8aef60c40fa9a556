package org.intelmq.text.pattern;

/** A text that can be read only a limited number of times, so that a backtracking pattern cannot hang. */
final class CountedText implements CharSequence {

    private static final int STEPS = 5_000_000;

    private final String text;
    private final String regex;
    private int left;

    CountedText(String text, String regex) {
        this.text = text;
        this.regex = regex;
        this.left = STEPS + Math.min(text.length(), Integer.MAX_VALUE / 100) * 20;
    }

    @Override
    public char charAt(int index) {
        if (--left < 0) {
            throw new PatternTooCostly(regex, text.length());
        }
        return text.charAt(index);
    }

    @Override
    public int length() {
        return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return text.substring(start, end);
    }

    @Override
    public String toString() {
        return text;
    }
}
