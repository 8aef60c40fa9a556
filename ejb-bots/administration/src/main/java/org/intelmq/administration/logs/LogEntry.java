package org.intelmq.administration.logs;

import java.time.Instant;
import org.intelmq.control.LogLine;

/**
 * A line of a bot's log, with those that follow it and are equal but for their time.
 *
 * @param time    of the last of them
 * @param level   {@code DEBUG}, {@code INFO}, {@code WARNING}, {@code ERROR} or {@code CRITICAL}
 * @param message with the lines that belong to it, such as a stack trace
 * @param count   how many they are
 */
public record LogEntry(Instant time, String level, String message, int count) {

    /** Of JSON with the stack trace. */
    static String message(LogLine line) {
        return line.trace().isEmpty() ? line.message() : (line.message() + '\n' + line.trace()).stripTrailing();
    }
}
