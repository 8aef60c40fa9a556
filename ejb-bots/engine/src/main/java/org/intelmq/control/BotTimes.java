package org.intelmq.control;

/**
 * What took a bot how long since the server started.
 *
 * @param batch  work on the messages that came together, what follows within the same transaction for want of memory included
 * @param event  the same, shared out among those messages
 * @param queued from the sending to the taking of a message, each time it was delivered
 * @param path   of outputs: from the observation of what a report told to its being written; one value for all that came together
 */
public record BotTimes(Distribution batch, Distribution event, Distribution queued, Distribution path) { }
