package org.intelmq.administration.dumps;

import java.util.List;
import java.util.regex.Pattern;

/** Why entries of a dump failed, in a line. */
public final class Reasons {

    private static final Pattern QUOTED = Pattern.compile("\"[^\"]*\"|'[^']*'");
    private static final Pattern NUMBER = Pattern.compile("\\d+(?:[.:]\\d+)*");
    private static final int LONGEST = 300;

    private Reasons() { }

    /** The line of a stack trace that says it. */
    public static String line(Object traceback) {
        List<?> lines = traceback instanceof List<?> list ? list : List.of(String.valueOf(traceback).strip().split("\n"));
        // a Java stack trace says the reason first, a Python one last
        return lines.isEmpty() ? "" : lines.get(isOfJava(lines) ? 0 : lines.size() - 1).toString().strip();
    }

    /** It ends with a place, or, if it has a cause, with how many places both share. */
    private static boolean isOfJava(List<?> lines) {
        String last = lines.get(lines.size() - 1).toString().strip();
        return lines.size() > 1 && (last.startsWith("at ") || (last.startsWith("... ") && last.endsWith(" more")));
    }

    /** The same for all entries that failed for the same reason: without the values that differ from one to the next. */
    static String kind(Object traceback) {
        String line = NUMBER.matcher(QUOTED.matcher(line(traceback)).replaceAll("'…'")).replaceAll("N");
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
    }
}
