package org.intelmq.replay;

import java.util.Map;
import java.util.Set;

/** Maps our exceptions to IntelMQ's. */
public final class Exceptions {

    private static final Map<String, Set<String>> OURS = Map.of(
            "ConfigurationError", Set.of("ConfigurationException"),
            "DecodingError", Set.of("DecodingError", "UndecodableException"),
            "InvalidArgument", Set.of("InvalidArgument", "ConfigurationException"),
            "MissingDependencyError", Set.of("ConfigurationException"),
            "PipelineError", Set.of("UnknownPathException", "UnavailableException"));

    private Exceptions() { }

    public static void compare(String place, String recorded, Exception got, Comparison comparison) {
        String name = recorded.substring(recorded.lastIndexOf('.') + 1);
        if (!OURS.getOrDefault(name, Set.of(name)).contains(got.getClass().getSimpleName())) {
            comparison.report(place, name, describe(got));
        }
    }

    /** With the place in our code that threw it. */
    public static String describe(Throwable exception) {
        for (StackTraceElement frame : exception.getStackTrace()) {
            if (frame.getClassName().startsWith("org.intelmq.bots.")) {
                return exception + " (" + frame.getFileName() + ":" + frame.getLineNumber() + ")";
            }
        }
        return exception.toString();
    }
}
