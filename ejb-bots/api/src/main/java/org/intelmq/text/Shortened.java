package org.intelmq.text;

/** Texts for people that may have any length, because they quote what a feed has sent. */
public final class Shortened {

    private Shortened() { }

    /** The text, or its beginning and how many characters are left out. */
    public static String to(int most, String text) {
        if (text == null || text.length() <= most) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most;
        return text.substring(0, end) + "… (" + (text.length() - end) + " more characters)";
    }
}
