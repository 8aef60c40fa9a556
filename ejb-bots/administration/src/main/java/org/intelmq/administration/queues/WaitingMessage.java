package org.intelmq.administration.queues;

/**
 * A message that waits.
 *
 * @param index   position in the queue, from 0
 * @param size    characters of its serialised form
 * @param message as JSON object, or text if it is none; {@code null} if it is larger than was asked for
 */
public record WaitingMessage(long index, int size, Object message) { }
