package org.intelmq.administration.history;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import java.util.List;

/** The difference of two texts as {@code diff -u} shows it. */
public final class TextDiff {

    private static final int CONTEXT = 3;

    private TextDiff() { }

    /** Empty if they are the same. */
    public static String unified(String name, String before, String after) {
        List<String> old = before.lines().toList();
        List<String> lines = UnifiedDiffUtils.generateUnifiedDiff(name, name, old, DiffUtils.diff(old, after.lines().toList()), CONTEXT);
        return lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
    }
}
