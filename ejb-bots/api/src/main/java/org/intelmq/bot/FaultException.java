package org.intelmq.bot;

import java.util.List;

/**
 * An {@link Error} that one input has caused in a bot: nesting that overflows the stack, a class that cannot be loaded, or an array that
 * no memory could hold. That input fails, as with any exception. The error is the cause.
 */
public final class FaultException extends RuntimeException {

    private static final long serialVersionUID = 1L;
    /** How the Java runtime's message begins when an array would exceed the maximum size, which more memory would not change. */
    private static final List<String> TOO_LARGE_FOR_ANY_MEMORY = List.of("Requested array", "Required ");

    private FaultException(String message, Throwable cause) {
        super(message, cause);
    }

    /**
     * What was thrown, as an exception that fails the input.
     *
     * @throws Error unchanged if memory has run out, which no single input is to blame for: the host must not continue as if nothing had
     *     happened
     */
    public static Exception of(Throwable thrown) {
        if (thrown instanceof Exception exception) {
            return exception;
        }
        if (thrown instanceof OutOfMemoryError outOfMemory && !isTooLargeForAnyMemory(outOfMemory)) {
            throw outOfMemory;
        }
        String explanation = thrown instanceof StackOverflowError ? "the input is nested too deeply for this bot"
                : thrown instanceof OutOfMemoryError ? "the input needs more memory than is possible"
                : thrown instanceof LinkageError ? "a part of the program is missing, or has the wrong version"
                : "the program is at fault";
        return new FaultException(explanation + " (" + thrown + ")", thrown);
    }

    private static boolean isTooLargeForAnyMemory(OutOfMemoryError error) {
        return error.getMessage() != null && TOO_LARGE_FOR_ANY_MEMORY.stream().anyMatch(error.getMessage()::startsWith);
    }
}
