package org.intelmq.administration.bots;

/**
 * A link of the chain that tells why a bot does nothing.
 *
 * @param bot  the one that the text speaks of: the first is the bot itself, the last is where the cause is
 * @param text to be put after its name: {@code is held: 50,000 events wait in queue 'x'}
 */
public record Reason(String bot, String text) { }
