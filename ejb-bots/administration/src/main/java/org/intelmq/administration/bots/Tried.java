package org.intelmq.administration.bots;

import java.util.List;
import java.util.Map;

/**
 * What a bot would make of a message.
 *
 * @param input  the message
 * @param paths  what it would send, by path
 * @param log    what it says meanwhile
 * @param failed why it would not go through; {@code null} if it would
 */
public record Tried(Object input, Map<String, List<Outcome>> paths, List<String> log, String failed) {

    /**
     * A message that the bot would send.
     *
     * @param difference to the input
     */
    public record Outcome(Object event, Difference difference) { }
}
