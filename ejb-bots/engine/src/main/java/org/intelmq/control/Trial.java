package org.intelmq.control;

import java.util.List;

/**
 * The result of calling a bot by hand.
 *
 * @param log lines in the format of the bot's log file
 * @param sent what it sent, or would have sent
 */
public record Trial(List<String> log, List<Sent> sent) {

    /** @param message the serialised form */
    public record Sent(String path, String message) { }
}
