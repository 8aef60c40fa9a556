package org.intelmq.text;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Guesses which word somebody meant who mistyped it. */
public final class Suggestion {

    private static final int FARTHEST = 3;

    private Suggestion() { }

    private record Candidate(String word, int distance) { }

    /** The nearest known word, if there is at most one typing error for every three letters. */
    public static Optional<String> nearest(String word, Collection<String> known) {
        int farthest = Math.min(FARTHEST, Math.max(1, word.length() / 3));
        return known.stream().filter(each -> Math.abs(each.length() - word.length()) <= farthest)
                .map(each -> new Candidate(each, distance(word, each))).filter(each -> each.distance() <= farthest)
                .min(Comparator.comparingInt(Candidate::distance).thenComparing(Candidate::word)).map(Candidate::word);
    }

    /** The end of an error message: {@code ; did you mean 'word'?}, or nothing if no known word is near. */
    public static String question(String word, Collection<String> known) {
        return nearest(word, known).map(near -> "; did you mean '" + near + "'?").orElse("");
    }

    /** The number of letters to add, leave out, replace, or swap with their neighbour. */
    private static int distance(String one, String other) {
        int[][] distances = new int[one.length() + 1][other.length() + 1];
        for (int i = 0; i <= one.length(); i++) {
            for (int j = 0; j <= other.length(); j++) {
                if (i == 0 || j == 0) {
                    distances[i][j] = i + j;
                    continue;
                }
                int replaced = distances[i - 1][j - 1] + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                distances[i][j] = Math.min(replaced, 1 + Math.min(distances[i - 1][j], distances[i][j - 1]));
                boolean isSwapped = i > 1 && j > 1 && one.charAt(i - 1) == other.charAt(j - 2) && one.charAt(i - 2) == other.charAt(j - 1);
                if (isSwapped) {
                    distances[i][j] = Math.min(distances[i][j], distances[i - 2][j - 2] + 1);
                }
            }
        }
        return distances[one.length()][other.length()];
    }
}
