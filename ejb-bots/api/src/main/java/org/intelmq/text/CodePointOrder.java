package org.intelmq.text;

import java.util.Comparator;

/** Sorts texts by code point, as Python does; Java's own order puts supplementary characters before some others. */
public enum CodePointOrder implements Comparator<String> {

    INSTANCE;

    @Override
    public int compare(String left, String right) {
        int shared = Math.min(left.length(), right.length());
        for (int i = 0; i < shared; i++) {
            char a = left.charAt(i);
            char b = right.charAt(i);
            if (a != b) {
                boolean aPair = isPart(left, i);
                boolean bPair = isPart(right, i);
                return aPair == bPair ? a - b : aPair ? 1 : -1;
            }
        }
        return left.length() - right.length();
    }

    private static boolean isPart(String text, int index) {
        char c = text.charAt(index);
        return Character.isHighSurrogate(c) && index + 1 < text.length() && Character.isLowSurrogate(text.charAt(index + 1))
                || Character.isLowSurrogate(c) && index > 0 && Character.isHighSurrogate(text.charAt(index - 1));
    }
}
