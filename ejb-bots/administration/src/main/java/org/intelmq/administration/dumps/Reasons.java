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
        boolean java = lines.size() > 1 && lines.get(lines.size() - 1).toString().strip().startsWith("at ");
        return lines.isEmpty() ? "" : lines.get(java ? 0 : lines.size() - 1).toString().strip();
    }

    /** The same for all entries that failed for the same reason: without the values that differ from one to the next. */
    static String kind(Object traceback) {
        String line = NUMBER.matcher(QUOTED.matcher(line(traceback)).replaceAll("'…'")).replaceAll("N");
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
    }
}
