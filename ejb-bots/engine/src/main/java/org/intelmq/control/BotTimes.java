package org.intelmq.control;

/**
 * How long a bot's work has taken since the server started.
 *
 * @param batch time for the messages that arrived together, including any later steps in the same transaction that could not wait because of
 *     memory
 * @param event the same, divided by the number of messages
 * @param queued time from sending a message to taking it, measured at every delivery
 * @param path for outputs: time from the observation of an event to its being written; one value for all messages that arrived together
 */
public record BotTimes(Distribution batch, Distribution event, Distribution queued, Distribution path) { }
